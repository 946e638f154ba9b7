"""The life of a gig. Accepting applications is a flag of its own: a running gig may still recruit."""

from datetime import timedelta

from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.core.transitions import Machine, Transition, Waiting

GIG = Machine(
    noun="gig",
    labels={
        "draft": _l("Draft"),
        "in_review": _l("In review"),
        "open": _l("Open"),
        "paused": _l("Paused"),
        "filled": _l("Filled"),
        "closed": _l("Closed"),
        "expired": _l("Expired"),
        "removed": _l("Removed"),
    },
    transitions=(
        Transition("publish", ("draft",), "open", "author", "goes live"),
        Transition("submit", ("draft",), "in_review", "author", "goes to the category's leaders first"),
        Transition("approve", ("in_review",), "open", "category leader", "is approved and goes live"),
        Transition(
            "return", ("in_review",), "draft", "category leader", "is handed back with a reason", needs_reason=True
        ),
        Transition("withdraw", ("in_review",), "draft", "author", "is taken back for more work"),
        Transition("pause", ("open", "filled"), "paused", "author", "rests, with a reason", needs_reason=True),
        Transition("resume", ("paused",), "open", "author", "is live again"),
        Transition(
            "hold", ("open",), "paused", "the clock", "rests, since its author's membership is over or not paid"
        ),
        Transition("release", ("paused",), "open", "the clock", "is live again, since its author has a membership"),
        Transition("fill", ("open", "paused"), "filled", "the last seat", "has no seat left"),
        Transition("reopen", ("filled",), "open", "a freed seat", "has a seat again"),
        Transition(
            "close",
            ("open", "paused", "filled", "expired"),
            "closed",
            "author",
            "ends, with a reason",
            needs_reason=True,
        ),
        Transition("expire", ("open", "paused"), "expired", "the clock", "reaches the end of its time"),
        Transition("renew", ("expired", "open"), "open", "author", "runs for another span"),
        Transition(
            "merge",
            ("open", "paused", "filled", "expired"),
            "closed",
            "author",
            "goes into another gig, by consent",
            needs_reason=True,
        ),
        # Nobody has seen it yet: there is no page to end.
        Transition("merge", ("in_review",), "removed", "author", "goes into another gig unseen", needs_reason=True),
        Transition("discard", ("draft",), "removed", "author", "is thrown away"),
        Transition(
            "remove",
            ("draft", "in_review", "open", "paused", "filled", "expired", "closed"),
            "removed",
            "moderator",
            "is taken down, with the rule it breaks",
            needs_reason=True,
        ),
        Transition("restore", ("removed",), "paused", "moderator", "is there again, at rest"),
    ),
    waiting={
        "in_review": Waiting(
            "category leader", timedelta(days=2), timedelta(days=14), "return", "the category's leaders look at it"
        ),
        "open": Waiting(
            "author", None, None, "expire", "people apply; the author is reminded three days before it expires"
        ),
        "paused": Waiting("author", timedelta(days=14), None, "expire", "the author resumes or closes it"),
        "expired": Waiting("author", timedelta(days=7), timedelta(days=30), "close", "the author renews or closes it"),
    },
)

#: In these states its author may change it.
EDITABLE = ("draft", "open", "paused", "filled", "expired")

#: In these states others may see it.
LIVE = ("open", "paused", "filled", "closed", "expired")

EDIT = Machine(
    noun="edit",
    labels={
        "waiting": _l("Waiting for review"),
        "approved": _l("Approved"),
        "returned": _l("Returned"),
        "withdrawn": _l("Withdrawn"),
    },
    transitions=(
        Transition("approve_edit", ("waiting",), "approved", "category leader", "is approved and takes effect"),
        Transition(
            "return_edit",
            ("waiting",),
            "returned",
            "category leader",
            "is turned down with a reason",
            needs_reason=True,
        ),
        Transition("withdraw_edit", ("waiting",), "withdrawn", "author", "is taken back"),
    ),
    waiting={
        "waiting": Waiting(
            "category leader",
            timedelta(days=2),
            timedelta(days=14),
            "return_edit",
            "the category's leaders look at it; the gig stays live as approved",
        ),
    },
)

SUGGESTION = Machine(
    noun="suggestion",
    labels={
        "waiting": _lp("suggestion", "Waits for its author"),
        "taken": _lp("suggestion", "Taken"),
        "declined": _lp("suggestion", "Declined"),
        "withdrawn": _lp("suggestion", "Taken back"),
        "lapsed": _lp("suggestion", "Not answered"),
    },
    transitions=(
        Transition("take", ("waiting",), "taken", "author", "the gig reads so; where it waited it is approved"),
        Transition("decline", ("waiting",), "declined", "author", "the gig stays as it is", needs_reason=True),
        Transition("withdraw", ("waiting",), "withdrawn", "whoever suggested it", "is taken back"),
        Transition("replace", ("waiting",), "withdrawn", "whoever suggests something else", "another takes its place"),
        Transition("drop", ("waiting",), "lapsed", "the gig", "the gig is over, or a draft again"),
        Transition("lapse", ("waiting",), "lapsed", "the clock", "its author did not answer"),
    ),
    waiting={
        "waiting": Waiting(
            "author", timedelta(days=3), timedelta(days=21), "lapse", "its author takes it or says why not"
        ),
    },
)
