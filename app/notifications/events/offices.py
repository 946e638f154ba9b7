"""What is told of terms of office: who leads a category or is its expert, from when until when."""

from collections.abc import Callable

from app.core.languages import lazy_gettext as _l
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import holders, named

_whose = named("member_id")
_leaders = holders("leader")


def _as(office: str) -> Callable[[Fact], bool]:
    return lambda fact: fact.get("office") == office and _was_given(fact)


def _was_given(fact: Fact) -> bool:
    # Whoever was vetted is told of that, and reminded of it.
    return not fact.get("vetted")


def _by_somebody(fact: Fact) -> bool:
    return fact.actor is not None


def _has_an_end(fact: Fact) -> str:
    until = fact.last_day("until")
    return str(_WITH_END).format(until=until) if until else str(_WITHOUT_END)


_WITH_END = _l("Your term runs until {until}.")
_WITHOUT_END = _l("Your term has no end for now.")
_WHAT_ENDS = _l("What the role lets you do ends with it. A leader of the marketplace can renew it.")
_RENEW = _l("Renew it, or let it end and appoint somebody else.")

EVENTS = (
    Event(
        kind="office", verb="began", variant="leader", topic="membership", tells=_whose, when=_as("category_leader"),
        title=_l("made you a leader of “{title}”"), detail=_has_an_end,
        place="office", action=_l("See your term"),
    ),
    Event(
        kind="office", verb="began", variant="expert", topic="membership", tells=_whose, when=_as("expert"),
        title=_l("made you an expert of “{title}”"), detail=_has_an_end,
        place="office", action=_l("See your term"),
    ),
    Event(
        kind="office", verb="renewed", topic="membership", tells=_whose, when=_by_somebody,
        title=_l("renewed your term in “{title}”"), detail=_has_an_end,
        place="office", action=_l("See your term"),
    ),
    Event(
        kind="office", verb="ended", topic="membership", tells=_whose,
        title=_l("ended your term in “{title}”"), detail=_l("It stays on record."),
        place="office", action=_l("See your term"),
    ),
    Event(
        kind="office", verb="ends_soon", variant="own", topic="membership", tells=_whose,
        alone=_l("Your term in “{title}” ends on {until}"), detail=_WHAT_ENDS,
        place="office", action=_l("See your term"),
    ),
    Event(
        kind="office", verb="ends_soon", topic="reminders", tells=_leaders,
        alone=_l("The term of {name} in “{title}” ends on {until}"), detail=_RENEW,
        place="office", action=_l("Renew or let it end"),
    ),
    Event(
        kind="office", verb="ran_out", variant="own", topic="membership", tells=_whose, when=_was_given,
        alone=_l("Your term in “{title}” is over"), detail=_l("Thank you. It stays on record."),
        place="office", action=_l("See your term"),
    ),
    Event(
        kind="office", verb="ran_out", topic="reminders", tells=_leaders, when=_was_given,
        alone=_l("The term of {name} in “{title}” is over"), detail=_l("What came with it has ended. You can appoint somebody."),
        place="office", action=_l("See the term"),
    ),
)  # fmt: skip
