"""How a gig would better read: words that somebody who looks after its category suggests, and its author takes or declines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.activity.stateful import NotYours, Stateful
from app.core.database import Base, db
from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l
from app.core.transitions import Transition
from app.fields.values import values_of
from app.gigs.models.approval import may_approve
from app.gigs.models.edits import restored, stored
from app.gigs.models.failures import NotEditable
from app.gigs.models.gig import Gig
from app.gigs.models.listeners import when_moved
from app.gigs.states import EDITABLE, SUGGESTION
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member, one_of

#: What can be suggested, beside answers to what the category asks.
SUGGESTED = ("title", "summary", "description")
#: In these states a gig takes suggestions.
SUGGESTABLE = ("in_review", "open", "paused", "filled", "expired")


class NothingSuggested(Invalid):
    message = _l("Nothing would change. Write how it would better read.")


class ChangedMeanwhile(Conflict):
    message = _l("This gig reads differently by now. Look at it again, or edit it yourself.")


class Suggestion(Stateful, TenantRow, Base):
    """One suggestion. `was` keeps how the gig read when it was made: what changed meanwhile is never overwritten."""

    __tablename__ = "gig_suggestions"
    __table_args__ = (
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        tenant_key("suggested_by", "members"),
        CheckConstraint(one_of("state", SUGGESTION.states), name="state_known"),
        Index(
            "gig_suggestions_waiting_key",
            "tenant_id",
            "gig_id",
            unique=True,
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("gig_suggestions_gig_idx", "tenant_id", "gig_id"),
        Index("gig_suggestions_remind_idx", "tenant_id", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
        Index(
            "gig_suggestions_deadline_idx",
            "tenant_id",
            "deadline_at",
            postgresql_where=text("deadline_at IS NOT NULL"),
        ),
    )
    machine = SUGGESTION

    gig_id: Mapped[UUID]
    suggested_by: Mapped[UUID]
    changes: Mapped[dict[str, Any]]
    was: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(server_default="")
    state: Mapped[str] = mapped_column(server_default="waiting")
    created_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]

    @classmethod
    def make(cls, gig: Gig, changes: Mapping[str, Any], *, by: Actor, note: str, now: datetime) -> "Suggestion":
        """Suggest other words for a gig, and return the suggestion. It takes the place of one that waits.

        :param changes: `title`, `summary`, `description`; `fields`: answers to what its category asks.
        :raises NothingSuggested: when it reads so already.
        :raises NotEditable: when it is a draft, over or taken down.
        """
        gig.lock()
        if gig.state not in SUGGESTABLE:
            raise NotEditable
        differing = gig.differing({name: changes[name] for name in (*SUGGESTED, "fields") if name in changes})
        if not differing:
            raise NothingSuggested
        waiting = waiting_suggestion(gig.id)
        if waiting is not None:
            waiting.leave("replace", by=by, now=now)
            db.session.flush()
        suggestion = cls(
            gig_id=gig.id, suggested_by=by.id, changes=stored(differing), was=stored(_now(gig, differing)), note=note,
            state="waiting", created_at=now, state_changed_at=now,
        )  # fmt: skip
        suggestion.set_timer(now=now)
        db.session.add(suggestion)
        db.session.flush()
        record("suggest", suggestion, by=by, to="waiting", why=note, **suggestion.facts(by))
        return suggestion

    @property
    def gig(self) -> Gig:
        return db.session.get_one(Gig, (self.tenant_id, self.gig_id))

    @property
    def author_id(self) -> UUID:
        return self.gig.author_id

    @property
    def values(self) -> dict[str, Any]:
        """Return how it would read, as the gig would hold it."""
        return restored(self.changes)

    @property
    def is_stale(self) -> bool:
        """Whether the gig reads differently by now from what this began with."""
        return _now(self.gig, self.changes) != restored(self.was)

    def take(self, *, by: Actor, now: datetime) -> None:
        """Let the gig read so: its author's own edit. Where it waited for review and whoever suggested this may approve it,
        it is approved with that.

        :raises ChangedMeanwhile: when it reads differently by now.
        :raises NotEditable: when it is over.
        """
        gig = self.gig
        gig.lock()
        row = self.step("take", by=by)
        if self.is_stale:
            raise ChangedMeanwhile
        elif gig.state not in (*EDITABLE, "in_review"):
            raise NotEditable
        adviser = db.session.get_one(Member, (self.tenant_id, self.suggested_by))
        agrees = adviser.is_active and may_approve(gig.category_id, by=adviser)
        gig.put_better(self.values, by=by, reviewed=agrees)
        goes_live = agrees and gig.state == "in_review"
        self.enter(row, by=by, now=now, goes_live=goes_live)
        if goes_live:
            gig.approve(by=adviser)

    def decline(self, *, by: Actor, why: str, now: datetime) -> None:
        """Keep the gig as it is, and say why."""
        self.gig.lock()
        self.enter(self.step("decline", by=by, why=why), by=by, now=now, why=why.strip())

    def withdraw(self, *, by: Actor, now: datetime) -> None:
        """Take it back."""
        self.gig.lock()
        self.leave("withdraw", by=by, now=now)

    def leave(self, verb: str, *, by: Actor | None, now: datetime) -> None:
        """End its waiting otherwise: taken back, replaced, lapsed, or its gig is over."""
        self.enter(self.step(verb, by=by), by=by, now=now)

    def check_actor(self, row: Transition, by: Actor | None) -> None:
        whose = {"take": self.author_id, "decline": self.author_id, "withdraw": self.suggested_by}.get(row.verb)
        if whose is not None and (by is None or by.id != whose):
            raise NotYours

    def facts(self, by: Actor | None) -> dict[str, Any]:
        gig = self.gig
        return {"gig_id": gig.id, "title": gig.title, "author_id": gig.author_id, "suggested_by": self.suggested_by}


def waiting_suggestion(gig_id: UUID) -> Suggestion | None:
    """Return the suggestion for a gig that waits for its author, or None."""
    waiting = (Suggestion.gig_id == gig_id, Suggestion.state == "waiting")
    return db.session.scalars(select(Suggestion).where(scoped(Suggestion), *waiting)).one_or_none()


def _now(gig: Gig, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a gig reads, of what a suggestion would change."""
    now = {name: getattr(gig, name) for name in names if name != "fields"}
    if answers := names.get("fields"):
        before = values_of(gig.id)
        now["fields"] = {field_id: before.get(field_id) for field_id in map(_id, answers)}
    return now


def _id(field_id: UUID | str) -> UUID:
    return field_id if isinstance(field_id, UUID) else UUID(field_id)


@when_moved
def _drop(gig: Gig, verb: str, _by: Any, _why: str) -> None:
    # What is over reads as it reads. A draft is written anew: nobody has seen what would be approved with the old words.
    if gig.state in ("draft", "closed", "removed") and (waiting := waiting_suggestion(gig.id)) is not None:
        waiting.leave("drop", by=None, now=gig.state_changed_at)
