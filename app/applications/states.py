"""The life of an application. Nobody is left unanswered: what is still open when a gig ends is answered together."""

from datetime import timedelta

from app.core.languages import lazy_pgettext as _lp
from app.core.transitions import Machine, Transition, Waiting

_UNANSWERED = ("sent", "shortlisted")
_OPEN = (*_UNANSWERED, "offered")

APPLICATION = Machine(
    noun="application",
    labels={
        "sent": _lp("application", "Sent"),
        "shortlisted": _lp("application", "Shortlisted"),
        "offered": _lp("application", "Offered"),
        "accepted": _lp("application", "Accepted"),
        "declined": _lp("application", "Declined"),
        "withdrawn": _lp("application", "Withdrawn"),
        "closed": _lp("application", "Closed"),
    },
    transitions=(
        Transition("shortlist", ("sent",), "shortlisted", "gig's author", "is on the short list"),
        Transition("unlist", ("shortlisted",), "sent", "gig's author", "is off the short list again"),
        Transition("offer", _UNANSWERED, "offered", "gig's author", "is offered the gig on stated terms"),
        Transition(
            "retract",
            ("offered",),
            "shortlisted",
            "gig's author",
            "loses the offer before it was agreed",
            needs_reason=True,
        ),
        Transition("accept", ("offered",), "accepted", "both", "agrees: a seat is taken and the agreement stands"),
        Transition("decline", _UNANSWERED, "declined", "gig's author", "is answered with a no", needs_reason=True),
        Transition("withdraw", _UNANSWERED, "withdrawn", "applicant", "steps back"),
        Transition("turn_down", ("offered",), "withdrawn", "applicant", "says no to the terms that were offered"),
        Transition("close", _OPEN, "closed", "the gig", "is answered because the gig filled, closed or ended"),
        Transition(
            "lapse",
            _UNANSWERED,
            "closed",
            "the clock",
            "is answered because the author did not in time",
        ),
        Transition(
            "release",
            ("accepted",),
            "closed",
            "the agreement",
            "ends with an agreement that was cancelled, so that the seat and the member are free again",
        ),
    ),
    waiting={
        "sent": Waiting("gig's author", timedelta(days=3), timedelta(days=21), "lapse", "the author answers"),
        "shortlisted": Waiting("gig's author", timedelta(days=5), timedelta(days=30), "lapse", "the author decides"),
        "offered": Waiting(
            "the side that was asked",
            None,
            None,
            "close",
            "the other side answers the terms; the timer is the agreement's own",
        ),
    },
)
