"""What pages about matching read beside the matches themselves."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, exists, select

from app.core.database import db
from app.gigs.audience import VIEWER, meant_for
from app.gigs.models import Gig
from app.gigs.queries.rows import OPEN
from app.matching.models import Dismissal, MatchingOff, MatchingWeights
from app.matching.weights import Weights
from tenants.context import current_tenant
from tenants.isolation import scoped

_WAVED_AWAY = (
    select(Gig.id, Gig.title)
    .join(Dismissal, and_(Dismissal.tenant_id == Gig.tenant_id, Dismissal.gig_id == Gig.id))
    .where(scoped(Gig), Dismissal.member_id == VIEWER, OPEN, meant_for(signed_in=True))
    .order_by(Dismissal.dismissed_at.desc(), Gig.id)
    .limit(12)
)


def waved_away(member_id: UUID) -> Sequence[Row[Any]]:
    """Return the open gigs that a member waved away, the last first: id and title."""
    return db.session.execute(_WAVED_AWAY, {"viewer": member_id}).all()


def weights_in_force() -> Weights:
    """Return what counts how much here."""
    stored = db.session.scalar(select(MatchingWeights.weights).where(scoped(MatchingWeights)))
    return Weights.read(stored, current_tenant().kind)


def takes_part(member_id: UUID) -> bool:
    """Return whether a member is suggested, and has gigs suggested."""
    is_off = exists().where(scoped(MatchingOff), MatchingOff.member_id == member_id)
    return not db.session.scalar(select(is_off))
