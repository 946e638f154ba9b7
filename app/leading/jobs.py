"""What the clock does to categories: terms end and are reminded of."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.categories.offices import close_ended, remind_of_ends
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from tenants.context import current_tenant_id
from tenants.models import Tenant

# Nobody is reminded in the night.
_MORNING = 8


@periodic("11 * * * *", "leading.clockwork")
def strike() -> None:
    """Let the clock look at every tenant's categories, once an hour."""
    tick.enqueue_for(*db.session.scalars(select(Tenant.id).where(Tenant.status == "active")))


@job("leading.tick")
def tick() -> None:
    """Do to the tenant's categories whatever is due."""
    now = clock.now()
    close_ended(now=now)
    here = ZoneInfo(db.session.get_one(Tenant, current_tenant_id()).time_zone)
    if now.astimezone(here).hour >= _MORNING:
        remind_of_ends(now=now)
