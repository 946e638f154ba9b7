"""The lives of a request to be vetted, and of a question to a category's experts."""

from datetime import timedelta

from app.core.languages import lazy_pgettext as _lp
from app.core.transitions import Machine, Transition, Waiting

#: Somebody still has to decide.
WAITING = ("open", "tied")
#: Nobody has answered yet.
UNANSWERED = ("open", "taken", "passed_on")

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

QUESTION = Machine(
    noun="question",
    labels={
        "open": _lp("question", "Waits for an expert"),
        "taken": _lp("question", "An expert looks at it"),
        "passed_on": _lp("question", "At the category’s desk"),
        "answered": _lp("question", "Answered"),
        "withdrawn": _lp("question", "Taken back"),
        "lapsed": _lp("question", "Not answered"),
    },
    transitions=(
        Transition("take", ("open", "passed_on"), "taken", "expert", "is taken by one, who answers it"),
        Transition("give_back", ("taken",), "open", "holder", "is given back for somebody else to take"),
        Transition("run_out", ("taken",), "passed_on", "the clock", "whoever took it did not answer in time"),
        Transition("answer", ("taken",), "answered", "holder", "is answered, for everybody or for whoever asked"),
        Transition("pass_on", ("open",), "passed_on", "the clock", "nobody took it; the desk looks for somebody"),
        Transition("lapse", ("passed_on",), "lapsed", "the clock", "nobody answered"),
        Transition("withdraw", ("open", "taken", "passed_on"), "withdrawn", "asker", "is taken back"),
    ),
    waiting={
        "open": Waiting(
            "the category’s experts", timedelta(days=1), timedelta(days=3), "pass_on", "an expert who takes it"
        ),
        "taken": Waiting("holder", timedelta(days=2), timedelta(days=4), "run_out", "the answer"),
        "passed_on": Waiting(
            "the category’s leaders", timedelta(days=4), timedelta(days=14), "lapse", "somebody who answers"
        ),
    },
)
