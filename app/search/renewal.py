"""Making everything findable anew, in the worker, a few hundred things at a time: in another language, after an upgrade."""

from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.core.jobs import job, platform_job
from app.search.keeping import AT_ONCE, refresh
from app.search.sources import kinds, source
from tenants.models import Tenant


@job("search.renew", priority=-10)
def renew(*, kind: str, after: str | None) -> None:
    """Make the things of a kind findable that come after an id, and ask for the rest."""
    one = source(kind)
    ids = one.after(UUID(after) if after else None, AT_ONCE)
    refresh(one, ids)
    if len(ids) == AT_ONCE:
        renew.enqueue(kind=kind, after=ids[-1])


@platform_job("search.renew_everywhere")
def renew_everywhere() -> None:
    """Make everything findable in every tenant: what a migration of the search asks for."""
    tenants = db.session.scalars(select(Tenant.id)).all()
    for kind in kinds():
        renew.enqueue_for(*tenants, kind=kind, after=None)
