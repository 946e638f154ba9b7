"""What the clock and a payment do to access: within the hour where only time has passed, at once where something was paid."""

from sqlalchemy import select

from app.access.lapsing import settle as settle_all
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from tenants.models import Tenant


@periodic("11 * * * *", "access.clockwork")
def strike() -> None:
    """Let every tenant look once an hour whose grace has come to its half, its last day, its end."""
    settle.enqueue_for(*db.session.scalars(select(Tenant.id).where(Tenant.status == "active")))


@job("access.settle")
def settle() -> None:
    """Let gigs rest and come back, and remind, as it is right at this moment."""
    settle_all(now=clock.now())
