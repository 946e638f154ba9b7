"""Duties that a category's leaders delegate for a time: bundles of permissions, in that category and nowhere else."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, and_, exists, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Mapped, aliased

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key
from tenants.models import Member, Role
from tenants.offices import in_office

#: The bundles: which permissions each gives stands in the policy table.
DUTIES = ("review", "flags", "board", "staffing", "vetting")


class Delegation(TenantRow, Base):
    """Some duties of one member in one category, until the end of a day or until somebody takes them back."""

    __tablename__ = "delegations"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        tenant_key("given_by", "members"),
        Index("delegations_member_idx", "tenant_id", "member_id"),
        Index("delegations_category_idx", "tenant_id", "category_id"),
    )

    member_id: Mapped[UUID]
    category_id: Mapped[UUID]
    duties: Mapped[list[str]]
    given_by: Mapped[UUID]
    given_at: Mapped[datetime]
    # The last day, and the moment at which it is over.
    ends_on: Mapped[date]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def in_force(now: Any) -> ColumnElement[bool]:
    """Return the condition that a delegation holds at a moment. It never outlasts the power of whoever gave it: nobody has to
    take it back when they lead no longer.
    """
    giver = aliased(Role)
    leads = or_(
        giver.role.in_([literal_column("'leader'"), literal_column("'admin'")]),
        and_(giver.role == literal_column("'category_leader'"), giver.category_id == Delegation.category_id),
    )
    still_leads = exists().where(
        giver.tenant_id == Delegation.tenant_id, giver.member_id == Delegation.given_by, leads, in_office(giver, now)
    )
    return and_(Delegation.ended_at.is_(None), Delegation.until > now, still_leads)


def duties_of(tenant_id: Any, member_id: Any, now: Any) -> Any:
    """Return what a member has of duties at a moment, as one text that `read` understands."""
    named = func.array_to_string(Delegation.duties, literal_column("'+'"))
    entry = func.concat(named, literal_column("':'"), Delegation.category_id)
    return (
        select(func.string_agg(entry, aggregate_order_by(literal_column("','"), entry)))
        .where(Delegation.tenant_id == tenant_id, Delegation.member_id == member_id, in_force(now))
        .correlate(Member)
        .scalar_subquery()
    )


def read(told: str | None) -> frozenset[tuple[str, UUID]]:
    """Return the pairs of a duty and its category."""
    pairs = (entry.split(":", 1) for entry in told.split(",")) if told else ()
    return frozenset((duty, UUID(category_id)) for duties, category_id in pairs for duty in duties.split("+"))
