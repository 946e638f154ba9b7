"""What a row about a gig is made of: its columns, the people and fields it belongs to, its skills as arrays."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, any_, cast, func, literal_column, null, select, text
from sqlalchemy.orm import aliased

from app.categories.models import Category, Skill
from app.core.reading import Reading
from app.gigs.audience import VIEWER
from app.gigs.models import Gig
from app.profiles.models import MemberSkill
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member

_AROUND = aliased(Category)


def _of_parent(column: Any) -> Any:
    """Return that of the category that a gig's is within."""
    around = select(column).where(_AROUND.tenant_id == Category.tenant_id, _AROUND.id == Category.parent_id)
    return around.correlate(Category).scalar_subquery()


# Constants stand in the statements as the indexes' own conditions have them: a plan made for any value could not use those.
OPEN: Any = text("gigs.state = 'open'")
#: Of gigs with a place to give away; `takes_applications` asks the same of one that runs.
HAS_ROOM = and_(Gig.accepting, Gig.seats_taken < Gig.seats)
# The words of the index: gigs without a date come last, and a cursor knows no null.
DUE: Any = func.coalesce(Gig.due_on, literal_column("date '9999-12-31'"), type_=Date).label("due_key")

SHORT = (
    Gig.id,
    Gig.title,
    Gig.summary,
    Gig.direction,
    Gig.kind,
    Gig.settlement,
    Gig.pay_kind,
    Gig.pay_min,
    Gig.pay_max,
    Gig.currency,
    Gig.credits_minutes,
    Gig.effort_span,
    Gig.effort_minutes,
    Gig.due_on,
    Gig.remote,
    Gig.place,
    Gig.state,
    Gig.published_at,
    Gig.author_id,
    Member.name.label("author_name"),
    Member.hue.label("author_hue"),
    Member.picture.label("author_picture"),
    Member.finished_count.label("author_finished"),
    cast(Member.joined_at, Date).label("author_since"),
    Category.name.label("category_name"),
)
# Columns of a row that are the same for whoever looks: those above, then the skills needed and gained.
FOR_EVERYBODY = len(SHORT) + 2
LONG = (
    Gig.category_id,
    Gig.coordinator_id,
    Category.slug.label("category_slug"),
    Category.archived_at.label("category_archived_at"),
    _of_parent(_AROUND.slug).label("parent_slug"),
    _of_parent(_AROUND.name).label("parent_name"),
    Category.field_count.label("category_fields"),
    Gig.description,
    Gig.level,
    Gig.questions,
    Gig.audience,
    Gig.accepting,
    Gig.favour,
    Gig.seats,
    Gig.seats_taken,
    Gig.starts_on,
    Gig.ends_on,
    Gig.created_at,
    Gig.updated_at,
    Gig.expires_at,
    Gig.state_reason,
    Gig.held_at,
    Gig.state_changed_at,
    Gig.merged_into,
    Member.standing.label("author_standing"),
)


def row_columns(signed_in: bool) -> tuple[Any, ...]:
    """Return the columns of a row in a list: those of `SHORT`, then names of skills: `skills` needed, `gained`, and for a
    member `held` (needed, and the member has it) and `wanted` (gained, and the member wants to learn it).
    """
    held = _theirs(Gig.needs, "held") if signed_in else null()
    wanted = _theirs(Gig.gains, "wanted") if signed_in else null()
    return (*SHORT, Gig.needs.label("skills"), Gig.gains.label("gained"), held.label("held"), wanted.label("wanted"))


def viewer_of(viewer: Actor | None) -> dict[str, Any]:
    """Return the parameter that statements for members need beyond those for visitors."""
    return {"viewer": viewer.id} if viewer else {}


def joined(columns: Select[Any]) -> Select[Any]:
    """Return the tenant's gigs with their authors and fields."""
    return (
        columns.select_from(Gig)
        .join(Member, and_(Member.tenant_id == Gig.tenant_id, Member.id == Gig.author_id))
        .outerjoin(Category, and_(Category.tenant_id == Gig.tenant_id, Category.id == Gig.category_id))
        .where(scoped(Gig))
    )


def _theirs(names: Any, relation: str) -> Any:
    """Return those of a gig's names of skills that the viewer has, in the gig's order."""
    word = func.unnest(names).column_valued("word")
    known = (
        select(Skill.name)
        .join(MemberSkill, and_(MemberSkill.tenant_id == Skill.tenant_id, MemberSkill.skill_id == Skill.id))
        .where(*_of_viewer(relation))
    )
    # Read once for the whole statement, as an array.
    return func.array(select(word).where(word == any_(func.array(known.scalar_subquery()))).scalar_subquery())


def _of_viewer(relation: str) -> tuple[ColumnElement[bool], ...]:
    return scoped(MemberSkill), MemberSkill.member_id == VIEWER, MemberSkill.relation == literal_column(f"'{relation}'")


_NAMES = func.array_agg(Skill.name)
_OF_MEMBER = Reading(
    select(
        *(
            _NAMES.filter(MemberSkill.relation == literal_column(f"'{relation}'")).label(relation)
            for relation in ("held", "wanted")
        )
    )
    .select_from(MemberSkill)
    .join(Skill, and_(Skill.tenant_id == MemberSkill.tenant_id, Skill.id == MemberSkill.skill_id))
    .where(scoped(MemberSkill), MemberSkill.member_id == VIEWER)
)


def skills_of_member(member_id: UUID) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the skills that a member has, and of those that they want to learn."""
    row = _OF_MEMBER.one_or_none(viewer=member_id)
    return frozenset(row.held or ()), frozenset(row.wanted or ())  # type: ignore[union-attr]
