"""What stands in the way of two gigs becoming one: work that is agreed on, money that counts, projects."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from app.agreements.models import Agreement
from app.agreements.states import BINDING, NEGOTIATED
from app.applications.carrying import WAITING
from app.applications.models import Application
from app.core.database import db
from app.fees.models import GigPurchase
from app.gigs.models import Gig
from app.merging.failures import (
    CannotBeOne,
    MoneyUnderWay,
    NotLive,
    OtherWay,
    PartOfProject,
    SameGig,
    StillInReview,
    TakesNobody,
    TargetNotLive,
    WorkUnderWay,
)
from app.projects.models import Project, Role
from tenants.isolation import scoped

#: In these states a gig may go into another.
LEAVABLE = ("in_review", "open", "paused", "filled", "expired")
#: In these states it may take another in.
ENTERABLE = ("open", "paused")


def refuse_obstacles(gig: Gig, into: Gig, *, now: datetime) -> None:
    """Refuse what cannot be one.

    :raises CannotBeOne: with words that say why.
    """
    refusal = _of_their_kind(gig, into) or _of_what_runs(gig, now)
    if refusal is not None:
        raise refusal


def _of_their_kind(gig: Gig, into: Gig) -> CannotBeOne | None:
    if gig.id == into.id:
        return SameGig()
    elif gig.direction != into.direction:
        return OtherWay()
    elif gig.state not in LEAVABLE:
        return NotLive()
    elif into.state not in ENTERABLE:
        return TargetNotLive()
    elif gig.state == "in_review" and gig.author_id != into.author_id:
        # Its author would be asked for what nobody has approved.
        return StillInReview()
    elif into.coordinator_id is not None or _is_of_a_project(into.id):
        return PartOfProject()
    elif not into.takes_applications and _is_there(
        Application, Application.gig_id == gig.id, Application.state.in_(WAITING)
    ):
        return TakesNobody()
    else:
        return None


def _of_what_runs(gig: Gig, now: datetime) -> CannotBeOne | None:
    if gig.coordinator_id is not None or _is_of_a_project(gig.id):
        return PartOfProject()
    elif gig.seats_taken or _is_there(
        Agreement, Agreement.gig_id == gig.id, Agreement.state.in_((*NEGOTIATED, *BINDING))
    ):
        return WorkUnderWay()
    elif _money_counts(gig, now):
        return MoneyUnderWay()
    else:
        return None


def _is_of_a_project(gig_id: UUID) -> bool:
    is_role = _is_there(Role, Role.gig_id == gig_id)
    return is_role or _is_there(Project, Project.gig_id == gig_id, Project.state != "ended")


def _money_counts(gig: Gig, now: datetime) -> bool:
    # Paid for being listed counts until it has been listed.
    for_being_listed = () if gig.published_at else (GigPurchase.kind == "listing",)
    still = or_(GigPurchase.until > now, *for_being_listed)
    counts = or_(GigPurchase.state.in_(("open", "disputed")), and_(GigPurchase.state == "paid", still))
    return _is_there(GigPurchase, GigPurchase.gig_id == gig.id, counts)


def _is_there(model: Any, *conditions: Any) -> bool:
    return bool(db.session.scalar(select(exists().where(scoped(model), *conditions))))
