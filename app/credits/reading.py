"""Reading accounts of hours: how somebody stands, what moved, and how a whole marketplace stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.agreements.models import Agreement
from app.core.database import db
from app.core.paging import Keyset
from app.core.reading import Reading
from app.credits.accounts import rules
from app.credits.models import CreditAccount, CreditTransfer
from tenants.isolation import scoped
from tenants.models import Member

#: A balance that did not move for so long is idle.
IDLE = timedelta(days=180)
#: Whoever has less than this left before the limit is at it.
NEARLY = 60

_MEMBER_ID = bindparam("member_id")
_ACCOUNTS = Reading(
    select(CreditAccount.id, CreditAccount.kind, CreditAccount.balance, CreditAccount.may_owe).where(
        scoped(CreditAccount), CreditAccount.member_id == _MEMBER_ID
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands, in minutes: what is theirs, how much of it is reserved, and how much they may owe."""

    balance: int
    reserved: int
    may_owe: int

    @property
    def free(self) -> int:
        """Return what is theirs and not reserved; it may be less than nothing."""
        return self.balance - self.reserved

    @property
    def available(self) -> int:
        """Return how much they can still agree to give, with what they may owe."""
        return max(self.free + self.may_owe, 0)


def standing_of(member_id: UUID) -> Standing:
    """Return how a member stands; whoever has no account yet stands as they will when it is opened."""
    found = {row.kind: row for row in _ACCOUNTS.rows(member_id=member_id)}
    if "member" not in found:
        opening, may_owe = rules()
        return Standing(opening, 0, may_owe)
    held = found["held"].balance if "held" in found else 0
    return Standing(found["member"].balance + held, held, found["member"].may_owe)


_From, _To = aliased(CreditAccount), aliased(CreditAccount)
_Other = aliased(Member)
_CAME = _To.member_id == _MEMBER_ID
_MOVES = (
    select(
        CreditTransfer.id,
        CreditTransfer.kind,
        CreditTransfer.agreement_id,
        CreditTransfer.reason,
        CreditTransfer.happened_at,
        case((_CAME, CreditTransfer.minutes), else_=-CreditTransfer.minutes).label("minutes"),
        func.sum(case((_CAME, CreditTransfer.minutes), else_=-CreditTransfer.minutes))
        .over(order_by=CreditTransfer.id)
        .label("balance"),
        _Other.id.label("other_id"),
        _Other.name.label("other_name"),
        _Other.standing.label("other_standing"),
        Agreement.title,
    )
    .join(_From, and_(_From.tenant_id == CreditTransfer.tenant_id, _From.id == CreditTransfer.from_id))
    .join(_To, and_(_To.tenant_id == CreditTransfer.tenant_id, _To.id == CreditTransfer.to_id))
    .outerjoin(
        _Other,
        and_(
            _Other.tenant_id == CreditTransfer.tenant_id,
            _Other.id == case((_CAME, _From.member_id), else_=_To.member_id),
        ),
    )
    .outerjoin(
        Agreement,
        and_(Agreement.tenant_id == CreditTransfer.tenant_id, Agreement.id == CreditTransfer.agreement_id),
    )
    # What is reserved stays theirs until it is given.
    .where(
        scoped(CreditTransfer),
        CreditTransfer.kind != "reserve",
        CreditTransfer.kind != "release",
        or_(_From.member_id == _MEMBER_ID, _To.member_id == _MEMBER_ID),
    )
)
_all_moves = _MOVES.subquery("moves")
_PAGE_OF_MOVES = Keyset(select(_all_moves), by=("id",), descending=True, size=50)
_EVERY_MOVE = Reading(_MOVES.order_by(CreditTransfer.id))


def moves(member_id: UUID, *, at: str | None) -> Any:
    """Return a page of what a member got and gave, newest first: `minutes` with a sign, the `balance` after it, from or to whom,
    for what.
    """
    return _PAGE_OF_MOVES.page(at, member_id=member_id)


def every_move(member_id: UUID) -> Sequence[Any]:
    """Return all that a member got and gave, oldest first."""
    return _EVERY_MOVE.rows(member_id=member_id)


