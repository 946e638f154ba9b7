"""What the search is told of gigs: those that are open, by their titles, skills, words and field of work."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, any_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.categories.models import Category, Skill
from app.core.database import db
from app.fields.models import CategoryField, GigFieldValue
from app.gigs.models import Gig, GigSkill
from app.gigs.queries.rows import HAS_ROOM, OPEN
from app.search.sources import Entry, Source, Telling
from tenants.isolation import scoped

KIND = "gig"
_COLUMNS = frozenset(
    {
        "state", "audience", "accepting", "seats", "seats_taken", "published_at", "title", "summary", "description",
        "place", "level", "category_id",
    }
)  # fmt: skip
_SKILLS = (
    select(func.string_agg(Skill.name, ", "))
    .select_from(GigSkill)
    .join(Skill, and_(Skill.tenant_id == GigSkill.tenant_id, Skill.id == GigSkill.skill_id))
    .where(GigSkill.tenant_id == Gig.tenant_id, GigSkill.gig_id == Gig.id)
    .correlate(Gig)
    .scalar_subquery()
)
# Words and nothing else: what visitors may read of any gig, and what members may of those that are for members.
_ANSWERED = (
    select(func.string_agg(GigFieldValue.words, " "))
    .join(
        CategoryField,
        and_(CategoryField.tenant_id == GigFieldValue.tenant_id, CategoryField.id == GigFieldValue.field_id),
    )
    .where(GigFieldValue.tenant_id == Gig.tenant_id, GigFieldValue.gig_id == Gig.id, CategoryField.kind == "text")
    .where(CategoryField.category_id == Gig.category_id)
    .where(
        or_(
            CategoryField.visibility == "public",
            and_(CategoryField.visibility == "members", Gig.audience == "members"),
        )
    )
    .correlate(Gig)
    .scalar_subquery()
)
_READ = (
    select(
        Gig.id,
        Gig.published_at,
        Gig.audience,
        HAS_ROOM.label("has_room"),
        Gig.title,
        _SKILLS.label("skills"),
        Category.name.label("category"),
        Gig.summary,
        Gig.place,
        Gig.level,
        Gig.description,
        _ANSWERED.label("answered"),
    )
    .outerjoin(Category, and_(Category.tenant_id == Gig.tenant_id, Category.id == Gig.category_id))
    .where(scoped(Gig), OPEN, Gig.id == any_(bindparam("ids", type_=ARRAY(Uuid()))))
)


def _read(ids: Sequence[UUID]) -> Sequence[Entry]:
    return [
        Entry(
            row.id,
            row.published_at,
            row.has_room,
            for_visitors=row.audience == "hall",
            name=row.title,
            skills=row.skills or "",
            summary=" ".join((row.category or "", row.place, row.summary)),
            prose=" ".join((row.level, row.description, row.answered or "")),
        )
        for row in db.session.execute(_READ, {"ids": list(ids)})
    ]


def _after(last: UUID | None, how_many: int) -> Sequence[UUID]:
    every = select(Gig.id).where(scoped(Gig)).order_by(Gig.id).limit(how_many)
    return db.session.scalars(every if last is None else every.where(Gig.id > last)).all()


def _of_categories(ids: Iterable[UUID]) -> Select[Any]:
    return select(Gig.id).where(scoped(Gig), OPEN, Gig.category_id.in_(list(ids)))


def _of_fields(ids: Iterable[UUID]) -> Select[Any]:
    return select(GigFieldValue.gig_id).where(scoped(GigFieldValue), GigFieldValue.field_id.in_(list(ids)))


def _of_skills(ids: Iterable[UUID]) -> Select[Any]:
    return select(GigSkill.gig_id).where(scoped(GigSkill), GigSkill.skill_id.in_(list(ids)))


GIGS = Source(
    KIND,
    _read,
    _after,
    {
        Gig: Telling(columns=_COLUMNS),
        GigSkill: Telling(subject="gig_id", columns=frozenset({"skill_id"})),
        GigFieldValue: Telling(subject="gig_id", columns=frozenset({"words"})),
        CategoryField: Telling(columns=frozenset({"visibility", "category_id"}), reach=_of_fields),
        Category: Telling(columns=frozenset({"name"}), reach=_of_categories),
        Skill: Telling(columns=frozenset({"name"}), reach=_of_skills),
    },
)
