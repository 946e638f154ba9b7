"""The terms of an agreement as one value: taken from the gig, put forward, compared, kept."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Self

from app.core.languages import gettext as _
from app.gigs.models import Gig

MOST_MILESTONES = 12


@dataclass(frozen=True, slots=True)
class MilestoneTerms:
    """A part of the work as it is put forward; `amount` in minor units."""

    title: str
    amount: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What two members talk about. Amounts are minor units of `currency`, efforts and credits are minutes.

    How a gig is settled is not talked about: it comes with the gig.
    """

    title: str
    scope: str = ""
    settlement: str = "none"
    pay_kind: str | None = None
    amount: int | None = None
    currency: str | None = None
    credits_minutes: int | None = None
    favour: str = ""
    effort_span: str | None = None
    effort_minutes: int | None = None
    starts_on: date | None = None
    due_on: date | None = None
    place: str = ""
    remote: bool = True
    conditions: str = ""
    milestones: tuple[MilestoneTerms, ...] = ()

    @classmethod
    def of_gig(cls, gig: Gig, *, currency: str) -> Self:
        """Return what the gig says, as the first proposal; of a range of pay, its lower end.

        :param currency: what amounts are in where the gig does not say.
        """
        paid = gig.settlement == "money"
        return cls(
            title=gig.title,
            scope=gig.description or gig.summary,
            settlement=gig.settlement,
            pay_kind=(gig.pay_kind or "fixed") if paid else None,
            amount=gig.pay_min if paid else None,
            currency=(gig.currency or currency) if paid else None,
            credits_minutes=gig.credits_minutes if gig.settlement == "credits" else None,
            favour=gig.favour if gig.settlement == "favour" else "",
            effort_span=gig.effort_span,
            effort_minutes=gig.effort_minutes,
            starts_on=gig.starts_on,
            due_on=gig.due_on or gig.ends_on,
            place=gig.place,
            remote=gig.remote,
        )

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return the terms that `as_json` made."""
        known = {field.name for field in fields(cls)} - {"milestones"}
        values = {name: _read(name, value) for name, value in stored.items() if name in known}
        parts = (
            MilestoneTerms(part["title"], part["amount"], _read("due_on", part["due_on"]))
            for part in stored.get("milestones", ())
        )
        return cls(**values, milestones=tuple(parts))

    def as_json(self) -> dict[str, Any]:
        """Return the terms as JSON keeps them: days in ISO form."""
        whole = asdict(self)
        whole["milestones"] = [_written(part) for part in whole["milestones"]]
        return _written(whole)

    def columns(self) -> dict[str, Any]:
        """Return what an agreement's own columns hold of them."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "milestones"}

    def with_settlement_of(self, other: Self) -> Self:
        """Return these terms settled as `other` are: a proposal cannot change money into a favour."""
        return replace(self, settlement=other.settlement, currency=other.currency)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what does not fit together: the name of a field and words to mend it."""
        if not self.title.strip():
            yield "title", _("Please fill this in.")
        if self.settlement == "money" and self.amount is None:
            yield "amount", _("Say how much will be paid.")
        elif self.settlement == "credits" and not self.credits_minutes:
            yield "credits_minutes", _("Say how many hours of credit this is worth.")
        if self.starts_on and self.due_on and self.due_on < self.starts_on:
            yield "due_on", _("This is before the work starts.")
        yield from self._faults_of_milestones()

    def _faults_of_milestones(self) -> Iterator[tuple[str, str]]:
        if len(self.milestones) > MOST_MILESTONES:
            yield "milestones", _("At most %(most_milestones)s milestones fit.", most_milestones=MOST_MILESTONES)
        if self.due_on and any(part.due_on and part.due_on > self.due_on for part in self.milestones):
            yield "milestones", _("A milestone is due after the whole work is.")
        amounts = [part.amount for part in self.milestones if part.amount is not None]
        if amounts and len(amounts) < len(self.milestones):
            yield "milestones", _("Give every milestone its amount, or none of them.")
        elif amounts and self.pay_kind == "fixed" and sum(amounts) != self.amount:
            yield "milestones", _("The milestones' amounts do not add up to the whole pay.")


def _read(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in ("starts_on", "due_on") and value else value


def _written(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
