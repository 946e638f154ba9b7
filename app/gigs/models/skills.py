"""The skills of a gig."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    Integer,
    Uuid,
    any_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.orm import Mapped, mapped_column

from app.categories.models import Skill
from app.categories.names import hand_on, when_merged
from app.categories.vocabulary import skills_named
from app.core.database import Base, db
from tenants.isolation import TenantLink, scoped, tenant_key


class GigSkill(TenantLink, Base):
    """A skill that a gig needs, or one that it lets a person gain."""

    __tablename__ = "gig_skills"
    shown_in = ("gigs",)
    __table_args__ = (
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        tenant_key("skill_id", "skills"),
        CheckConstraint("relation IN ('needed', 'gained')", name="relation_known"),
        # Whoever looks for gigs by a skill wants the newest first: ids are made in the order of time.
        Index("gig_skills_skill_idx", "tenant_id", "skill_id", "gig_id", "relation"),
    )

    gig_id: Mapped[UUID] = mapped_column(primary_key=True)
    relation: Mapped[str] = mapped_column(primary_key=True)
    skill_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer, server_default="0")


_NAMES = (
    select(Skill.name)
    .join(GigSkill, (GigSkill.tenant_id == Skill.tenant_id) & (GigSkill.skill_id == Skill.id))
    .where(scoped(GigSkill), GigSkill.gig_id == bindparam("gig_id"), GigSkill.relation == bindparam("relation"))
    .order_by(GigSkill.position)
)


class Skilled:
    """What a gig needs, and what it lets a person gain."""

    id: UUID

    def skills(self, relation: str) -> Sequence[str]:
        """Return the names of the skills `needed` or `gained`, in the author's order."""
        return db.session.scalars(_NAMES, {"gig_id": self.id, "relation": relation}).all()

    def set_skills(self, relation: str, names: Iterable[str]) -> None:
        """Replace the skills `needed` or `gained`; a word that is new here joins the tenant's vocabulary."""
        db.session.flush()
        wanted = skills_named(names)
        db.session.execute(
            delete(GigSkill)
            .where(scoped(GigSkill), GigSkill.gig_id == self.id, GigSkill.relation == relation)
            .execution_options(synchronize_session=False)
        )
        if wanted:
            db.session.execute(
                insert(GigSkill),
                [
                    {"gig_id": self.id, "relation": relation, "skill_id": skill_id, "position": position}
                    for position, skill_id in enumerate(wanted)
                ],
            )
        name_skills([self.id])
        db.session.expire(self, ["needs", "gains"])


_IDS: Any = bindparam("ids", type_=ARRAY(Uuid()))


def name_skills(gig_ids: Collection[UUID]) -> None:
    """Write the names of these gigs' skills on their rows, where lists read them: after their skills changed, or a name did."""
    db.session.flush()
    db.session.execute(_name_skills(), {"ids": list(gig_ids)}, execution_options={"synchronize_session": False})


@cache
def _name_skills() -> Any:
    # The table alone: a statement of the models would see the class that is only being made here.
    gigs = Base.metadata.tables["gigs"]
    return (
        update(gigs)
        .where(scoped(gigs), gigs.c.id == any_(_IDS))
        .values(needs=_names(gigs, "needed"), gains=_names(gigs, "gained"))
    )


def _names(gigs: Any, relation: str) -> Any:
    names = (
        select(func.array_agg(aggregate_order_by(Skill.name, GigSkill.position)))
        .join(GigSkill, (GigSkill.tenant_id == Skill.tenant_id) & (GigSkill.skill_id == Skill.id))
        .where(GigSkill.tenant_id == gigs.c.tenant_id, GigSkill.gig_id == gigs.c.id, GigSkill.relation == relation)
        .correlate(gigs)
        .scalar_subquery()
    )
    return func.coalesce(names, literal_column("'{}'::text[]"))


@when_merged
def _follow(gone: UUID, stays: UUID) -> None:
    """Let gigs with a skill that goes have the one that stays, once each."""
    having = select(GigSkill.gig_id).where(scoped(GigSkill), GigSkill.skill_id == gone)
    gig_ids = db.session.scalars(having.distinct()).all()
    hand_on(GigSkill, "gig_id", gone, stays)
    if gig_ids:
        name_skills(gig_ids)
