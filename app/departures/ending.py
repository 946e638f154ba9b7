"""The gigs of a member who goes."""

from uuid import UUID

from sqlalchemy import delete, exists, select

from app.core.database import db
from app.gigs.models import Gig
from app.gigs.states import GIG
from app.messages.models import Thread
from tenants.context import Actor
from tenants.isolation import scoped


def end_gigs(member_id: UUID, *, by: Actor | None, why: str) -> None:
    """Close every gig of a member that others know of, with a reason; what nobody ever saw is deleted."""
    for gig in db.session.scalars(select(Gig).where(scoped(Gig), Gig.author_id == member_id).order_by(Gig.id)):
        gig.lock()
        if GIG.allows(gig.state, "close"):
            gig.close(by=by, why=why)
    db.session.flush()
    talked_of = exists().where(Thread.tenant_id == Gig.tenant_id, Thread.gig_id == Gig.id)
    db.session.execute(
        delete(Gig)
        .where(scoped(Gig), Gig.author_id == member_id, Gig.published_at.is_(None), ~talked_of)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
