"""The life of the question whether two gigs become one."""

from datetime import timedelta

from app.core.languages import lazy_pgettext as _lp
from app.core.transitions import Machine, Transition, Waiting

MERGE = Machine(
    noun="merge",
    labels={
        "waiting": _lp("merge", "Waits for consent"),
        "merged": _lp("merge", "One gig now"),
        "declined": _lp("merge", "Kept apart"),
        "withdrawn": _lp("merge", "Taken back"),
        "lapsed": _lp("merge", "Not answered"),
    },
    transitions=(
        Transition("merge", ("waiting",), "merged", "both authors", "one goes into the other, with whoever applied"),
        Transition("decline", ("waiting",), "declined", "one of the authors", "both stay as they are", True),
        Transition("withdraw", ("waiting",), "withdrawn", "whoever asked", "is taken back"),
        Transition("lapse", ("waiting",), "lapsed", "the clock", "one of the authors did not answer"),
    ),
    waiting={
        "waiting": Waiting("both authors", timedelta(days=3), timedelta(days=14), "lapse", "both agree, or one says no")
    },
)
