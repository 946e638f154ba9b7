"""The life of a request to be vetted."""

from datetime import timedelta

from app.core.languages import lazy_pgettext as _lp
from app.core.transitions import Machine, Transition, Waiting

#: Somebody still has to decide.
WAITING = ("open", "tied")

VETTING = Machine(
    noun="vetting",
    labels={
        "open": _lp("vetting", "Being looked at"),
        "tied": _lp("vetting", "With the marketplace’s leaders"),
        "granted": _lp("vetting", "Vetted"),
        "refused": _lp("vetting", "Not this time"),
        "withdrawn": _lp("vetting", "Taken back"),
        "lapsed": _lp("vetting", "Not decided"),
    },
    transitions=(
        Transition("agree", ("open",), "granted", "two deciders", "both say yes, blind to each other"),
        Transition("refuse", ("open",), "refused", "two deciders", "both say no, each with a reason"),
        Transition("tie", ("open",), "tied", "two deciders", "one says yes and one says no"),
        Transition("escalate", ("open",), "tied", "the clock", "two decisions did not come in time"),
        Transition("grant", ("tied",), "granted", "leader", "a leader who did not decide before says yes", True),
        Transition("decline", ("tied",), "refused", "leader", "a leader who did not decide before says no", True),
        Transition("withdraw", ("open", "tied"), "withdrawn", "applicant", "is taken back"),
        Transition("lapse", ("tied",), "lapsed", "the clock", "nobody decided; it can be asked again at once"),
    ),
    waiting={
        "open": Waiting(
            "the category’s leaders and experts", timedelta(days=7), timedelta(days=21), "escalate", "two decisions"
        ),
        "tied": Waiting("leader", timedelta(days=7), timedelta(days=45), "lapse", "a leader’s decision"),
    },
)
