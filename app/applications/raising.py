"""Raising a hand: who may, for which gig, and what stands in the way."""

from datetime import datetime

from sqlalchemy import func, select

from app.applications.failures import (
    AlreadyApplied,
    AnsweredBefore,
    KeptApart,
    NotTakingApplications,
    OwnGig,
    QuestionUnanswered,
)
from app.applications.models import Application
from app.core.database import db
from app.core.errors import ProductError
from app.core.languages import lazy_gettext as _l
from app.gigs.models import Gig
from app.mandates.acting import is_self_dealing
from app.mandates.failures import HelperAndHelped
from app.memberships.limits import hold_to
from app.profiles.blocks import are_apart
from tenants.context import Actor
from tenants.isolation import scoped

_WHY_NOT = {
    "draft": _l("This gig is not live yet."),
    "in_review": _l("This gig is not live yet."),
    "paused": _l("This gig is paused, so it takes no applications now."),
    "filled": _l("Every place on this gig is taken."),
    "closed": _l("This gig has closed."),
    "expired": _l("This gig has run out."),
    "removed": _l("This gig is no longer here."),
}


def raise_hand(gig: Gig, *, by: Actor, note: str, answers: list[str], now: datetime) -> Application:
    """Return the new application of `by`, with an answer to each of the gig's questions, in their order.

    :raises ProductError: what `obstacle` names, QuestionUnanswered, or LimitReached by their membership.
    """
    # Shared: many may raise a hand at once, but not while the gig fills or ends.
    db.session.refresh(gig, with_for_update={"read": True})
    refusal = obstacle(gig, by=by)
    if refusal:
        raise refusal
    hold_to("open_applications", by.id, used=lambda: _open_ones(by))
    given = [answer.strip() for answer in answers]
    if len(given) != len(gig.questions) or not all(given):
        raise QuestionUnanswered
    asked = [{"question": question, "answer": answer} for question, answer in zip(gig.questions, given, strict=True)]
    return Application.send(gig, by=by, note=note.strip(), answers=asked, now=now)


def obstacle(gig: Gig, *, by: Actor) -> ProductError | None:
    """Return what keeps `by` from applying for a gig now, or None."""
    if gig.author_id == by.id:
        return OwnGig()
    before = _states_of_mine(gig, by)
    if before & {"sent", "shortlisted", "offered", "accepted"}:
        return AlreadyApplied()
    elif not gig.takes_applications:
        return NotTakingApplications(_why_not(gig))
    elif are_apart(by.id, gig.author_id):
        return KeptApart()
    elif any(is_self_dealing(by.id, one) for one in {gig.author_id, gig.answered_by}):
        # Of a role in a project its coordinator answers, for the client: a deal with both.
        return HelperAndHelped()
    elif "declined" in before:
        return AnsweredBefore()
    else:
        return None


def my_application(gig: Gig, *, by: Actor) -> Application | None:
    """Return the latest application of `by` for a gig, or None."""
    return db.session.scalars(
        select(Application)
        .where(scoped(Application), Application.gig_id == gig.id, Application.applicant_id == by.id)
        .order_by(Application.id.desc())
        .limit(1)
    ).one_or_none()


def _open_ones(by: Actor) -> int:
    waiting = Application.state.in_(("sent", "shortlisted", "offered"))
    mine = select(func.count()).where(scoped(Application), Application.applicant_id == by.id, waiting)
    return db.session.scalar(mine) or 0


def _states_of_mine(gig: Gig, by: Actor) -> set[str]:
    return set(
        db.session.scalars(
            select(Application.state).where(
                scoped(Application), Application.gig_id == gig.id, Application.applicant_id == by.id
            )
        )
    )


def _why_not(gig: Gig) -> str:
    if gig.seats_left < 1:
        return _WHY_NOT["filled"]
    return _WHY_NOT.get(gig.state, "This gig takes no applications at the moment.")
