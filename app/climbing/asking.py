"""A gig's author asks somebody whether it is for them."""

from datetime import datetime, timedelta
from uuid import UUID

from app.climbing.picking import may_be_asked
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from app.core.limits import allow
from app.gigs.models import Gig
from app.recruiting.models import call
from app.recruiting.needing import takes_people
from tenants.context import Actor, current_tenant_id

#: So many people an author may ask in a day, whatever their gigs.
A_DAY = 12


class TakesNobody(Conflict):
    message = _l("This gig takes nobody at the moment.")


class NotToBeAsked(Conflict):
    message = _l("They cannot be asked for this gig: they raised a hand, waved it away, or want no suggestions.")


class ToldAlready(Conflict):
    message = _l("They have been told of this gig already.")


def ask(gig: Gig, member_id: UUID, *, by: Actor, now: datetime) -> None:
    """Ask a member, once, whether a gig is for them.

    :raises TakesNobody: when nobody could raise a hand for it.
    :raises NotToBeAsked: when they are not to be asked.
    :raises ToldAlready: when they were, or a step of its climb has told them.
    :raises TooMany: when the author asked too many people today.
    """
    db.session.refresh(gig, with_for_update={"read": True})
    if not takes_people(gig, now=now):
        raise TakesNobody
    elif not may_be_asked(gig, member_id):
        raise NotToBeAsked
    allow("asking", f"{current_tenant_id()}:{by.id}", limit=A_DAY, per=timedelta(days=1))
    if not call(gig.id, [member_id], step="asked", by=by, now=now):
        raise ToldAlready
    gig.note("ask", by=by, member_id=member_id)
