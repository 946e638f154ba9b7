"""What is kept for matching: a marketplace's weights, who does not take part, what was waved away, which skills go together."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Float, Index, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.matching.weights import Weights
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantLink, scoped, tenant_key


class MatchingWeights(TenantLink, Base):
    """What counts how much here, where its leaders changed that; without a row it is as its kind begins."""

    __tablename__ = "matching_weights"

    weights: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]

    @classmethod
    def tune(cls, weights: Weights, *, before: Weights, by: Actor, now: datetime) -> None:
        """Let these weights be in force from now on, and write down which changed."""
        old, new = before.as_stored(), weights.as_stored()
        changes = {name: {"from": old[name], "to": value} for name, value in new.items() if old[name] != value}
        if not changes:
            return
        row = insert(cls).values(tenant_id=current_tenant_id(), weights=new, changed_at=now)
        db.session.execute(
            row.on_conflict_do_update(index_elements=["tenant_id"], set_={"weights": new, "changed_at": now})
        )
        record("tuned_matching", by, by=by, kind="tenant", changes=changes)


class MatchingOff(TenantLink, Base):
    """A member who is suggested nowhere and to whom nothing is suggested."""

    __tablename__ = "matching_off"
    __table_args__ = (tenant_key("member_id", "members", ondelete="CASCADE"),)

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    since: Mapped[datetime]

    @classmethod
    def switch_off(cls, member_id: UUID, *, now: datetime) -> None:
        """Leave a member out from now on; doing it twice changes nothing."""
        row = insert(cls).values(tenant_id=current_tenant_id(), member_id=member_id, since=now)
        db.session.execute(row.on_conflict_do_nothing())

    @classmethod
    def switch_on(cls, member_id: UUID) -> None:
        """Let a member take part again."""
        db.session.execute(delete(cls).where(scoped(cls), cls.member_id == member_id))


class Dismissal(TenantLink, Base):
    """A gig that is not for a member: it is suggested to them no more, and they are not suggested for it."""

    __tablename__ = "gig_dismissals"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        Index("gig_dismissals_gig_idx", "tenant_id", "gig_id"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    gig_id: Mapped[UUID] = mapped_column(primary_key=True)
    dismissed_at: Mapped[datetime]

    @classmethod
    def dismiss(cls, gig_id: UUID, *, by: UUID, now: datetime) -> None:
        """Wave a gig away; doing it twice changes nothing."""
        row = insert(cls).values(tenant_id=current_tenant_id(), member_id=by, gig_id=gig_id, dismissed_at=now)
        db.session.execute(row.on_conflict_do_nothing())

    @classmethod
    def take_back(cls, gig_id: UUID, *, by: UUID) -> None:
        """Let it be suggested again."""
        db.session.execute(delete(cls).where(scoped(cls), cls.member_id == by, cls.gig_id == gig_id))


class SkillKin(TenantLink, Base):
    """Two skills that go together: of the gigs that ask for the one, the share that asks for the other too."""

    __tablename__ = "skill_kin"
    __table_args__ = (
        tenant_key("asked_id", "skills", ondelete="CASCADE"),
        tenant_key("skill_id", "skills", ondelete="CASCADE"),
        CheckConstraint("strength > 0 AND strength <= 1", name="strength_is_a_share"),
        Index("skill_kin_skill_idx", "tenant_id", "skill_id"),
    )

    asked_id: Mapped[UUID] = mapped_column(primary_key=True)
    skill_id: Mapped[UUID] = mapped_column(primary_key=True)
    strength: Mapped[float] = mapped_column(Float)
