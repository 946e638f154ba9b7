"""Finding out where gigs are whose places were written before that was known, in the worker, a few hundred at a time."""

from uuid import UUID

from sqlalchemy import select, update

from app.core.database import db
from app.core.jobs import job, platform_job
from app.gigs.models import Gig, position_of
from tenants.isolation import scoped
from tenants.models import Tenant

_BATCH = 300


@job("gigs.locate", priority=-10)
def locate(*, after: str | None) -> None:
    """Say of gigs with a place, those that come after an id, where they are; and ask for the rest."""
    unknown = select(Gig.id, Gig.place).where(scoped(Gig), Gig.place != "", Gig.latitude.is_(None))
    rows = db.session.execute(
        (unknown if after is None else unknown.where(Gig.id > UUID(after))).order_by(Gig.id).limit(_BATCH)
    ).all()
    for row in rows:
        position = position_of(row.place)
        if position["latitude"] is not None:
            db.session.execute(update(Gig).where(scoped(Gig), Gig.id == row.id).values(position))
    if len(rows) == _BATCH:
        locate.enqueue(after=rows[-1].id)


@platform_job("gigs.locate_everywhere")
def locate_everywhere() -> None:
    """Say of the gigs of every tenant where they are: what the migration asks for that made room for it."""
    locate.enqueue_for(*db.session.scalars(select(Tenant.id)).all(), after=None)
