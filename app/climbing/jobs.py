"""What the clock does to unfilled gigs. Each step is a job of its own, so that it is taken whole, once, or not at all."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select, text

from app.applications.models import Application
from app.climbing.picking import pick
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.gigs.models import Gig
from app.recruiting.models import Climb
from app.recruiting.needing import WAITING, needs_people
from app.recruiting.settings import Patience, patience
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Tenant

_MOST = 500
_OPEN: Any = text("gigs.state = 'open'")
_IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 0))")


@periodic("29 * * * *", "climbing.clockwork")
def strike() -> None:
    """Let every tenant look once an hour which of its gigs are to climb."""
    look.enqueue_for(*db.session.scalars(select(Tenant.id).where(Tenant.status == "active")))


@job("climbing.look")
def look() -> None:
    """Begin the climb of what was listed since, and let those take a step whose time has come."""
    now, settled = clock.now(), patience()
    if not settled.climbs:
        return
    for gig in db.session.scalars(_beginning()):
        Climb.begin(gig, settled, now=now)
    db.session.flush()
    climb.enqueue_each({"gig_id": gig_id} for gig_id in db.session.scalars(_due(settled, now)))


@job("climbing.climb")
def climb(*, gig_id: str) -> None:
    """Let one gig take its next step, if it is still due: doing it twice tells nobody twice."""
    take_step(UUID(gig_id), now=clock.now())


def take_step(gig_id: UUID, *, now: datetime) -> bool:
    """Take the next step of a gig's climb; return False where it is not due, or nobody is needed (any more)."""
    # One gig of a tenant after the other: how often a member is told in a week is counted before it is added to.
    db.session.execute(_IN_TURN, {"whose": f"climbing {current_tenant_id()}"})
    settled = patience()
    gig = db.session.get(Gig, (current_tenant_id(), gig_id), with_for_update=True, populate_existing=True)
    found = Climb.of(gig_id) if gig else None
    if gig is None or found is None or not settled.climbs or not found.is_due(now):
        return False
    row = found.next_row()
    if row is None or not needs_people(gig, settled, now=now):
        return False
    found.take(row, gig, pick(row.to, gig, settled, now=now), settled, now=now)
    return True


def _beginning() -> Any:
    began = exists().where(Climb.tenant_id == Gig.tenant_id, Climb.gig_id == Gig.id)
    return (
        select(Gig)
        .where(scoped(Gig), _OPEN, Gig.accepting, ~began)
        .order_by(Gig.id)
        .limit(_MOST)
        .with_for_update(skip_locked=True)
    )


def _due(settled: Patience, now: datetime) -> Any:
    """Return the gigs whose step has come; `take_step` asks again, and more exactly, under their locks."""
    over = or_(Gig.expires_at <= now, Gig.seats_taken >= Gig.seats)
    somebody_waits = exists().where(
        Application.tenant_id == Gig.tenant_id, Application.gig_id == Gig.id, Application.state.in_(WAITING)
    )
    soon = Gig.due_on <= (now + timedelta(days=settled.near_due + 1)).date()
    return (
        select(Climb.gig_id)
        .join(Gig, and_(Gig.tenant_id == Climb.tenant_id, Gig.id == Climb.gig_id))
        .where(scoped(Climb), Climb.stopped_at.is_(None), Climb.next_at <= now, _OPEN, Gig.accepting, ~over)
        .where(or_(~somebody_waits, soon))
        .order_by(Climb.next_at)
        .limit(_MOST)
    )
