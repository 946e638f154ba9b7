"""What the clock does at desks: it tells their leaders what is late."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.activity.recording import record
from app.categories.models import Category
from app.category_desk.models import CategoryDesk
from app.category_desk.queue import late
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Tenant

# Nobody is reminded in the night.
_MORNING, _EVENING = 8, 20
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@periodic("41 * * * *", "category_desk.clockwork")
def strike() -> None:
    """Let the clock look at every tenant's desks, once an hour."""
    tick.enqueue_for(*db.session.scalars(select(Tenant.id).where(Tenant.status == "active")))


@job("category_desk.tick")
def tick() -> None:
    """Remind of what is late at the tenant's desks, by day."""
    now = clock.now()
    here = now.astimezone(ZoneInfo(db.session.get_one(Tenant, current_tenant_id()).time_zone))
    if _MORNING <= here.hour < _EVENING:
        remind(now=now)


def remind(*, now: datetime) -> int:
    """Tell the leaders of each category once of what has become late, and on each later day of what still is; return how
    many desks were told of.
    """
    today = now.astimezone(ZoneInfo(db.session.get_one(Tenant, current_tenant_id()).time_zone)).date()
    open_ones = select(Category).where(scoped(Category), Category.archived_at.is_(None)).order_by(Category.id)
    told = 0
    for category in db.session.scalars(open_ones).all():
        desk = CategoryDesk.of(category.id)
        before = now - desk.answers_within()
        found = late().one_or_none(
            category_id=category.id, onlooker_id=None, before=before, told_until=desk.reminded_until or _LONG_AGO
        )
        if found is None or not found.number or not (found.fresh or desk.told_on != today):
            continue
        verb = "became_late" if found.fresh else "still_late"
        record(
            verb, category, by=None, kind="desk", title=category.name,
            number=found.fresh or found.number, since=found.oldest.isoformat(),
        )  # fmt: skip
        desk.reminded_until, desk.told_on = max(before, desk.reminded_until or before), today
        told += 1
    return told
