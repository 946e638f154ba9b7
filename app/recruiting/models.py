"""The climb of an unfilled gig, and everybody who was called to it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from app.core.transitions import Transition
from app.gigs.models import Gig
from app.recruiting.settings import Patience
from app.recruiting.states import CLIMB
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantLink, scoped, tenant_key
from tenants.models import one_of

#: Before anything happens by itself, its author has this long to see it coming.
NOTICE = timedelta(days=1)
WEEK = timedelta(days=7)

Step = Literal["asked", "matches", "leaders", "around", "everybody"]
_STEPS = ("asked", *CLIMB.states[1:])


class StoppedBefore(Conflict):
    message = _l("It was stopped before.")


class NotStopped(Conflict):
    message = _l("It is not stopped.")


class Climb(TenantLink, Base):
    """How far a gig has climbed: `taken` holds each step with its moment and how many were told; `next_at` is when the next
    is due, empty at the top.
    """

    __tablename__ = "climbs"
    __table_args__ = (
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        CheckConstraint(one_of("state", CLIMB.states), name="state_known"),
        CheckConstraint("(state = 'everybody') = (next_at IS NULL)", name="next_until_the_top"),
        Index("climbs_due_idx", "tenant_id", "next_at", postgresql_where=text("stopped_at IS NULL")),
    )

    gig_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(server_default="waiting")
    next_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    taken: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")

    @classmethod
    def begin(cls, gig: Gig, patience: Patience, *, now: datetime) -> "Climb":
        """Return the climb of a gig that was listed and has not climbed yet."""
        listed = gig.published_at or now
        climb = cls(
            gig_id=gig.id, state="waiting", next_at=first_step(listed, patience, now=now), stopped_at=None, taken=[]
        )
        db.session.add(climb)
        return climb

    @classmethod
    def of(cls, gig_id: UUID) -> "Climb | None":
        """Return the climb of a gig under its lock, or None before it began."""
        return db.session.get(cls, (current_tenant_id(), gig_id), with_for_update=True, populate_existing=True)

    def next_row(self) -> Transition | None:
        """Return the step that comes next; None at the top."""
        return next(iter(CLIMB.verbs(self.state)), None)

    def is_due(self, now: datetime) -> bool:
        return self.stopped_at is None and self.next_at is not None and self.next_at <= now

    def take(self, row: Transition, gig: Gig, people: Collection[UUID], patience: Patience, *, now: datetime) -> int:
        """Take a step: call these people, write it down and set the next timer. Returns how many were called: nobody twice."""
        told = len(call(gig.id, people, step=row.to, by=None, now=now))
        from_, self.state = self.state, row.to
        self.taken = [*self.taken, {"step": row.to, "at": now.isoformat(), "told": told}]
        if row.to == "leaders":
            gig.climbed_at = now
        after = self.next_row()
        self.next_at = now + max(patience.before(after.verb), NOTICE) if after else None
        record(row.verb, gig, by=None, kind="climb", from_=from_, to=row.to, told=told, **_about(gig))
        return told

    def stop(self, gig: Gig, *, by: Actor, now: datetime) -> None:
        """Let nobody be told any more until it is started again.

        :raises StoppedBefore: when it does not climb.
        """
        if self.stopped_at is not None:
            raise StoppedBefore
        self.stopped_at = now
        record("stop", gig, by=by, kind="climb", from_=self.state, to=self.state, **_about(gig))

    def start(self, gig: Gig, *, by: Actor, now: datetime) -> None:
        """Let it climb on from where it was stopped, not before tomorrow.

        :raises NotStopped: when it climbs.
        """
        if self.stopped_at is None:
            raise NotStopped
        self.stopped_at = None
        if self.next_at is not None:
            self.next_at = max(self.next_at, now + NOTICE)
        record("start", gig, by=by, kind="climb", from_=self.state, to=self.state, **_about(gig))


class Call(TenantLink, Base):
    """Somebody was told of a gig so that they might take it: asked by its author, or by a step of its climb. Once."""

    __tablename__ = "gig_calls"
    __table_args__ = (
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        tenant_key("member_id", "members", ondelete="CASCADE"),
        CheckConstraint(one_of("step", _STEPS), name="step_known"),
        Index("gig_calls_member_idx", "tenant_id", "member_id", "called_at"),
    )

    gig_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    step: Mapped[str]
    called_at: Mapped[datetime]


def first_step(listed: datetime, patience: Patience, *, now: datetime) -> datetime:
    """Return when a gig that was listed then begins to climb. What was listed long ago does not begin at once."""
    due = listed + patience.before("call_matches")
    return due if due > now else now + NOTICE


_CALL = text(
    """
    INSERT INTO gig_calls (tenant_id, gig_id, member_id, step, called_at)
    SELECT members.tenant_id, :gig_id, members.id, :step, :now FROM members
     WHERE members.tenant_id = :tenant_id AND members.id = ANY (CAST(:ids AS uuid[])) AND members.standing = 'active'
        ON CONFLICT DO NOTHING RETURNING member_id
    """
)


def call(gig_id: UUID, people: Collection[UUID], *, step: str, by: Actor | None, now: datetime) -> list[UUID]:
    """Note that these people are called to a gig, and return those who were not before."""
    if not people:
        return []
    db.session.flush()
    values = {"tenant_id": current_tenant_id(), "gig_id": gig_id, "step": step, "now": now, "ids": list(people)}
    return list(db.session.execute(_CALL, values).scalars())


def not_to_call(gig_id: UUID, weekly: int, *, now: datetime) -> set[UUID]:
    """Return whom a step must not call to a gig: whoever was called to it before, or has been to so many others this week."""
    before = select(Call.member_id).where(scoped(Call), Call.gig_id == gig_id)
    often = (
        select(Call.member_id)
        .where(scoped(Call), Call.called_at > now - WEEK, Call.step != "asked")
        .group_by(Call.member_id)
        .having(func.count() >= weekly)
    )
    return set(db.session.scalars(before.union(often)))


def _about(gig: Gig) -> dict[str, Any]:
    return {"title": gig.title, "author": gig.author_id}
