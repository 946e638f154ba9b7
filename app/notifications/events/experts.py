"""What is told of being vetted: to those who decide, and to whoever asked."""

from typing import Any

from app.core.languages import lazy_gettext as _l
from app.notifications.events.event import Event
from app.notifications.events.recipients import named

_owners = named("owner_ids")
_whose = named("member_id")


def _waits(_: Any, vetting: Any) -> bool:
    return bool(vetting.is_waiting)


_VETTED = _l("Two who know the field looked at what you showed. It holds until {until}, and makes you an expert there.")
_REFUSED = _l("Read why. You can ask again after 90 days.")
_RENEW = _l("Then the role of an expert ends too, where it rests on nothing else. Ask anew to renew it.")

EVENTS = (
    Event(
        kind="vetting", verb="ask", topic="reminders", tells=_owners,
        title=_l("would like to be vetted for “{title}”"),
        detail=_l("Two decide, each for themselves. Look at what they show, and say what you think."),
        place="vetting", action=_l("Look at it"), holds=_waits,
    ),
    Event(
        kind="vetting", verb="reminded", topic="reminders", tells=_owners,
        alone=_l("{name} still waits to be vetted for “{title}”"),
        detail=_l("Look at what they show, and say what you think."),
        place="vetting", action=_l("Look at it"), holds=_waits,
    ),
    Event(
        kind="vetting", verb="tie", topic="reminders", tells=_owners,
        alone=_l("Two differ about {name} and “{title}”: you decide"),
        detail=_l("One said yes and one said not yet. Read both, and decide."),
        place="vetting", action=_l("Read and decide"), holds=_waits,
    ),
    Event(
        kind="vetting", verb="escalate", topic="reminders", tells=_owners,
        alone=_l("Nobody has decided about {name} and “{title}”: you do now"),
        detail=_l("Two decisions did not come in time."),
        place="vetting", action=_l("Read and decide"), holds=_waits,
    ),
    *(
        Event(
            kind="vetting", verb=verb, topic="membership", tells=_whose, quotes=False,
            alone=_l("You are vetted for “{title}”"), detail=_VETTED,
            place="vetting", action=_l("Read what they say"),
        )
        for verb in ("agree", "grant")
    ),
    *(
        Event(
            kind="vetting", verb=verb, topic="membership", tells=_whose, quotes=False,
            alone=_l("You were not vetted for “{title}” this time"), detail=_REFUSED,
            place="vetting", action=_l("Read why"),
        )
        for verb in ("refuse", "decline")
    ),
    Event(
        kind="vetting", verb="lapse", topic="membership", tells=_whose,
        alone=_l("Nobody decided whether you are vetted for “{title}”"),
        detail=_l("We are sorry. You can ask again at once."),
        place="vetting", action=_l("See it"),
    ),
    Event(
        kind="expertise", verb="ends_soon", topic="reminders", tells=_whose,
        alone=_l("What you are vetted for in “{title}” ends on {until}"), detail=_RENEW,
        place="vetting", at="vetting_id", action=_l("Renew it"),
    ),
    Event(
        kind="expertise", verb="ran_out", topic="membership", tells=_whose,
        alone=_l("What you were vetted for in “{title}” has ended"),
        detail=_l("It stays on record. You can ask again at any time."),
        place="vetting", at="vetting_id", action=_l("See it"),
    ),
)  # fmt: skip
