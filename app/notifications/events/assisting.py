"""What is told of mandates: that one is asked for, answered, over; and, to whoever it is done for, every deed under it."""

from app.core.languages import lazy_gettext as _l
from app.mandates.wording import deed_in_words
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import named

_both = named("helper_id", "assisted_id")
_asked = named("asked_id")
_assisted = named("assisted_id")


def _is_helper(fact: Fact) -> bool:
    return bool(fact.get("helper_id") == fact.get("asked_id"))


def _is_assisted(fact: Fact) -> bool:
    return not _is_helper(fact)


def _what(fact: Fact) -> str:
    title = fact.words()["title"]
    return deed_in_words(fact.activity.data, title)


_BEFORE = _l("Read for what and until when; nothing happens before you have said yes.")

EVENTS = (
    Event(
        kind="mandate", verb="asked", variant="helper", topic="assisting", tells=_asked, when=_is_helper,
        title=_l("asks you to act for them here"), detail=_BEFORE,
        place="mandate", action=_l("Read it"),
    ),
    Event(
        kind="mandate", verb="asked", topic="assisting", tells=_asked, when=_is_assisted,
        title=_l("offers to act for you here"), detail=_BEFORE,
        place="mandate", action=_l("Read it"),
    ),
    Event(
        kind="mandate", verb="consented", topic="assisting", tells=_both,
        title=_l("consented to the mandate"), detail=_l("It is in force. Either of you can end it at any time."),
        place="mandate", action=_l("See the mandate"),
    ),
    Event(
        kind="mandate", verb="witnessed", topic="assisting", tells=_both,
        title=_l("witnessed a consent"), detail=_l("The mandate is in force. Either side can end it at any time."),
        place="mandate", action=_l("See the mandate"),
    ),
    Event(
        kind="mandate", verb="declined", topic="assisting", tells=_both,
        title=_l("said no to the mandate"), detail=_l("It lets nobody do anything."),
        place="mandate", action=_l("See the mandate"),
    ),
    Event(
        kind="mandate", verb="ended", topic="assisting", tells=_both, when=lambda fact: fact.actor is not None,
        title=_l("ended the mandate"), detail=_l("Nobody acts under it any longer. What was done stays done."),
        place="mandate", action=_l("See the mandate"),
    ),
    Event(
        kind="mandate", verb="acted", topic="assisting", tells=_assisted,
        title=_l("acted for you"), detail=_what, quotes=False,
        place="mandate", action=_l("See what was done"),
    ),
)  # fmt: skip
