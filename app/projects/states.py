"""The life of a project. What the people in it agreed lives on in their agreements, whatever becomes of the project."""

from datetime import timedelta

from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.core.transitions import Machine, Transition, Waiting

#: Before the client took an offer, when nobody is bound to anything.
EARLY = ("suggested", "planning", "offered")
LIVE = ("running", "paused")
OVER = ("finished", "ended")
#: While somebody has to lead it.
LED = ("planning", "offered", *LIVE)

PROJECT = Machine(
    noun="project",
    labels={
        "suggested": _lp("project", "Suggested"),
        "planning": _lp("project", "Being planned"),
        "offered": _lp("project", "Offered"),
        "running": _lp("project", "Under way"),
        "paused": _lp("project", "Paused"),
        "finished": _lp("project", "Finished"),
        "ended": _lp("project", "Ended early"),
    },
    transitions=(
        Transition("consent", ("suggested",), "planning", "client", "lets a project be made of the request"),
        Transition("decline", ("suggested",), "ended", "client", "keeps it a single gig", needs_reason=True),
        Transition("lapse", ("suggested",), "ended", "the clock", "comes to nothing without an answer"),
        Transition("offer", ("planning",), "offered", "coordinator", "is put to the client as one offer"),
        Transition("take_back", ("offered",), "planning", "coordinator", "is planned further"),
        Transition(
            "counter", ("offered",), "planning", "client", "comes back with what should be different", needs_reason=True
        ),
        Transition("unanswered", ("offered",), "planning", "the clock", "is planned further without an answer"),
        Transition("abandon", ("planning",), "ended", "the clock", "comes to nothing, since no offer was made"),
        Transition("accept", ("offered",), "running", "client", "becomes agreements, all at once"),
        Transition("pause", ("running",), "paused", "client", "rests, with a reason", needs_reason=True),
        Transition("resume", ("paused",), "running", "client", "goes on"),
        Transition("finish", ("running",), "finished", "client", "is done: every role is"),
        Transition("give_up", EARLY, "ended", "coordinator", "comes to nothing, with a reason", needs_reason=True),
        Transition(
            "end",
            ("planning", "offered", *LIVE),
            "ended",
            "client",
            "ends early; what was accepted stays paid",
            needs_reason=True,
        ),
        Transition("dissolve", (*EARLY, *LIVE), "ended", "policy", "ends because its client is no longer here"),
    ),
    waiting={
        "suggested": Waiting("client", timedelta(days=2), timedelta(days=14), "lapse", "the client says yes or no"),
        "planning": Waiting("coordinator", timedelta(days=7), timedelta(days=60), "abandon", "the coordinator's offer"),
        "offered": Waiting(
            "client", timedelta(days=3), timedelta(days=14), "unanswered", "the client answers the offer"
        ),
        "running": Waiting("client", None, None, "finish", "everybody's work; each agreement has a timer of its own"),
        "paused": Waiting(
            "client", timedelta(days=0), timedelta(days=60), "resume", "it goes on again", counts_from="resume_on"
        ),
    },
)

#: How long everybody in a project that is over can say how it went: blind until all have, or the time is over.
REVIEWS = Waiting("everybody", timedelta(days=5), timedelta(days=14), "publish", "everybody says how it went")

#: What the clock says when it ends a waiting.
ENDINGS = {
    "suggested": _l("The client did not answer in time."),
    "planning": _l("No offer was made in time."),
    "paused": _l("It has rested for long enough."),
    "offered": _l("The offer was not answered in time."),
}

#: Where a role stands, in words.
ROLE_LABELS = {
    "draft": _lp("role", "Not open yet"),
    "in_review": _lp("role", "In review"),
    "open": _lp("role", "Looks for somebody"),
    "asked": _lp("role", "Asked"),
    "ready": _lp("role", "Said yes"),
    "at_work": _lp("role", "At work"),
    "done": _lp("role", "Done"),
    "dropped": _lp("role", "Left out"),
}
