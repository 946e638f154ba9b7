"""Two gigs become one: who asked for it, who agreed, and what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.activity.stateful import NotYours, Stateful
from app.applications.carrying import carry_over
from app.core.database import Base, db
from app.core.transitions import Transition
from app.gigs.models import Gig
from app.merging.failures import AskedBefore
from app.merging.obstacles import refuse_obstacles
from app.merging.states import MERGE
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import one_of
from tenants.versions import touch


class Merge(Stateful, TenantRow, Base):
    """The gig `gig_id` goes into `into_id`, once whoever wrote them agrees: both authors, or the one who wrote both."""

    __tablename__ = "gig_merges"
    shown_in = ("gigs",)
    __table_args__ = (
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        tenant_key("into_id", "gigs", ondelete="CASCADE"),
        tenant_key("asked_by", "members"),
        CheckConstraint(one_of("state", MERGE.states), name="state_known"),
        CheckConstraint("gig_id <> into_id", name="two_gigs"),
        CheckConstraint(
            "state <> 'merged' OR (gig_agreed_at IS NOT NULL AND into_agreed_at IS NOT NULL)", name="both_agreed"
        ),
        Index("gig_merges_waiting_key", "tenant_id", "gig_id", unique=True, postgresql_where=text("state = 'waiting'")),
        Index("gig_merges_into_idx", "tenant_id", "into_id"),
        Index("gig_merges_remind_idx", "tenant_id", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
        Index("gig_merges_deadline_idx", "tenant_id", "deadline_at", postgresql_where=text("deadline_at IS NOT NULL")),
    )
    machine = MERGE

    gig_id: Mapped[UUID]
    into_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    why: Mapped[str] = mapped_column(server_default="")
    state: Mapped[str] = mapped_column(server_default="waiting")
    gig_agreed_at: Mapped[datetime | None]
    into_agreed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]

    @classmethod
    def ask(cls, gig: Gig, into: Gig, *, by: Actor, why: str, now: datetime) -> "Merge":
        """Ask whether one gig goes into another, and return the question. Whoever asks agrees for what is theirs; where nobody
        else is to be asked it is done. What waits for review goes at once: nobody has seen it yet.

        :raises CannotBeOne: with words that say why.
        :raises AskedBefore: when it waits for an answer.
        """
        _lock(gig, into)
        refuse_obstacles(gig, into, now=now)
        if waiting_merges(gig.id):
            raise AskedBefore
        merge = cls(
            gig_id=gig.id, into_id=into.id, asked_by=by.id, why=why.strip(), state="waiting",
            gig_agreed_at=None, into_agreed_at=None, created_at=now, state_changed_at=now,
        )  # fmt: skip
        merge.set_timer(now=now)
        db.session.add(merge)
        db.session.flush()
        merge._note_consent(by.id, now)
        if gig.state == "in_review":
            merge._note_consent(gig.author_id, now)
        if merge.owner_ids():
            record("ask", merge, by=by, to="waiting", why=merge.why, owner_ids=merge.owner_ids(), **merge.facts(by))
            touch("gigs")
        else:
            merge._happen(by=by, now=now)
        return merge

    @property
    def gig(self) -> Gig:
        return db.session.get_one(Gig, (self.tenant_id, self.gig_id))

    @property
    def into(self) -> Gig:
        return db.session.get_one(Gig, (self.tenant_id, self.into_id))

    def waits_for(self, member_id: UUID) -> bool:
        """Whether somebody has yet to say whether they agree."""
        return str(member_id) in self.owner_ids()

    def is_asked(self, member_id: UUID) -> bool:
        """Whether it is about a gig of theirs."""
        return member_id in (self.gig.author_id, self.into.author_id)

    def owner_ids(self) -> list[str]:
        """Return who has yet to agree, as text."""
        missing = {
            gig.author_id: None
            for gig, agreed_at in ((self.gig, self.gig_agreed_at), (self.into, self.into_agreed_at))
            if agreed_at is None
        }
        return [str(one) for one in missing]

    def agree(self, *, by: Actor, now: datetime) -> None:
        """Agree for one's own gig; with the second yes it is done.

        :raises CannotBeOne: when something stands in the way by now.
        """
        _lock(self.gig, self.into)
        self.lock()
        MERGE.transition(self.state, "merge")
        if not self.is_asked(by.id):
            raise NotYours
        refuse_obstacles(self.gig, self.into, now=now)
        self._note_consent(by.id, now)
        if self.owner_ids():
            record("agree", self, by=by, **self.facts(by))
            touch("gigs")
        else:
            self._happen(by=by, now=now)

    def decline(self, *, by: Actor, why: str, now: datetime) -> None:
        """Keep both as they are, and say why."""
        self._end("decline", by=by, why=why, now=now)

    def withdraw(self, *, by: Actor, now: datetime) -> None:
        """Take the question back."""
        self._end("withdraw", by=by, why="", now=now)

    def lapse(self, *, now: datetime) -> None:
        """End it, since it was not answered."""
        self._end("lapse", by=None, why="", now=now)

    def check_actor(self, row: Transition, by: Actor | None) -> None:
        allowed = {
            "one of the authors": by is not None and self.is_asked(by.id),
            "whoever asked": by is not None and by.id == self.asked_by,
        }.get(row.by, True)
        if not allowed:
            raise NotYours

    def facts(self, by: Actor | None) -> dict[str, Any]:
        gig, into = self.gig, self.into
        return {
            "gig_id": gig.id, "into_id": into.id, "title": gig.title, "into": into.title, "asked_by": self.asked_by,
            "author_id": gig.author_id, "into_author_id": into.author_id,
        }  # fmt: skip

    def _end(self, verb: str, *, by: Actor | None, why: str, now: datetime) -> None:
        _lock(self.gig, self.into)
        self.enter(self.step(verb, by=by, why=why), by=by, now=now, why=why.strip())
        touch("gigs")

    def _note_consent(self, member_id: UUID, now: datetime) -> None:
        if self.gig.author_id == member_id and self.gig_agreed_at is None:
            self.gig_agreed_at = now
        if self.into.author_id == member_id and self.into_agreed_at is None:
            self.into_agreed_at = now

    def _happen(self, *, by: Actor, now: datetime) -> None:
        gig, into = self.gig, self.into
        row = self.row_for("merge", by=by)
        carried = carry_over(gig, into, by=by, now=now)
        gig.become_part_of(into, by=by, why=self.why)
        self.enter(row, by=by, now=now, why=self.why, number=carried)


def waiting_merges(gig_id: UUID) -> list[Merge]:
    """Return the questions about a gig, on either side, that wait for an answer."""
    about = (Merge.gig_id == gig_id) | (Merge.into_id == gig_id)
    return list(db.session.scalars(select(Merge).where(scoped(Merge), about, Merge.state == "waiting")))


def any_waiting() -> bool:
    """Return whether any question waits in the tenant."""
    waiting = select(Merge.id).where(scoped(Merge), Merge.state == "waiting").limit(1)
    return db.session.execute(waiting).first() is not None


def _lock(*gigs: Gig) -> None:
    # In one order, so that two who merge the same gigs the other way round do not wait for each other.
    for gig in sorted(gigs, key=lambda one: one.id):
        gig.lock()
