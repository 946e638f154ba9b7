"""What is told of questions to experts: to those who may answer, and to whoever asked."""

from typing import Any

from app.core.languages import lazy_gettext as _l
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import named

_owners = named("owner_ids")
_asker = named("member_id")


def _waits(_: Any, question: Any) -> bool:
    return bool(question.is_unanswered)


def _is_emptied(fact: Fact) -> bool:
    # Whoever asked has left, and their words with them.
    return not fact.get("title")


EVENTS = (
    Event(
        kind="question", verb="ask", topic="experts", tells=_owners,
        title=_l("asks: “{title}”"),
        detail=_l("Whoever of the category takes it first answers it."),
        place="question", action=_l("Read and take it"), holds=_waits,
    ),
    Event(
        kind="question", verb="reminded", topic="experts", tells=_owners,
        alone=_l("{name} still waits for an answer: “{title}”"),
        detail=_l("Perhaps you know it, or know who does."),
        place="question", action=_l("Read it"), holds=_waits,
    ),
    Event(
        kind="question", verb="pass_on", topic="experts", tells=_owners,
        alone=_l("Nobody has taken {name}’s question: “{title}”"),
        detail=_l("It waits at your desk. Answer it, or ask somebody to."),
        place="question", action=_l("Read it"), holds=_waits,
    ),
    Event(
        kind="question", verb="run_out", variant="holder", topic="experts", tells=named("held_by"), quotes=False,
        alone=_l("“{title}” is somebody else’s to answer now"),
        detail=_l("You took it and did not get round to it. No harm done: while nobody has answered, you can take it again."),
        place="question", action=_l("See it"),
    ),
    Event(
        kind="question", verb="run_out", topic="experts", tells=_owners,
        alone=_l("{name} still waits for an answer: “{title}”"),
        detail=_l("Whoever took it did not get round to it. It waits at your desk."),
        place="question", action=_l("Read it"), holds=_waits,
    ),
    Event(
        kind="question", verb="answer", topic="experts", tells=_asker, quotes=False,
        title=_l("answered your question: “{title}”"),
        detail=_l("Read it, and say whether it helped."),
        place="question", action=_l("Read the answer"),
    ),
    Event(
        kind="question", verb="helped", topic="experts", tells=named("answered_by"), quotes=False,
        title=_l("says that your answer helped: “{title}”"),
        detail=_l("It counts on your profile."),
        place="question", action=_l("See it"),
    ),
    Event(
        kind="question", verb="withdraw", variant="emptied", topic="experts", tells=named("held_by"), quotes=False,
        alone=_l("A question that you had taken was taken back"),
        detail=_l("There is nothing left for you to do."),
        place="list", action=_l("See your notifications"), when=_is_emptied,
    ),
    Event(
        kind="question", verb="withdraw", topic="experts", tells=named("held_by"), quotes=False,
        alone=_l("“{title}” was taken back before you answered"),
        detail=_l("There is nothing left for you to do."),
        place="list", action=_l("See your notifications"),
    ),
    Event(
        kind="question", verb="lapse", topic="experts", tells=_asker, quotes=False,
        alone=_l("Nobody has answered: “{title}”"),
        detail=_l("We are sorry. You can ask again, perhaps in other words or in another category."),
        place="question", action=_l("See it"),
    ),
)  # fmt: skip
