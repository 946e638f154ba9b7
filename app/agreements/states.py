"""The life of an agreement: one engine for paid work between independents and unpaid work inside a company."""

from datetime import timedelta

from app.core.transitions import Machine, Transition, Waiting

_LIVE = ("active", "paused", "delivered", "changes_requested")

AGREEMENT = Machine(
    noun="agreement",
    labels={
        "proposed": "Proposed",
        "countered": "Countered",
        "agreed": "Agreed",
        "awaiting_release": "Awaiting release",
        "active": "Active",
        "paused": "Paused",
        "delivered": "Delivered",
        "changes_requested": "Changes requested",
        "accepted": "Accepted",
        "reviewed": "Reviewed",
        "cancelled": "Cancelled",
        "disputed": "Disputed",
        "resolved": "Resolved",
    },
    transitions=(
        Transition("counter", ("proposed",), "countered", "the side that was asked", "other terms are put forward"),
        Transition("counter_back", ("countered",), "proposed", "the side that was asked", "other terms come back"),
        Transition(
            "agree",
            ("proposed", "countered"),
            "agreed",
            "the side that was asked",
            "both sides stand by the same terms",
        ),
        Transition("await_release", ("agreed",), "awaiting_release", "policy", "a manager's consent is asked for"),
        Transition("start", ("agreed", "awaiting_release"), "active", "either side", "work begins"),
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
        Transition("accept", ("delivered",), "accepted", "client", "the work is taken as done"),
        Transition("review", ("accepted", "resolved"), "reviewed", "both", "reviews are in or their time is over"),
        Transition(
            "cancel",
            ("proposed", "countered", "agreed", "awaiting_release", *_LIVE),
            "cancelled",
            "either side",
            "ends early, with who and why",
            needs_reason=True,
        ),
        Transition("dispute", _LIVE, "disputed", "either side", "somebody neutral is asked to look", needs_reason=True),
        Transition(
            "resolve", ("disputed",), "resolved", "leader", "is settled, with the outcome in words", needs_reason=True
        ),
    ),
    waiting={
        "proposed": Waiting(
            "the side that was asked", timedelta(days=2), timedelta(days=7), "cancel", "an answer to the terms"
        ),
        "countered": Waiting(
            "the side that was asked", timedelta(days=2), timedelta(days=7), "cancel", "an answer to the terms"
        ),
        "agreed": Waiting("worker", timedelta(days=3), timedelta(days=30), "cancel", "work to begin"),
        "awaiting_release": Waiting(
            "manager", timedelta(days=2), timedelta(days=14), "cancel", "the manager's consent"
        ),
        "active": Waiting("worker", None, None, "", "the work; the due date reminds"),
        "paused": Waiting("whoever paused", timedelta(days=7), timedelta(days=90), "cancel", "work to resume"),
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
