"""What is told of duties that are delegated: that they were given, and that they were ended before their time."""

from app.core.languages import lazy_gettext as _l
from app.notifications.events.event import Event
from app.notifications.events.recipients import named

EVENTS = (
    Event(
        kind="duty", verb="delegate", topic="membership", tells=named("member_id"),
        title=_l("gave you duties in “{title}”"), detail=_l("They are yours until {until}, in this category and nowhere else."),
        place="category_desk", at="category_id", action=_l("See what waits"),
    ),
    Event(
        kind="duty", verb="take_back", topic="membership", tells=named("member_id", "given_by"),
        title=_l("ended delegated duties in “{title}”"), detail=_l("What they let somebody do has ended with them."),
        place="list", action=_l("See your notifications"),
    ),
)  # fmt: skip
