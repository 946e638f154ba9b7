"""The life of an agreement: one engine for paid work between independents and unpaid work inside a company."""

from datetime import timedelta

from app.core.languages import lazy_gettext as _l
from app.core.transitions import Machine, Transition, Waiting

NEGOTIATED = ("proposed", "countered")
STANDING = ("agreed", "awaiting_release")
LIVE = ("active", "paused", "delivered", "changes_requested")
BINDING = (*STANDING, *LIVE, "disputed")

AGREEMENT = Machine(
    noun="agreement",
    labels={
        "proposed": _l("Proposed"),
        "countered": _l("Countered"),
        "agreed": _l("Agreed"),
        "awaiting_release": _l("Awaiting release"),
        "active": _l("Active"),
        "paused": _l("Paused"),
        "delivered": _l("Delivered"),
        "changes_requested": _l("Changes requested"),
        "accepted": _l("Accepted"),
        "reviewed": _l("Reviewed"),
        "cancelled": _l("Cancelled"),
        "disputed": _l("Disputed"),
        "resolved": _l("Resolved"),
    },
    transitions=(
        Transition("counter", ("proposed",), "countered", "the side that was asked", "other terms are put forward"),
        Transition("counter_back", ("countered",), "proposed", "the side that was asked", "other terms come back"),
        Transition("agree", NEGOTIATED, "agreed", "the side that was asked", "both sides stand by the same terms"),
        Transition("lapse", NEGOTIATED, "cancelled", "the gig", "is off because the gig filled, closed or ended"),
        Transition("await_release", ("agreed",), "awaiting_release", "policy", "a manager's consent is asked for"),
        Transition("start", ("agreed",), "active", "either side", "work begins"),
        Transition("release", ("awaiting_release",), "active", "policy", "a manager consents, and work begins"),
        Transition("pause", ("active",), "paused", "either side", "rests, with a reason", needs_reason=True),
        Transition("resume", ("paused",), "active", "either side", "goes on"),
        Transition("deliver", ("active", "changes_requested"), "delivered", "worker", "work is handed over"),
        Transition(
            "request_changes",
            ("delivered",),
            "changes_requested",
            "client",
            "something is still missing",
            needs_reason=True,
        ),
        Transition("accept_part", ("delivered",), "active", "client", "a milestone is taken as done and work goes on"),
        Transition("accept", ("delivered",), "accepted", "client", "the work, or its last milestone, is done"),
        Transition("review", ("accepted", "resolved"), "reviewed", "both", "reviews are in or their time is over"),
        Transition(
            "cancel",
            (*NEGOTIATED, *STANDING, *LIVE),
            "cancelled",
            "either side",
            "ends early, with who and why",
            needs_reason=True,
        ),
        Transition(
            "dissolve",
            (*NEGOTIATED, *STANDING, *LIVE, "disputed"),
            "cancelled",
            "leader",
            "ends because one side can no longer be here",
            needs_reason=True,
        ),
        Transition(
            "hand_on",
            (*STANDING, "active", "paused", "changes_requested"),
            "cancelled",
            "policy",
            "ends here, since somebody else takes the rest of a project's role on",
            needs_reason=True,
        ),
        Transition("dispute", LIVE, "disputed", "either side", "somebody neutral is asked to look", needs_reason=True),
        Transition(
            "resolve", ("disputed",), "resolved", "leader", "is settled, with the outcome in words", needs_reason=True
        ),
        Transition(
            "reinstate",
            ("disputed",),
            "active",
            "leader",
            "goes on as agreed, with a leader's words",
            needs_reason=True,
        ),
    ),
    waiting={
        "proposed": Waiting(
            "the side that was asked", timedelta(days=2), timedelta(days=7), "cancel", "an answer to the terms"
        ),
        "countered": Waiting(
            "the side that was asked", timedelta(days=2), timedelta(days=7), "cancel", "an answer to the terms"
        ),
        "agreed": Waiting(
            "worker", timedelta(0), timedelta(days=30), "cancel", "work to begin", counts_from="the starting date"
        ),
        "awaiting_release": Waiting(
            "manager", timedelta(days=2), timedelta(days=14), "cancel", "the manager's consent"
        ),
        "active": Waiting(
            "worker", timedelta(days=-1), timedelta(days=60), "cancel", "the work", counts_from="the next due date"
        ),
        "paused": Waiting(
            "whoever paused",
            timedelta(0),
            timedelta(days=30),
            "cancel",
            "work to resume",
            counts_from="the date it should go on",
        ),
        "delivered": Waiting(
            "client", timedelta(days=3), timedelta(days=10), "accept", "the client to accept or ask for changes"
        ),
        "changes_requested": Waiting("worker", timedelta(days=4), timedelta(days=45), "dispute", "the mended work"),
        "accepted": Waiting(
            "both", timedelta(days=3), timedelta(days=14), "review", "reviews, blind until both are in"
        ),
        "disputed": Waiting("leader", timedelta(days=2), timedelta(days=30), "resolve", "a leader's word"),
        "resolved": Waiting(
            "both", timedelta(days=3), timedelta(days=14), "review", "reviews, blind until both are in"
        ),
    },
)

MILESTONE = Machine(
    noun="milestone",
    labels={
        "planned": _l("Planned"),
        "delivered": _l("Delivered"),
        "changes_requested": _l("Changes requested"),
        "accepted": _l("Accepted"),
    },
    transitions=(
        Transition("deliver", ("planned", "changes_requested"), "delivered", "worker", "is handed over"),
        Transition("request_changes", ("delivered",), "changes_requested", "client", "still misses something"),
        Transition("accept", ("delivered",), "accepted", "client", "is taken as done"),
        Transition(
            "set_aside",
            ("delivered", "changes_requested"),
            "planned",
            "the agreement",
            "goes back to the plan, since the agreement ended or a leader let the work go on",
        ),
    ),
)

#: What a leader may find when a dispute is settled; the first counts as finished work.
OUTCOMES = {
    "finished": _l("The work counts as finished"),
    "partly": _l("Part of the work was done, and it ends here"),
    "ended": _l("It ends without being finished"),
}

#: What the clock says when it ends a waiting.
ENDINGS = {
    "proposed": _l("The terms were not answered in time."),
    "countered": _l("The terms were not answered in time."),
    "agreed": _l("Work did not begin in time."),
    "active": _l("Nothing was handed over for a long time after it was due."),
    "paused": _l("It was not taken up again in time."),
    "delivered": _l("There was no answer to what was handed over in time, so it counts as accepted."),
    "changes_requested": _l("The changes did not come in time, so a leader is asked to look."),
    "disputed": _l("Nobody settled it in time, so it ends here."),
}
