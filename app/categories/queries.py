"""What pages about categories read: column rows, from statements built once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, or_, select

from app.categories.models import Category
from app.categories.nesting import in_their_order
from app.core.database import db
from app.core.reading import Reading
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office
from tenants.versions import kept_of_hall

_TO_POST = (
    select(Category.id, Category.name, Category.parent_id)
    .where(scoped(Category), or_(Category.archived_at.is_(None), Category.id == bindparam("chosen")))
    .order_by(Category.position, Category.id)
)
_PARENTS = Reading(
    select(Category.slug)
    .where(scoped(Category))
    .where(Category.id.in_(select(Category.parent_id).where(scoped(Category), Category.parent_id.is_not(None))))
)
_CHILDREN = (
    select(Category.id, Category.slug, Category.name, Category.summary, Category.emblem)
    .where(scoped(Category), Category.parent_id == bindparam("parent_id"), Category.archived_at.is_(None))
    .order_by(Category.position, Category.id)
)
_CHARTER = Reading(
    select(Category.slug, Category.name, Category.charter, Category.standards, Category.rates).where(
        scoped(Category), Category.id == bindparam("category_id")
    )
)
_PEOPLE = (
    select(Role.role, Member.id, Member.name, Member.hue, Member.picture, Member.finished_count)
    .join(Member, and_(Member.tenant_id == Role.tenant_id, Member.id == Role.member_id))
    .where(scoped(Role), Role.category_id == bindparam("category_id"), Member.standing == "active")
    .where(in_office())
    .order_by(Role.granted_at, Role.id)
)


def posting_choices(chosen: UUID | None = None) -> list[tuple[UUID, str]]:
    """Return the categories that a gig can be posted in, as pairs of id and name; also an archived one when it is `chosen`."""
    rows = in_their_order(db.session.execute(_TO_POST, {"chosen": chosen}))
    names = {row.id: row.name for row in rows}
    return [(row.id, named_within(row.name, names.get(row.parent_id))) for row in rows]


def parent_choices(*, but: UUID | None = None) -> list[tuple[UUID, str]]:
    """Return the categories that others can be within, as pairs of id and name."""
    rows = db.session.execute(_TO_POST, {"chosen": None})
    return [(row.id, row.name) for row in rows if row.parent_id is None and row.id != but]


def named_within(name: str, parent: str | None) -> str:
    """Return what a category is called where its parent is not beside it: “Print › Binding”."""
    return f"{parent} › {name}" if parent else name


def has_children(slug: str) -> bool:
    """Return whether other categories are within the one at this address."""
    return slug in kept_of_hall("parents", _parents)


def _parents() -> frozenset[str]:
    return frozenset(row.slug for row in _PARENTS.rows())


def children_of(category: Category) -> Sequence[Row[Any]]:
    """Return the categories within one: id, slug, name, summary, emblem; in their order."""
    return db.session.execute(_CHILDREN, {"parent_id": category.id}).all()


def charter_of(category_id: UUID | None) -> Row[Any] | None:
    """Return what a category says to whoever posts in it: slug, name, charter, standards, rates. None for none."""
    return _CHARTER.one_or_none(category_id=category_id) if category_id else None


def people_of(category_id: UUID) -> Sequence[Row[Any]]:
    """Return who leads and who advises a category: role, id, name, hue, picture, finished_count; the longest there first."""
    return db.session.execute(_PEOPLE, {"category_id": category_id}).all()
