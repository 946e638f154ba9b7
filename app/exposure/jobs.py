"""What was shown long ago is forgotten."""

from datetime import timedelta

from sqlalchemy import delete, select

from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.exposure.models import GigExposure, MemberExposure
from tenants.context import current_tenant
from tenants.isolation import scoped
from tenants.models import Tenant

KEPT = timedelta(days=90)


@periodic("47 3 * * *", "exposure.clockwork")
def strike() -> None:
    """Let every tenant forget once a day."""
    sweep.enqueue_for(*db.session.scalars(select(Tenant.id).where(Tenant.status == "active")))


@job("exposure.sweep")
def sweep() -> None:
    """Remove what was counted more than `KEPT` ago."""
    before = clock.today(current_tenant().time_zone) - KEPT
    for model in (GigExposure, MemberExposure):
        old = delete(model).where(scoped(model), model.day < before)
        db.session.execute(old.execution_options(synchronize_session=False))
