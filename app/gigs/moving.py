"""A category is archived: what is posted in it goes elsewhere, and each gig's author can read why."""

from sqlalchemy import select, update

from app.categories.models import Category
from app.core.database import db
from app.core.errors import Invalid
from app.core.languages import lazy_gettext as _l
from app.gigs.models import Gig
from tenants.context import Actor
from tenants.isolation import scoped


class NowhereToGo(Invalid):
    message = _l("Choose another category, one that is not archived.")


def archive_category(category: Category, *, into: Category, by: Actor) -> int:
    """Archive a category, move its gigs into another, and return how many there were.

    :raises NowhereToGo: when that is the same or archived.
    :raises LastCategory: when no other category is left.
    """
    if into.id == category.id or into.is_archived:
        raise NowhereToGo
    category.archive(by=by)
    db.session.flush()
    gigs = db.session.scalars(
        select(Gig).where(scoped(Gig), Gig.category_id == category.id).order_by(Gig.id).with_for_update()
    ).all()
    for gig in gigs:
        if gig.is_live:
            gig.note("move", by=by, into=into.name, out_of=category.name)
    db.session.execute(update(Gig).where(scoped(Gig), Gig.category_id == category.id).values(category_id=into.id))
    return len(gigs)
