"""The platform's clock reaches every tenant at its own hours."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.core.database import db
from tenants.models import Tenant


def tenants_where_it_is(hours: Collection[int], *, now: datetime) -> list[int]:
    """Return the ids of the active tenants in whose time zone the hour of the day is one of `hours`. For platform work."""
    rows = db.session.execute(select(Tenant.id, Tenant.time_zone).where(Tenant.status == "active"))
    return [row.id for row in rows if now.astimezone(ZoneInfo(row.time_zone)).hour in hours]
