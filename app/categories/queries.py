"""What pages about categories read: column rows, from statements built once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, or_, select

from app.categories.models import Category
from app.core.database import db
from tenants.isolation import scoped
from tenants.models import Member, Role

_TO_POST = (
    select(Category.id, Category.name)
    .where(scoped(Category), or_(Category.archived_at.is_(None), Category.id == bindparam("chosen")))
    .order_by(Category.position, Category.id)
)
_PEOPLE = (
    select(Role.role, Member.id, Member.name, Member.hue, Member.picture, Member.finished_count)
    .join(Member, and_(Member.tenant_id == Role.tenant_id, Member.id == Role.member_id))
    .where(scoped(Role), Role.category_id == bindparam("category_id"), Member.standing == "active")
    .order_by(Role.granted_at, Role.id)
)


def posting_choices(chosen: UUID | None = None) -> list[tuple[UUID, str]]:
    """Return the categories that a gig can be posted in, as pairs of id and name; also an archived one when it is `chosen`."""
    return [(row.id, row.name) for row in db.session.execute(_TO_POST, {"chosen": chosen})]


def people_of(category_id: UUID) -> Sequence[Row[Any]]:
    """Return who leads and who advises a category: role, id, name, hue, picture, finished_count; the longest there first."""
    return db.session.execute(_PEOPLE, {"category_id": category_id}).all()
