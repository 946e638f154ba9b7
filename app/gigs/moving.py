"""Gigs go into another category: one that belongs there, or all when theirs is archived or is no more. Authors read why."""

from sqlalchemy import select, update

from app.categories.dissolving import NowhereToGo, when_dissolved
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from app.fields.carrying import carry, hand_on_fields
from app.gigs.models import Gig
from app.gigs.models.approval import needs_review
from app.gigs.models.failures import NotEditable
from app.gigs.models.gates import ask_movers
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member

#: In these states somebody who looks after a category may move a gig out of it.
MOVABLE = ("in_review", "open", "paused", "filled", "expired")


class LookedAtFirst(Conflict):
    message = _l("That category looks at gigs before they are live. Ask who leads it, or hand this one back.")


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


def move_gig(gig: Gig, into: Category, *, by: Actor, why: str) -> None:
    """Move one gig to where it belongs. What waits for review waits there; what is live stays so.

    :raises NowhereToGo: when it is there already, or the other category is archived.
    :raises NotEditable: when it is a draft, over or taken down.
    :raises LookedAtFirst: when it is live, would be looked at there first, and `by` may not approve it there.
    :raises ProductError: what keeps its author from putting it there themselves.
    """
    gig.lock()
    if into.id == gig.category_id or into.is_archived:
        raise NowhereToGo
    elif gig.state not in MOVABLE:
        raise NotEditable
    author = db.session.get_one(Member, (gig.tenant_id, gig.author_id))
    if gig.state != "in_review" and needs_review(into.id, by=author) and needs_review(into.id, by=by):
        raise LookedAtFirst
    ask_movers(gig, into.id)
    out_of = gig.category_id and db.session.get_one(Category, (gig.tenant_id, gig.category_id)).name
    gig.category_id = into.id
    db.session.flush()
    carry([gig.id], into=into.id)
    gig.note("move", by=by, from_=gig.state, to=gig.state, why=why, into=into.name, out_of=out_of or "")


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
