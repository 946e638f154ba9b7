"""A mandate: one member may act for another, in some things, until a day."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, and_, or_, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.mandates.failures import AnsweredBefore, BothAlready, NotAway, NothingAllowed, NotYourself, TooLong
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.mandates import SCOPES
from tenants.models import Member, one_of

STATES = ("asked", "active", "declined", "withdrawn", "ended")
#: Longer than this nobody acts for somebody else without asking anew.
LONGEST = timedelta(days=366)
#: Whoever was not here for so long does not sign in: a leader may witness their consent.
AWAY = timedelta(days=60)


class Mandate(TenantRow, Base):
    """`helper_id` may act for `assisted_id`. One of the two asks; the other consents, or, where whoever is assisted does not
    sign in, a leader writes down how they did. It is over when either says so, or when its time has passed.
    """

    __tablename__ = "mandates"
    __table_args__ = (
        tenant_key("helper_id", "members"),
        tenant_key("assisted_id", "members"),
        tenant_key("witness_id", "members"),
        CheckConstraint("helper_id <> assisted_id", name="two_different_people"),
        CheckConstraint("asked_by IN (helper_id, assisted_id)", name="asked_by_one_of_them"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint(f"cardinality(scopes) > 0 AND scopes <@ ARRAY{list(SCOPES)}::text[]", name="scopes_known"),
        CheckConstraint("(witness_id IS NULL) = (witnessed = '')", name="witness_says_how"),
        Index(
            "mandates_one_at_a_time_key",
            "tenant_id",
            "helper_id",
            "assisted_id",
            unique=True,
            postgresql_where=text("state IN ('asked', 'active')"),
        ),
        Index("mandates_assisted_idx", "tenant_id", "assisted_id", "helper_id"),
    )

    helper_id: Mapped[UUID]
    assisted_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    scopes: Mapped[list[str]]
    words: Mapped[str] = mapped_column(server_default="")
    state: Mapped[str] = mapped_column(server_default="asked")
    asked_at: Mapped[datetime]
    until: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    # Who saw whoever is assisted consent, and how.
    witness_id: Mapped[UUID | None]
    witnessed: Mapped[str] = mapped_column(server_default="")
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(server_default="")

    @classmethod
    def ask(
        cls,
        *,
        helper_id: UUID,
        assisted_id: UUID,
        scopes: Collection[str],
        until: datetime,
        words: str,
        by: Actor,
        now: datetime,
    ) -> Self:
        """Return the new mandate; it lets nobody do anything before the other side has consented.

        :raises NotYourself: when both are the same.
        :raises NothingAllowed: when it is for nothing.
        :raises TooLong: when it ends before it begins, or runs for more than a year.
        :raises BothAlready: when one between these two waits or runs.
        """
        if helper_id == assisted_id:
            raise NotYourself
        elif not scopes:
            raise NothingAllowed
        elif not now < until <= now + LONGEST:
            raise TooLong
        mandate = cls(
            helper_id=helper_id,
            assisted_id=assisted_id,
            asked_by=by.id,
            scopes=[one for one in SCOPES if one in scopes],
            words=words,
            state="asked",
            asked_at=now,
            until=until,
        )
        _close_what_ran_out(helper_id, assisted_id, now=now)
        try:
            with db.session.begin_nested():
                db.session.add(mandate)
        except IntegrityError:
            raise BothAlready from None
        record("asked", mandate, by=by, to="asked", why=words, **mandate._facts())
        return mandate

    def consent(self, *, by: Actor, now: datetime) -> None:
        """Be in force, as the side wishes that was asked.

        :raises AnsweredBefore: when it waits for no answer.
        """
        self._answer("active", now=now)
        record("consented", self, by=by, from_="asked", to="active", **self._facts())

    def witness(self, *, by: Actor, how: str, now: datetime) -> None:
        """Be in force, since `by` saw whoever is assisted consent: they do not sign in.

        :raises NotAway: when they do.
        :raises AnsweredBefore: when it waits for no answer of theirs.
        """
        if self.asked_by != self.helper_id:
            raise AnsweredBefore
        elif not is_away(self.assisted, now=now):
            raise NotAway
        self._answer("active", now=now)
        self.witness_id, self.witnessed = by.id, how
        record("witnessed", self, by=by, from_="asked", to="active", why=how, **self._facts())

    def decline(self, *, by: Actor, now: datetime) -> None:
        """Never be in force, as the side wishes that was asked.

        :raises AnsweredBefore: when it waits for no answer.
        """
        self._answer("declined", now=now)
        record("declined", self, by=by, from_="asked", to="declined", **self._facts())

    def end(self, *, by: Actor | None, now: datetime, why: str = "") -> None:
        """Be over at once; one that nobody answered yet is taken back. `by` is None where somebody leaves.

        :raises AnsweredBefore: when it is over already.
        """
        self._lock()
        if self.state not in ("asked", "active"):
            raise AnsweredBefore
        before, self.state = self.state, "withdrawn" if self.state == "asked" else "ended"
        self.ended_at, self.reason = now, why
        record(self.state, self, by=by, from_=before, to=self.state, why=why, **self._facts())

    def runs(self, *, now: datetime) -> bool:
        """Whether it lets anybody do anything at this moment."""
        return self.state == "active" and now < self.until

    def is_party(self, member_id: UUID) -> bool:
        return member_id in (self.helper_id, self.assisted_id)

    @property
    def member_id(self) -> UUID:
        """Whose it is to act under it."""
        return self.helper_id

    @property
    def subject_id(self) -> UUID:
        """Whose answer it waits for, or waited for."""
        return self.assisted_id if self.asked_by == self.helper_id else self.helper_id

    @property
    def assisted(self) -> Member:
        return db.session.get_one(Member, (self.tenant_id, self.assisted_id))

    def _answer(self, state: str, *, now: datetime) -> None:
        self._lock()
        if self.state != "asked" or now >= self.until:
            raise AnsweredBefore
        self.state, self.answered_at = state, now

    def _lock(self) -> None:
        db.session.refresh(self, with_for_update={"key_share": True})

    def _facts(self) -> dict[str, Any]:
        return {
            "helper_id": self.helper_id,
            "assisted_id": self.assisted_id,
            "asked_id": self.subject_id,
            "until": self.until.isoformat(),
        }


def between(one: Any, other: Any) -> ColumnElement[bool]:
    """Return the condition that a mandate is one between these two, whichever way round."""
    return or_(
        and_(Mandate.helper_id == one, Mandate.assisted_id == other),
        and_(Mandate.helper_id == other, Mandate.assisted_id == one),
    )


def is_away(member: Member, *, now: datetime) -> bool:
    """Whether somebody does not sign in: they were never here, or not for a long time."""
    return member.seen_on is None or member.seen_on < (now - AWAY).date()


def _close_what_ran_out(helper_id: UUID, assisted_id: UUID, *, now: datetime) -> None:
    """End what the clock has ended already, so that it does not stand in the way of another."""
    over = select(Mandate).where(
        scoped(Mandate),
        Mandate.helper_id == helper_id,
        Mandate.assisted_id == assisted_id,
        Mandate.state.in_(("asked", "active")),
        Mandate.until <= now,
    )
    for mandate in db.session.scalars(over):
        mandate.end(by=None, now=now)
    db.session.flush()
