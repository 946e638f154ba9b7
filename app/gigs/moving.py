"""A category is archived or is no more: what is posted in it goes elsewhere, and each gig's author can read why."""

from sqlalchemy import select, update

from app.categories.dissolving import NowhereToGo, when_dissolved
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.fields.carrying import carry, hand_on_fields
from app.gigs.models import Gig
from tenants.context import Actor
from tenants.isolation import scoped


def archive_category(category: Category, *, into: Category, by: Actor) -> int:
    """Archive a category, move its gigs into another, and return how many there were.

    :raises NowhereToGo: when that is the same or archived.
    :raises LastCategory: when no other category is left.
    """
    if into.id == category.id or into.is_archived:
        raise NowhereToGo
    category.archive(by=by)
    db.session.flush()
    return move_gigs(category, into, by)


def move_gigs(category: Category, into: Category, by: Actor) -> int:
    """Move all gigs of a category into another, and return how many there were."""
    gigs = db.session.scalars(
        select(Gig).where(scoped(Gig), Gig.category_id == category.id).order_by(Gig.id).with_for_update()
    ).all()
    for gig in gigs:
        if gig.is_live:
            gig.note("move", by=by, into=into.name, out_of=category.name)
    db.session.execute(update(Gig).where(scoped(Gig), Gig.category_id == category.id).values(category_id=into.id))
    carry([gig.id for gig in gigs], into=into.id)
    return len(gigs)


@when_dissolved
def _hand_on_gigs(category: Category, into: Category, by: Actor) -> None:
    move_gigs(category, into, by)
    # What the gigs answered here and nobody asks there stays with them.
    hand_on_fields(category, into=into, now=clock.now())
