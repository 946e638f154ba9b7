"""What one member has seen of another's skills, in work that both brought to its end."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Select, UniqueConstraint, delete, select, text, update
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.activity.recording import record
from app.activity.stateful import NotYours
from app.agreements.models import Agreement
from app.categories.names import when_merged
from app.core.database import Base, db
from app.endorsements.failures import KeptApart, NoLongerHere, NotFinished
from app.mandates.acting import refuse_words_between
from app.profiles.blocks import are_apart
from app.profiles.models.skills import hold
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member, one_of

#: Whom it is about has not answered; everybody may see it counted; only the two may.
STATES = ("offered", "shown", "hidden")
#: Work is over and was taken: what came to nothing shows no skill.
FINISHED = ("accepted", "reviewed")


class Endorsement(TenantRow, Base):
    """One skill that one member has seen in another; said once by each, however often the two work together.

    It goes when either of them leaves: it was said by somebody who is here, of somebody who is here.
    """

    __tablename__ = "endorsements"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("agreement_id", "agreements"),
        tenant_key("author_id", "members", ondelete="CASCADE"),
        tenant_key("subject_id", "members", ondelete="CASCADE"),
        tenant_key("skill_id", "skills"),
        UniqueConstraint("tenant_id", "author_id", "subject_id", "skill_id"),
        CheckConstraint("author_id <> subject_id", name="two_different_people"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("(state = 'offered') = (answered_at IS NULL)", name="answered_at_some_time"),
        Index("endorsements_subject_idx", text("tenant_id"), text("subject_id"), text("skill_id"), text("state")),
        Index("endorsements_skill_idx", text("tenant_id"), text("skill_id")),
    )

    agreement_id: Mapped[UUID]
    author_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    skill_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default="offered")
    written_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    @property
    def is_shown(self) -> bool:
        return self.state == "shown"

    def show(self, *, by: Actor, now: datetime) -> None:
        """Let it be counted beside the skill, which stands on the profile from then on."""
        if self.state != "shown":
            self.state, self.answered_at = "shown", now
            hold(self.subject_id, self.skill_id)
            record("show", self, by=by, author_id=self.author_id)

    def hide(self, *, by: Actor, now: datetime) -> None:
        """Keep it between the two."""
        if self.state != "hidden":
            self.state, self.answered_at = "hidden", now
            record("hide", self, by=by)


def endorse(agreement: Agreement, skill_ids: Collection[UUID], *, by: Actor, now: datetime) -> list[Endorsement]:
    """Let these be the skills that `by` has seen in the other side, of those that may be endorsed after this work; return
    the endorsements that are new. What is not among them any more is taken back.

    :raises NotYours: when `by` is none of the two sides.
    :raises NotFinished: when the work is not over, or came to nothing.
    :raises KeptApart: when one of the two has blocked the other.
    :raises NoLongerHere: when the other side has left.
    """
    if not agreement.is_party(by.id):
        raise NotYours
    subject_id = agreement.other(by.id)
    _stand_together(agreement, by.id, subject_id)
    open_to = {skill_id for skill_id, _name in endorsable(agreement, subject_id)}
    said = {one.skill_id: one for one in db.session.scalars(_said(by.id, subject_id).with_for_update())}
    for skill_id, one in said.items():
        if skill_id in open_to and skill_id not in skill_ids:
            record("take_back", one, by=by)
            db.session.delete(one)
    new = [
        Endorsement(
            agreement_id=agreement.id, author_id=by.id, subject_id=subject_id, skill_id=skill_id, written_at=now
        )
        for skill_id in skill_ids
        if skill_id in open_to and skill_id not in said
    ]
    db.session.add_all(new)
    db.session.flush()
    if new:
        # Told once, whatever the number.
        record("endorse", new[0], by=by, subject_id=subject_id, title=agreement.title, agreement_id=agreement.id)
    return new


def endorsable(agreement: Agreement, subject_id: UUID) -> list[tuple[UUID, str]]:
    """Return the skills that one side of an agreement may be endorsed for, each with its name: those that the gig asked
    whoever did the work for, then those that their profile claims.
    """
    values = {
        "tenant_id": agreement.tenant_id,
        "gig_id": agreement.gig_id,
        "member_id": subject_id,
        "worked": agreement.worker_id == subject_id,
    }
    return [(row.id, row.name) for row in db.session.execute(_ENDORSABLE, values)]


def endorsements_of(author_id: UUID, subject_id: UUID) -> list[Endorsement]:
    """Return what one member has said of another's skills."""
    return list(db.session.scalars(_said(author_id, subject_id)))


def _said(author_id: UUID, subject_id: UUID) -> Select[tuple[Endorsement]]:
    said = (Endorsement.author_id == author_id, Endorsement.subject_id == subject_id)
    return select(Endorsement).where(scoped(Endorsement), *said).order_by(Endorsement.id)


def show_waiting(*, by: Actor, now: datetime) -> int:
    """Let everything be counted that `by` has not answered yet; return how much it was."""
    waiting = select(Endorsement).where(
        scoped(Endorsement), Endorsement.subject_id == by.id, Endorsement.state == "offered"
    )
    found = db.session.scalars(waiting.order_by(Endorsement.id).with_for_update()).all()
    for one in found:
        one.show(by=by, now=now)
    return len(found)


_ENDORSABLE = text(
    """
    SELECT skill.id, skill.name
      FROM (SELECT skill_id, min(place) AS place, min(position) AS position
              FROM (SELECT skill_id, 1 AS place, position FROM gig_skills
                     WHERE :worked AND tenant_id = :tenant_id AND gig_id = :gig_id AND relation = 'needed'
                     UNION ALL
                    SELECT skill_id, 2, position FROM member_skills
                     WHERE tenant_id = :tenant_id AND member_id = :member_id AND relation = 'held') named
             GROUP BY skill_id) once
      JOIN skills skill ON skill.tenant_id = :tenant_id AND skill.id = once.skill_id
     ORDER BY once.place, once.position, skill.name
    """
)


def _stand_together(agreement: Agreement, author_id: UUID, subject_id: UUID) -> None:
    # The author's row first: two tabs that endorse at once are one after the other.
    here = db.session.execute(
        select(Member.id, Member.standing)
        .where(scoped(Member), Member.id.in_((author_id, subject_id)))
        .order_by(Member.id)
        .with_for_update(key_share=True)
    )
    if {row.id: row.standing for row in here}.get(subject_id) != "active":
        raise NoLongerHere
    elif agreement.state not in FINISHED:
        raise NotFinished
    elif are_apart(author_id, subject_id):
        raise KeptApart
    refuse_words_between(author_id, subject_id)


@when_merged
def _follow(gone: UUID, stays: UUID) -> None:
    """Let what was said of a skill that goes be said of the one that stays, once by each of each."""
    other = aliased(Endorsement)
    has_both = (
        select(other.id)
        .where(scoped(other), other.skill_id == stays)
        .where(other.author_id == Endorsement.author_id, other.subject_id == Endorsement.subject_id)
        .correlate(Endorsement)
        .exists()
    )
    without = {"synchronize_session": False}
    theirs = (scoped(Endorsement), Endorsement.skill_id == gone)
    db.session.execute(delete(Endorsement).where(*theirs, has_both), execution_options=without)
    db.session.execute(update(Endorsement).where(*theirs).values(skill_id=stays), execution_options=without)
