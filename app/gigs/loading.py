"""Gigs by their id, and nothing else when there is none for whoever asks."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from app.authorization import may
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import lazy_gettext as _l
from app.gigs.models import Gig
from app.gigs.queries import one_gig
from app.gigs.states import LIVE
from app.policies import REVIEW_GIG, SEE_GIG
from app.profiles.blocks import are_apart
from tenants.context import member_or_none
from tenants.isolation import scoped


class NoSuchGig(NotFound):
    message = _l("There is no such gig here. It may have been taken down.")


def gig_or_404(gig_id: UUID) -> Gig:
    """Return a gig that whoever is here may see.

    :raises NoSuchGig: when there is none, or they may not.
    """
    gig = db.session.scalars(select(Gig).where(scoped(Gig), Gig.id == gig_id)).one_or_none()
    viewer = member_or_none()
    if gig is None:
        raise NoSuchGig
    _refuse_hidden(gig, apart=viewer is not None and are_apart(viewer.id, gig.author_id))
    return gig


def gig_page_or_404(gig_id: UUID) -> Row[Any]:
    """Return the row of a gig's page (see `one_gig`) for whoever is here.

    :raises NoSuchGig: when there is none, or they may not see it.
    """
    gig = one_gig(gig_id, member_or_none())
    if gig is None:
        raise NoSuchGig
    _refuse_hidden(gig, apart=gig.apart)
    return gig


def _refuse_hidden(gig: Any, *, apart: bool) -> None:
    # A visitor who may not see what is live is asked to sign in, by the policy; all else looks as if it were not there.
    hidden = gig.state not in LIVE and not may(SEE_GIG, gig)
    if hidden or (apart and not may(REVIEW_GIG, gig)):
        raise NoSuchGig