_RESERVED = Reading(
    select(
        CreditTransfer.agreement_id,
        Agreement.title,
        func.sum(case((CreditTransfer.kind == "reserve", CreditTransfer.minutes), else_=-CreditTransfer.minutes)).label(
            "minutes"
        ),
    )
    .join(Agreement, and_(Agreement.tenant_id == CreditTransfer.tenant_id, Agreement.id == CreditTransfer.agreement_id))
    .where(
        scoped(CreditTransfer),
        scoped(Agreement),
        or_(CreditTransfer.kind == "reserve", CreditTransfer.kind == "release", CreditTransfer.kind == "give"),
        Agreement.client_id == _MEMBER_ID,
    )
    .group_by(CreditTransfer.agreement_id, Agreement.title)
    .having(
        func.sum(case((CreditTransfer.kind == "reserve", CreditTransfer.minutes), else_=-CreditTransfer.minutes)) > 0
    )
    .order_by(CreditTransfer.agreement_id)
)


def reservations(member_id: UUID) -> Sequence[Any]:
    """Return for which agreements a member's hours are reserved: `agreement_id`, `title`, `minutes`."""
    return _RESERVED.rows(member_id=member_id)


_Held = aliased(CreditAccount)
_RESERVED_NOW = func.coalesce(_Held.balance, 0)
_WHOLE = CreditAccount.balance + _RESERVED_NOW
_IS_AT_LIMIT = CreditAccount.balance + CreditAccount.may_owe < NEARLY
_IS_IDLE = and_(CreditAccount.balance > 0, CreditAccount.moved_at < bindparam("idle_since"))
_ALL = (
    select(
        Member.id,
        Member.name,
        Member.hue,
        Member.picture,
        Member.standing,
        Member.finished_count,
        _WHOLE.label("balance"),
        _RESERVED_NOW.label("reserved"),
        (CreditAccount.balance + CreditAccount.may_owe).label("available"),
        CreditAccount.moved_at,
    )
    .select_from(CreditAccount)
    .join(Member, and_(Member.tenant_id == CreditAccount.tenant_id, Member.id == CreditAccount.member_id))
    .outerjoin(
        _Held,
        and_(
            _Held.tenant_id == CreditAccount.tenant_id,
            _Held.kind == "held",
            _Held.member_id == CreditAccount.member_id,
        ),
    )
    .where(scoped(CreditAccount), scoped(Member), CreditAccount.kind == "member", Member.standing == "active")
)
_LISTS = {
    "all": Keyset(_ALL, by=("name", "id"), size=50),
    "limit": Keyset(_ALL.where(_IS_AT_LIMIT), by=("name", "id"), size=50),
    "idle": Keyset(_ALL.where(_IS_IDLE), by=("name", "id"), size=50),
}
LISTS = tuple(_LISTS)


def accounts(which: str, *, at: str | None, now: datetime) -> Any:
    """Return a page of members' accounts by name: `all` of them, those at the `limit`, or those that are `idle`."""
    since = {"idle_since": now - IDLE} if which == "idle" else {}
    return _LISTS[which].page(at, **since)


@dataclass(frozen=True, slots=True)
class Sums:
    """How a marketplace's hours stand, in minutes and in people. `hall` is the other side of all that members have and owe."""

    had: int
    owed: int
    reserved: int
    hall: int
    people: int
    at_limit: int
    idle: int


def sums(*, now: datetime) -> Sums:
    """Return how the hours of the tenant in force stand."""
    kind, balance = CreditAccount.kind, CreditAccount.balance
    is_member = kind == "member"
    row = db.session.execute(
        select(
            _sum(is_member & (balance > 0), balance),
            _sum(is_member & (balance < 0), -balance),
            _sum(kind == "held", balance),
            _sum(kind == "hall", balance),
            func.count().filter(is_member),
            func.count().filter(is_member & _IS_AT_LIMIT),
            func.count().filter(is_member & _IS_IDLE),
        )
        .outerjoin(Member, and_(Member.tenant_id == CreditAccount.tenant_id, Member.id == CreditAccount.member_id))
        .where(scoped(CreditAccount), or_(kind == "hall", Member.standing == "active")),
        {"idle_since": now - IDLE},
    ).one()
    return Sums(*(int(value) for value in row))


def _sum(which: Any, amount: Any) -> Any:
    return func.coalesce(func.sum(case((which, amount), else_=literal(0))), 0)
