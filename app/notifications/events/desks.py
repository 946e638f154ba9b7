"""What is told of categories' desks: something has waited too long."""

from uuid import UUID

from sqlalchemy import and_, select

from app.core.database import db
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import moderators
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office


def _leaders(fact: Fact) -> set[UUID]:
    """Return who leads the category; where nobody does, the moderators."""
    leading = (
        select(Role.member_id)
        .join(Member, and_(Member.tenant_id == Role.tenant_id, Member.id == Role.member_id))
        .where(scoped(Role), Role.role == "category_leader", Role.category_id == fact.subject, in_office())
        .where(Member.standing == "active")
    )
    return set(db.session.scalars(leading)) or moderators(fact)


def _how_many(fact: Fact) -> str:
    return ngettext("%(num)s thing waits for an answer.", "%(num)s things wait for an answer.", fact.get("number", 2))


EVENTS = (
    Event(
        kind="desk", verb="became_late", topic="queue", tells=_leaders,
        alone=_l("Something has waited too long at the desk of “{title}”"), detail=_how_many,
        place="category_desk", action=_l("See what waits"),
    ),
    Event(
        kind="desk", verb="still_late", topic="queue", tells=_leaders,
        alone=_l("The desk of “{title}” still waits for you"), detail=_how_many,
        place="category_desk", action=_l("See what waits"),
    ),
)  # fmt: skip
