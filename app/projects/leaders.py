"""Who may lead a project: whoever runs its field of work, and the leaders of the marketplace."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from app.core import clock
from app.core.database import db
from tenants import restraints
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

_OFFICES = ("category_leader", "expert")
_EVERYWHERE = ("leader", "admin")


def leads(category_id: Any) -> ColumnElement[bool]:
    """Return the condition that a role makes somebody lead projects of a category, at this moment."""
    of_it = and_(Role.category_id == category_id, Role.role.in_(_OFFICES))
    return and_(scoped(Role), in_office(), or_(of_it, Role.role.in_(_EVERYWHERE)))


def leaders_for(category_id: UUID | None) -> set[UUID]:
    """Return who may lead a project of a category now: nobody who has gone or is suspended."""
    found = (
        select(Member.id, Member.restraints)
        .join(Role, and_(Role.tenant_id == Member.tenant_id, Role.member_id == Member.id))
        .where(leads(category_id), Member.standing == "active")
    )
    return {row.id for row in db.session.execute(found) if not is_suspended(row.restraints)}


def is_suspended(kept: str) -> bool:
    """Whether moderators took everything from somebody for a time, as `Member.restraints` has it."""
    return any(set(restraints.DEEDS) <= one.deeds for one in restraints.read(kept, now=clock.now()))
