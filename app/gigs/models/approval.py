"""Whose gigs are looked at before they go live."""

from uuid import UUID

from sqlalchemy import bindparam, select

from app.categories.delegating import has_duty
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.gigs.models.moves import Person
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Role, Tenant
from tenants.offices import in_office

_TRUSTED = {"leader", "admin", "moderator"}
_ROLES = select(Role.role, Role.category_id).where(scoped(Role), Role.member_id == bindparam("member_id"), in_office())


def needs_review(category_id: UUID | None, *, by: Person) -> bool:
    """Return whether what `by` posts in a category waits for its leaders: the tenant's rule and the category's say so.

    Whoever may approve it needs nobody's approval.
    """
    roles = _roles_of(by)
    rule = _posting_rule(category_id)
    if _approves(roles, category_id):
        return False
    elif _tenant().who_may_post == "reviewed" or rule == "reviewed":
        return True
    else:
        return rule == "experts" and ("expert", category_id) not in roles


def may_approve(category_id: UUID | None, *, by: Person) -> bool:
    """Return whether somebody may let gigs of a category go live: at this moment, whoever they were before."""
    return _approves(_roles_of(by), category_id) or has_duty(by.id, "review", category_id, now=clock.now())


def gig_days() -> int:
    """Return how many days a gig runs in the tenant in force."""
    return _tenant().gig_days


def zone() -> str:
    """Return the time zone of the tenant in force, by its IANA name."""
    return _tenant().time_zone


def _roles_of(person: Person) -> set[tuple[str, UUID | None]]:
    return {(row.role, row.category_id) for row in db.session.execute(_ROLES, {"member_id": person.id})}


def _approves(roles: set[tuple[str, UUID | None]], category_id: UUID | None) -> bool:
    return any(role in _TRUSTED for role, _ in roles) or ("category_leader", category_id) in roles


def _tenant() -> Tenant:
    # From the database, not from the request: jobs know no more of a tenant than its id.
    return db.session.get_one(Tenant, current_tenant_id())


def _posting_rule(category_id: UUID | None) -> str:
    if category_id is None:
        return "open"
    return db.session.scalars(select(Category.posting_rule).where(scoped(Category), Category.id == category_id)).one()
