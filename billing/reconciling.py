"""Ours beside Stripe's, every night: whoever keeps objects of a kind says how theirs are compared, and what differs is
written down and followed once more.

    @reconciles("subscription")
    def compare(now: datetime) -> Iterator[Difference]:
        …                                       # everything of this tenant's that may still change

    @reconciles("refund", by_span=True)
    def compare(now: datetime, since: datetime, until: datetime) -> Iterator[Difference]:
        …                                       # what Stripe made in this span, each moment in one span at least
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from app.core.ids import new_id
from billing.gateway import Refused
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, TenantRow, scoped
from tenants.models import one_of

#: It waits to be followed; ours was brought in step; following failed, or nothing of ours follows such objects.
STATES = ("found", "healed", "stands")

# A span ends a while before now, so that what is under way is not taken for lost; and begins before the last one ended.
_SETTLES, _OVERLAP = timedelta(minutes=10), timedelta(hours=1)
# One job compares so much: it is done again from its beginning when its worker dies or Stripe is busy.
_WINDOW = timedelta(days=7)
_FIRST_LOOK_BACK = timedelta(days=90)
_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between ours and Stripe's, in a few words each (a state, an amount; never anything of a person).

    `kind` is what is followed to heal it, where that is another kind than the one that was compared.
    """

    object_id: str
    what: str
    ours: str
    theirs: str
    account: str | None = None
    kind: str = ""


Comparer = Callable[..., Iterator[Difference]]


@dataclass(frozen=True, slots=True)
class _Registered:
    compare: Comparer
    by_span: bool


_comparers: dict[str, _Registered] = {}


def reconciles(kind: str, *, by_span: bool = False) -> Callable[[Comparer], Comparer]:
    """Declare what compares this tenant's objects of a kind with Stripe's: `(now)`, or with `by_span` `(now, since, until)`.

    It runs in the tenant's context, in one transaction, and changes nothing. A failure of Stripe's passes through it.
    """

    def declare(compare: Comparer) -> Comparer:
        if kind in _comparers:
            raise ValueError(f"two functions reconcile {kind}")
        _comparers[kind] = _Registered(compare, by_span)
        return compare

    return declare


def kinds() -> list[str]:
    """Return what is compared."""
    return sorted(_comparers)


class Found(TenantRow, Base):
    """A difference that some night found. Found again it is the same row, seen once more."""

    __tablename__ = "stripe_differences"
    __table_args__ = (
        UniqueConstraint("tenant_id", "kind", "object_id", "what"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("(state = 'healed') = (healed_at IS NOT NULL)", name="healed_at_a_moment"),
        Index("stripe_differences_open_idx", "tenant_id", "seen_at", postgresql_where=text("state <> 'healed'")),
    )

    kind: Mapped[str]
    object_id: Mapped[str]
    account: Mapped[str | None]
    what: Mapped[str]
    ours: Mapped[str]
    theirs: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="found")
    times: Mapped[int] = mapped_column(Integer, server_default="1")
    problem: Mapped[str] = mapped_column(server_default="")
    found_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    healed_at: Mapped[datetime | None]


class Comparison(TenantLink, Base):
    """How far a kind of object was compared, and how the last time ended."""

    __tablename__ = "stripe_comparisons"

    kind: Mapped[str] = mapped_column(primary_key=True)
    # Everything that was made before is compared.
    until: Mapped[datetime]
    ended_at: Mapped[datetime]
    found: Mapped[int] = mapped_column(Integer, server_default="0")
    problem: Mapped[str] = mapped_column(server_default="")


def compare(kind: str, *, now: datetime) -> tuple[list[UUID], bool]:
    """Compare the objects of a kind, or of one span; return the differences that can be healed, and whether that was all.

    :raises Unclear: when Stripe does not answer, or too much was asked of it: to be done again in a while.
    """
    registered = _comparers.get(kind)
    if registered is None:
        # It was, when this was put on the list.
        return [], True
    since, until = _span(kind, now)
    until = until if registered.by_span else now
    found, problem = [], ""
    try:
        differences = registered.compare(now, since, until) if registered.by_span else registered.compare(now)
        found = [_keep(kind, difference, now) for difference in differences]
    except Refused as refusal:
        problem = f"{refusal.code}: {refusal.detail}"[:500]
    columns: dict[str, Any] = {"until": until, "ended_at": now, "found": len(found), "problem": problem}
    if problem and registered.by_span:
        columns["until"] = since
    new = insert(Comparison).values(tenant_id=current_tenant_id(), kind=kind, **columns)
    db.session.execute(new.on_conflict_do_update(index_elements=["tenant_id", "kind"], set_=columns))
    is_all = bool(problem) or not registered.by_span or until >= now - _SETTLES
    return found, is_all


def _span(kind: str, now: datetime) -> tuple[datetime, datetime]:
    """Return what is to be compared next."""
    before = select(Comparison.until).where(scoped(Comparison), Comparison.kind == kind)
    reached = db.session.execute(before).scalar_one_or_none()
    since = now - _FIRST_LOOK_BACK if reached is None else reached - _OVERLAP
    return since, min(since + _WINDOW, now - _SETTLES)


def _keep(compared: str, difference: Difference, now: datetime) -> UUID:
    """Write a difference down, or that it was seen again; return its id."""
    seen = {
        "account": difference.account,
        "ours": difference.ours[:200],
        "theirs": difference.theirs[:200],
        "state": "found",
        "problem": "",
        "seen_at": now,
        "healed_at": None,
    }
    new = insert(Found).values(
        tenant_id=current_tenant_id(),
        id=new_id(),
        kind=difference.kind or compared,
        object_id=difference.object_id,
        what=difference.what[:200],
        found_at=now,
        **seen,
    )
    kept = new.on_conflict_do_update(
        index_elements=["tenant_id", "kind", "object_id", "what"], set_={**seen, "times": Found.times + 1}
    )
    return db.session.execute(kept.returning(Found.id)).scalar_one()


def sweep(*, now: datetime) -> None:
    """Forget what was healed long ago."""
    old = (Found.state == "healed", Found.seen_at < now - _KEPT)
    db.session.execute(delete(Found).where(scoped(Found), *old))
