"""What one member says of another whom they know."""

from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.acquaintances.meeting import stand_by, stand_by_no_longer
from app.activity.recording import record
from app.core.database import Base, db
from app.core.languages import lazy_gettext as _l
from app.mandates.acting import refuse_words_between
from app.profiles.blocks import are_apart
from app.vouching.failures import KeptApart, NotForYourself
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member, one_of

#: How the author knows whom they vouch for: as they say it, and as everybody reads it beside the author's name.
RELATIONS = {
    "colleague": (_l("We worked together elsewhere"), _l("worked with them elsewhere")),
    "client": (_l("They worked for me"), _l("had work done by them")),
    "worker": (_l("I worked for them"), _l("worked for them")),
    "taught": (_l("I taught or trained them"), _l("taught or trained them")),
    "learnt": (_l("They taught or trained me"), _l("learnt from them")),
    "neighbour": (_l("We are neighbours or friends"), _l("neighbour or friend")),
}
#: Whom it is about has not answered; everybody may read it; only the two may.
STATES = ("offered", "shown", "hidden")


class Vouch(TenantRow, Base):
    """One member's words for another. The two know each other from then on, as long as it is shown.

    It goes when either of them leaves: it was said by somebody who is here, of somebody who is here.
    """

    __tablename__ = "vouches"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("author_id", "members", ondelete="CASCADE"),
        tenant_key("subject_id", "members", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "author_id", "subject_id"),
        CheckConstraint("author_id <> subject_id", name="two_different_people"),
        CheckConstraint(one_of("relation", tuple(RELATIONS)), name="relation_known"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("(state = 'offered') = (answered_at IS NULL)", name="answered_at_some_time"),
        Index("vouches_subject_idx", text("tenant_id"), text("subject_id"), text("written_at DESC")),
    )

    author_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    relation: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="offered")
    written_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    # Since when moderators keep it from being read.
    withheld_at: Mapped[datetime | None]

    @property
    def is_shown(self) -> bool:
        return self.state == "shown" and self.withheld_at is None

    @classmethod
    def write(cls, subject_id: UUID, *, by: Actor, relation: str, text: str, now: datetime) -> Self:
        """Return the words of `by` for a member; said again they take the place of what was said before, and are shown once
        they were read anew.

        :raises NotForYourself: when it is oneself.
        :raises KeptApart: when one of the two has blocked the other.
        :raises HelperAndHelped: when one of the two acts for the other, or did.
        """
        if subject_id == by.id:
            raise NotForYourself
        # Two tabs that write at once are one after the other.
        db.session.execute(select(Member.id).where(scoped(Member), Member.id == by.id).with_for_update(key_share=True))
        if are_apart(by.id, subject_id):
            raise KeptApart
        refuse_words_between(by.id, subject_id)
        vouch = vouch_of(by.id, subject_id)
        if vouch is None:
            vouch = cls(author_id=by.id, subject_id=subject_id, relation=relation, text=text, written_at=now)
            db.session.add(vouch)
        elif (vouch.relation, vouch.text) == (relation, text):
            return vouch
        else:
            vouch._rest()
            vouch.relation, vouch.text, vouch.written_at = relation, text, now
            vouch.state, vouch.answered_at = "offered", None
        db.session.flush()
        record("write", vouch, by=by, subject_id=subject_id)
        return vouch

    def show(self, *, by: Actor, now: datetime) -> None:
        """Let everybody read it who may see whom it is about."""
        if self.state != "shown":
            self.state, self.answered_at = "shown", now
            if self.is_shown:
                stand_by(self.author_id, self.subject_id, now=now)
            record("show", self, by=by, author_id=self.author_id)

    def hide(self, *, by: Actor, now: datetime) -> None:
        """Keep it between the two."""
        if self.state != "hidden":
            self._rest()
            self.state, self.answered_at = "hidden", now
            record("hide", self, by=by)

    def withhold(self, *, now: datetime) -> None:
        """Let nobody read it, since it breaks a rule."""
        self._rest()
        self.withheld_at = now

    def give_back(self, *, now: datetime) -> None:
        """Let it be read again where it was shown."""
        self.withheld_at = None
        if self.is_shown:
            stand_by(self.author_id, self.subject_id, now=now)

    def take_back(self, *, by: Actor) -> None:
        """Let it be unsaid."""
        self._rest()
        record("take_back", self, by=by)
        db.session.delete(self)

    def _rest(self) -> None:
        if self.is_shown:
            stand_by_no_longer(self.author_id, self.subject_id)


def vouch_of(author_id: UUID, subject_id: UUID) -> Vouch | None:
    """Return what one member said of another, locked against changes at the same time, or None."""
    said = select(Vouch).where(scoped(Vouch), Vouch.author_id == author_id, Vouch.subject_id == subject_id)
    return db.session.scalars(said.with_for_update()).one_or_none()
