"""What one member thanks another for."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.core.languages import lazy_gettext as _l
from app.kudos.failures import KeptApart, NoLongerHere, NoneLeft, NotToYourself
from app.mandates.acting import refuse_words_between
from app.profiles.blocks import are_apart
from app.profiles.models import Profile
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member, one_of

OWN = "own"
#: What thanks are for, as the list says it and everybody reads it.
REASONS = {
    "hand": _l("A helping hand"),
    "patience": _l("Patient explaining"),
    "advice": _l("Good advice"),
    "idea": _l("An idea that carried"),
    "care": _l("Care in the work"),
    "word": _l("A word that was kept"),
    "welcome": _l("A warm welcome"),
    OWN: _l("Something else"),
}
#: Who is thanked has not answered; everybody may read it; only the two may; its author took it back.
STATES = ("offered", "shown", "hidden", "taken_back")
#: How often somebody says thank you within `SPAN`: what is scarce is meant.
MOST, SPAN = 5, timedelta(days=7)


class Kudos(TenantRow, Base):
    """Thanks from one member to another.

    They go when either of the two leaves: they were said by somebody who is here, to somebody who is here. What is taken back
    keeps its row without its words, so that it counts among the week's five.
    """

    __tablename__ = "kudos"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("author_id", "members", ondelete="CASCADE"),
        tenant_key("subject_id", "members", ondelete="CASCADE"),
        CheckConstraint("author_id <> subject_id", name="two_different_people"),
        CheckConstraint(one_of("reason", tuple(REASONS)), name="reason_known"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("(state = 'offered') = (answered_at IS NULL)", name="answered_at_some_time"),
        CheckConstraint("reason <> 'own' OR text <> '' OR state = 'taken_back'", name="something_said"),
        CheckConstraint("state <> 'taken_back' OR text = ''", name="words_taken_back"),
        Index("kudos_subject_idx", text("tenant_id"), text("subject_id"), text("given_at DESC"), text("id DESC")),
        Index("kudos_author_idx", text("tenant_id"), text("author_id"), text("given_at DESC")),
        Index(
            "kudos_shown_idx",
            text("tenant_id"),
            text("given_at DESC"),
            text("id DESC"),
            postgresql_where=text("state = 'shown' AND withheld_at IS NULL"),
        ),
    )

    author_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    reason: Mapped[str]
    text: Mapped[str] = mapped_column(server_default="")
    state: Mapped[str] = mapped_column(server_default="offered")
    given_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    # Since when moderators keep it from being read.
    withheld_at: Mapped[datetime | None]

    @property
    def is_shown(self) -> bool:
        return self.state == "shown" and self.withheld_at is None

    @property
    def words(self) -> str:
        """What it is for: the author's line, else what they chose of the list."""
        return self.text or str(REASONS[self.reason])

    @classmethod
    def give(cls, subject_id: UUID, *, by: Actor, reason: str, text: str, now: datetime) -> Self:
        """Return the thanks of `by` to a member: shown at once where they let thanks be, else when they have read them.

        :raises NotToYourself: when it is oneself.
        :raises NoLongerHere: when they have left.
        :raises KeptApart: when one of the two has blocked the other.
        :raises HelperAndHelped: when one of the two acts for the other, or did.
        :raises NoneLeft: when `by` has said thank you `MOST` times within `SPAN`.
        """
        if subject_id == by.id:
            raise NotToYourself
        _stand_together(by.id, subject_id)
        if are_apart(by.id, subject_id):
            raise KeptApart
        elif left_to(by.id, now=now) < 1:
            raise NoneLeft
        refuse_words_between(by.id, subject_id)
        at_once = shows_at_once(subject_id)
        thanks = cls(author_id=by.id, subject_id=subject_id, reason=reason, text=text, given_at=now)
        thanks.state, thanks.answered_at = ("shown", now) if at_once else ("offered", None)
        db.session.add(thanks)
        db.session.flush()
        record("give", thanks, by=by, to=thanks.state, subject_id=subject_id)
        return thanks

    def show(self, *, by: Actor, now: datetime) -> None:
        """Let everybody read it who may see whom it is about."""
        if self.state in ("offered", "hidden"):
            self.state, self.answered_at = "shown", now
            record("show", self, by=by)

    def hide(self, *, by: Actor, now: datetime) -> None:
        """Keep it between the two."""
        if self.state in ("offered", "shown"):
            self.state, self.answered_at = "hidden", now
            record("hide", self, by=by)

    def take_back(self, *, by: Actor, now: datetime) -> None:
        """Let it be unsaid. It was one of the week's all the same."""
        if self.state != "taken_back":
            self.state, self.text, self.answered_at = "taken_back", "", now
            record("take_back", self, by=by)


def left_to(member_id: UUID, *, now: datetime) -> int:
    """Return how often a member may say thank you before one of theirs is a week old."""
    said = select(func.count()).where(scoped(Kudos), Kudos.author_id == member_id, Kudos.given_at > now - SPAN)
    return max(MOST - db.session.scalars(said).one(), 0)


def shows_at_once(member_id: UUID) -> bool:
    """Return whether a member lets thanks be shown as they come."""
    habit = select(Profile.kudos_shown).where(scoped(Profile), Profile.member_id == member_id)
    return bool(db.session.scalars(habit).one_or_none())


def _stand_together(author_id: UUID, subject_id: UUID) -> None:
    # Both rows: two tabs that give the fifth at once are one after the other, and nobody leaves meanwhile.
    here = db.session.execute(
        select(Member.id, Member.standing)
        .where(scoped(Member), Member.id.in_((author_id, subject_id)))
        .order_by(Member.id)
        .with_for_update(key_share=True)
    )
    if {row.id: row.standing for row in here}.get(subject_id) != "active":
        raise NoLongerHere
