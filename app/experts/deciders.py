"""Who decides about a request: whoever knows the field; in small categories the marketplace's leaders help."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, any_, literal_column, or_, select

from app.agreements.models import Agreement
from app.agreements.states import BINDING
from app.core import clock
from app.core.database import db
from tenants.context import Actor
from tenants.duties import Delegation, in_force
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

#: How many decide.
QUORUM = 2
#: For so long after an agreement two people are partners: whoever decides about the other says so.
PARTNERS = timedelta(days=183)

_OFFICES = ("category_leader", "expert")
_HOLDERS = (
    select(Role.member_id)
    .join(Member, and_(Member.tenant_id == Role.tenant_id, Member.id == Role.member_id))
    .where(scoped(Role), in_office(), Member.standing == "active")
)
_VETTING = literal_column("'vetting'") == any_(Delegation.duties)


def deciders_of(category_id: UUID, about: UUID | None = None) -> set[UUID]:
    """Return who may decide in a category, about a member who does not: its leaders and experts and whose duty it is, and
    where these are fewer than two, the marketplace's leaders as well.
    """
    by_duty = select(Delegation.member_id).where(
        scoped(Delegation), Delegation.category_id == category_id, in_force(clock.now()), _VETTING
    )
    found = (people_of_the_field(category_id) | set(db.session.scalars(by_duty))) - {about}
    return found if len(found) >= QUORUM else (found | leaders()) - {about}


def people_of_the_field(category_id: UUID) -> set[UUID]:
    """Return a category's leaders and experts in office."""
    return set(db.session.scalars(_HOLDERS.where(Role.category_id == category_id, Role.role.in_(_OFFICES))))


def leaders_of_the_field(category_id: UUID) -> set[UUID]:
    """Return a category's leaders in office; where it has none, the marketplace's."""
    led = _HOLDERS.where(Role.category_id == category_id, Role.role == "category_leader")
    return set(db.session.scalars(led)) or leaders()


def leaders() -> set[UUID]:
    """Return the marketplace's leaders."""
    return set(db.session.scalars(_HOLDERS.where(Role.role.in_(("leader", "admin")))))


def decides(by: Actor, category_id: UUID, about: UUID) -> bool:
    """Return whether somebody may decide about a member in a category."""
    return by.id in deciders_of(category_id, about)


def are_partners(one: UUID, other: UUID, *, now: datetime) -> bool:
    """Return whether two members have an agreement, or had one in the last six months."""
    between = or_(
        and_(Agreement.client_id == one, Agreement.worker_id == other),
        and_(Agreement.client_id == other, Agreement.worker_id == one),
    )
    lately = or_(Agreement.state.in_(BINDING), Agreement.state_changed_at >= now - PARTNERS)
    found = select(Agreement.id).where(scoped(Agreement), between, Agreement.agreed_at.is_not(None), lately)
    return db.session.scalars(found.limit(1)).first() is not None
