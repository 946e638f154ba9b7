"""What is told of two gigs that become one: both authors are asked, and hear what comes of it."""

from uuid import UUID

from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import named

_goes, _asker = named("author_id"), named("asked_by")


def _still_goes(fact: Fact) -> set[UUID]:
    return fact.ids("author_id") & fact.ids("owner_ids")


def _still_stays(fact: Fact) -> set[UUID]:
    # Who wrote both is asked once.
    return (fact.ids("into_author_id") & fact.ids("owner_ids")) - fact.ids("author_id")


def _into_another(fact: Fact) -> set[UUID]:
    return fact.ids("into_author_id") - fact.ids("author_id")


def _who_came(fact: Fact) -> str:
    number = fact.get("number", 0)
    if not number:
        return str(_NOBODY_CAME)
    return ngettext("%(num)s raised hand came along.", "%(num)s raised hands came along.", number)


_NOBODY_CAME = _l("No raised hands came along.")
_BOTH = _l("Whoever raised a hand would go along. Nothing happens without your consent.")

EVENTS = (
    Event(
        kind="merge", verb="ask", topic="own_gigs", tells=_still_goes,
        title=_l("suggests that “{title}” goes into “{into}”"), detail=_BOTH,
        place="gig", at="gig_id", action=_l("Answer it"),
    ),
    Event(
        kind="merge", verb="ask", variant="into", topic="own_gigs", tells=_still_stays,
        title=_l("suggests that “{title}” comes into “{into}”"), detail=_BOTH,
        place="gig", at="into_id", action=_l("Answer it"),
    ),
    Event(
        kind="merge", verb="reminded", topic="reminders", tells=_still_goes,
        alone=_l("Whether “{title}” goes into “{into}” still waits for your answer"), detail=_BOTH,
        place="gig", at="gig_id", action=_l("Answer it"),
    ),
    Event(
        kind="merge", verb="reminded", variant="into", topic="reminders", tells=_still_stays,
        alone=_l("Whether “{title}” comes into “{into}” still waits for your answer"), detail=_BOTH,
        place="gig", at="into_id", action=_l("Answer it"),
    ),
    Event(
        kind="merge", verb="merge", topic="own_gigs", tells=_goes,
        title=_l("made “{title}” and “{into}” one gig"), detail=_who_came,
        place="gig", at="into_id", action=_l("See the gig"),
    ),
    Event(
        kind="merge", verb="merge", variant="into", topic="own_gigs", tells=_into_another,
        title=_l("let “{title}” come into your gig “{into}”"), detail=_who_came,
        place="gig", at="into_id", action=_l("See the gig"),
    ),
    Event(
        kind="merge", verb="merge", variant="asked", topic="queue", tells=_asker,
        title=_l("agreed: “{title}” and “{into}” are one gig"), detail=_who_came,
        place="gig", at="into_id", action=_l("See the gig"),
    ),
    Event(
        kind="merge", verb="decline", topic="queue", tells=named("asked_by", "author_id", "into_author_id"),
        title=_l("would rather keep “{title}” and “{into}” apart"), detail=_l("Both stay as they are."),
        place="gig", at="into_id", action=_l("See the gig"),
    ),
    Event(
        kind="merge", verb="lapse", topic="queue", tells=_asker,
        alone=_l("Whether “{title}” goes into “{into}” was not answered"), detail=_l("Both stay as they are."),
        place="gig", at="into_id", action=_l("See the gig"),
    ),
)  # fmt: skip
