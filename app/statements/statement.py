"""A statement: what stood on somebody's accounts when a month began, what happened, and what stood there when it ended."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.core.months import span
from app.statements.queries import movements, turnover
from tenants.context import tenant

# What is owed by somebody or to somebody, or lies somewhere; all other accounts say what was earned and what it cost.
_STANDING = ("tax", "stripe", "bank", "card", "held", "payable", "owed", "debts", "disputed", "paid")


@dataclass(frozen=True, slots=True)
class Movement:
    """One thing that happened, as whoever's statement it is sees it: more for them is positive. Whole minor units.

    `title` is what it was about was called then (a gig, a tier), `about` of which kind and which one.
    """

    happened_at: datetime
    kind: str
    amount: int
    title: str = ""
    about: tuple[str, UUID] | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a statement. Amounts are as its reader sees them: what is theirs is positive."""

    name: str
    currency: str
    opening: int
    added: int
    taken: int
    movements: list[Movement] = field(default_factory=list)

    @property
    def closing(self) -> int:
        return self.opening + self.added - self.taken

    @property
    def is_empty(self) -> bool:
        return not (self.opening or self.added or self.taken)


@dataclass(frozen=True, slots=True)
class Total:
    """An account of the whole marketplace: debits are positive, credits negative, as the books have them."""

    name: str
    currency: str
    opening: int
    debits: int
    credits: int

    @property
    def closing(self) -> int:
        return self.opening + self.debits + self.credits

    @property
    def came_to(self) -> int:
        """What the month brought, where the account says what was earned (positive) or what it cost (negative)."""
        return -(self.debits + self.credits)

    @property
    def is_result(self) -> bool:
        return self.name.split(".")[0] not in _STANDING


def statement_of(party_id: UUID, month: date) -> list[Account]:
    """Return a member's accounts of a month, without those on which nothing stood and nothing happened."""
    since, until = span(month, tenant.time_zone)
    happened: dict[tuple[str, str], list[Movement]] = {}
    for row in movements(party_id, since, until):
        about = (row.about_kind, row.about_id) if row.about_id else None
        moved = Movement(row.happened_at, row.kind, -row.amount, row.title, about)
        happened.setdefault((row.account, row.currency), []).append(moved)
    accounts = [
        Account(
            row.account,
            row.currency,
            -int(row.opening),
            -int(row.credits),
            int(row.debits),
            happened.get((row.account, row.currency), []),
        )
        for row in turnover(since, until, party_id=party_id)
    ]
    return [one for one in accounts if not one.is_empty]


def totals_of(month: date) -> list[Total]:
    """Return all accounts of the marketplace in a month, by currency: they sum to zero in each."""
    since, until = span(month, tenant.time_zone)
    return [
        Total(row.account, row.currency, int(row.opening), int(row.debits), int(row.credits))
        for row in turnover(since, until)
    ]
