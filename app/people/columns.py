"""What a member's row carries along from other tables: roles, skills and pieces of work, each as one value."""

from typing import Any

from sqlalchemy import Uuid, and_, any_, bindparam, func, literal_column, null, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.categories.models import Category, Skill
from app.endorsements.queries import TIMES_ENDORSED
from app.profiles.models import MemberSkill, PortfolioItem
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

#: The id of the signed-in member who looks, wherever a statement depends on that.
VIEWER: Any = bindparam("viewer", type_=Uuid())

_RELATION = {name: MemberSkill.relation == literal_column(f"'{name}'") for name in ("held", "wanted", "interest")}

#: Pairs of a role and the name of its category (null for those of the whole tenant).
ROLES = (
    select(func.json_agg(aggregate_order_by(func.json_build_array(Role.role, Category.name), Role.granted_at, Role.id)))
    .select_from(Role)
    .outerjoin(Category, and_(Category.tenant_id == Role.tenant_id, Category.id == Role.category_id))
    .where(Role.tenant_id == Member.tenant_id, Role.member_id == Member.id, in_office())
    .correlate(Member)
    .scalar_subquery()
)

#: The pieces of a portfolio in their order, as mappings.
PORTFOLIO = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_object(
                    "title", PortfolioItem.title,
                    "text", PortfolioItem.text,
                    "url", PortfolioItem.url,
                    "picture", PortfolioItem.picture,
                    "width", PortfolioItem.picture_width,
                    "height", PortfolioItem.picture_height,
                    "alt", PortfolioItem.picture_alt,
                ),
                PortfolioItem.position,
                PortfolioItem.id,
            )
        )
    )
    .where(PortfolioItem.tenant_id == Member.tenant_id, PortfolioItem.member_id == Member.id)
    .correlate(Member)
    .scalar_subquery()
)  # fmt: skip


def skill_names(*, signed_in: bool) -> Any:
    """Return a lateral with arrays of names: `held`, and what whoever looks wants to learn of those (`teaches`), or knows of
    the `wanted` ones (`learns`).
    """

    def names(*conditions: Any) -> Any:
        return func.array_agg(aggregate_order_by(Skill.name, MemberSkill.position)).filter(*conditions)

    teaches = names(_RELATION["held"], _is_viewers("wanted")) if signed_in else null()
    learns = names(_RELATION["wanted"], _is_viewers("held")) if signed_in else null()
    return _of_member(
        names(_RELATION["held"]).label("held"), teaches.label("teaches"), learns.label("learns")
    ).lateral()


def skills() -> Any:
    """Return a lateral with the skills `held`, `wanted` and `interest` as pairs of name and slug; with those held, by how
    many they are endorsed.
    """
    named = (Skill.name, Skill.slug)

    def ordered(*values: Any) -> Any:
        return func.json_agg(aggregate_order_by(func.json_build_array(*values), MemberSkill.position))

    told = {name: ordered(*named, TIMES_ENDORSED) if name == "held" else ordered(*named) for name in _RELATION}
    return _of_member(*(told[name].filter(is_so).label(name) for name, is_so in _RELATION.items())).lateral()


def _of_member(*columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(MemberSkill)
        .join(Skill, and_(Skill.tenant_id == MemberSkill.tenant_id, Skill.id == MemberSkill.skill_id))
        .where(MemberSkill.tenant_id == Member.tenant_id, MemberSkill.member_id == Member.id)
        .correlate(Member)
    )


def _is_viewers(relation: str) -> Any:
    # Read once for the whole statement, as an array; and nobody teaches themselves.
    own = MemberSkill.__table__.alias(f"viewers_{relation}")
    theirs = select(own.c.skill_id).where(scoped(own), own.c.member_id == VIEWER, own.c.relation == relation)
    return and_(MemberSkill.skill_id == any_(func.array(theirs.scalar_subquery())), MemberSkill.member_id != VIEWER)
