"""The skills of a member, in three relations."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_unless
from sqlalchemy.orm import Mapped, mapped_column

from app.categories.names import hand_on, when_merged
from app.categories.vocabulary import skills_named
from app.core.database import Base, db
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, scoped, tenant_key
from tenants.versions import touch

RELATIONS = ("held", "wanted", "interest")


class MemberSkill(TenantLink, Base):
    """A skill that a member holds, wants to learn or is interested in: three separate things."""

    __tablename__ = "member_skills"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("skill_id", "skills"),
        CheckConstraint("relation IN ('held', 'wanted', 'interest')", name="relation_known"),
        Index("member_skills_skill_idx", "tenant_id", "skill_id", "member_id", "relation"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    relation: Mapped[str] = mapped_column(primary_key=True)
    skill_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer, server_default="0")


def set_skills(member_id: UUID, names: Mapping[str, Iterable[str]]) -> None:
    """Replace a member's skills of each relation that `names` holds, in the order given; a word that is new here joins the
    tenant's vocabulary. The member's profile is locked before.
    """
    for relation, words in names.items():
        wanted = skills_named(words, by=member_id)
        db.session.execute(
            delete(MemberSkill)
            .where(scoped(MemberSkill), MemberSkill.member_id == member_id, MemberSkill.relation == relation)
            .execution_options(synchronize_session=False)
        )
        if wanted:
            db.session.execute(
                insert(MemberSkill),
                [
                    {"member_id": member_id, "relation": relation, "skill_id": skill_id, "position": position}
                    for position, skill_id in enumerate(wanted)
                ],
            )
    touch("people")


def hold(member_id: UUID, skill_id: UUID) -> None:
    """Let a member hold a skill, after those they named; nothing changes where they do."""
    here = (scoped(MemberSkill), MemberSkill.member_id == member_id, MemberSkill.relation == "held")
    last = select(func.coalesce(func.max(MemberSkill.position), -1) + 1).where(*here).scalar_subquery()
    held = insert_unless(MemberSkill).values(
        tenant_id=current_tenant_id(), member_id=member_id, relation="held", skill_id=skill_id, position=last
    )
    db.session.execute(held.on_conflict_do_nothing())
    touch("people")


@when_merged
def _follow(gone: UUID, stays: UUID) -> None:
    """Let members with a skill that goes have the one that stays, once in each relation."""
    hand_on(MemberSkill, "member_id", gone, stays)
