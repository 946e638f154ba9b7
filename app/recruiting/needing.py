"""Whether a gig still needs people: what everything that calls anybody asks first, and again before it is told."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from app.applications.models import Application
from app.core.database import db
from app.core.timers import day_of
from app.gigs.models import Gig
from app.recruiting.models import Climb
from app.recruiting.settings import Patience
from tenants.context import current_tenant, current_tenant_id
from tenants.isolation import scoped

WAITING = ("sent", "shortlisted", "offered")


def takes_people(gig: Gig, *, now: datetime) -> bool:
    """Whether somebody could raise a hand for a gig now, and its time is not over."""
    today = day_of(now, current_tenant().time_zone)
    in_time = (gig.expires_at is None or gig.expires_at > now) and (gig.due_on is None or gig.due_on >= today)
    return gig.state == "open" and gig.takes_applications and in_time


def needs_people(gig: Gig, patience: Patience, *, now: datetime) -> bool:
    """Whether a gig is to climb: it takes people, and nobody waits for an answer; or a place is empty so near its due date
    that an answer may come too late.
    """
    if not takes_people(gig, now=now):
        return False
    today = day_of(now, current_tenant().time_zone)
    is_near = gig.due_on is not None and gig.due_on <= today + timedelta(days=patience.near_due)
    return is_near or not somebody_waits(gig.id)


def somebody_waits(gig_id: UUID) -> bool:
    """Whether somebody raised a hand for a gig and has no answer yet."""
    waits = exists().where(scoped(Application), Application.gig_id == gig_id, Application.state.in_(WAITING))
    return bool(db.session.scalar(select(waits)))


def still_climbs(gig: Gig | None, *, now: datetime) -> bool:
    """Whether people may be told of a step of a gig's climb: it takes people, and nobody has stopped it."""
    if gig is None or not takes_people(gig, now=now):
        return False
    climb = db.session.get(Climb, (current_tenant_id(), gig.id))
    return climb is not None and climb.stopped_at is None
