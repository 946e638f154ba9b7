"""From which categories somebody is kept for a time: what selects people reads it beside them, in the same statement."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, bindparam, delete, exists, insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Base, db
from tenants.isolation import TenantLink, scoped, tenant_key
from tenants.restraints import Restraint

_NOW = bindparam("banned_at", callable_=clock.now, type_=DateTime(timezone=True))


class CategoryBan(TenantLink, Base):
    """Until when a member may neither post nor take anything in a category. Decisions say why (`Measure`); this follows them."""

    __tablename__ = "category_bans"
    # Those who look after the marketplace or the category read it on the member's page.
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("category_id", "categories", ondelete="CASCADE"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    category_id: Mapped[UUID] = mapped_column(primary_key=True)
    until: Mapped[datetime]


def is_banned_from(category_id: Any, member_id: Any) -> ColumnElement[bool]:
    """Return the condition that a member is kept from a category at this moment, each given as a column or a parameter."""
    return exists().where(
        scoped(CategoryBan),
        CategoryBan.member_id == member_id,
        CategoryBan.category_id == category_id,
        CategoryBan.until > _NOW,
    )


def write_bans(member_id: UUID, restraints: Iterable[Restraint]) -> None:
    """Keep of a member's restraints those of one category where statements find them."""
    until: dict[UUID, datetime] = {}
    for one in restraints:
        if one.category_id is not None:
            until[one.category_id] = max(one.until, until.get(one.category_id, one.until))
    db.session.execute(delete(CategoryBan).where(scoped(CategoryBan), CategoryBan.member_id == member_id))
    if until:
        rows = [{"member_id": member_id, "category_id": one, "until": at} for one, at in until.items()]
        db.session.execute(insert(CategoryBan), rows)
