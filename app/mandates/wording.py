"""Who did something for whom, and what, in words."""

from collections.abc import Mapping
from typing import Any

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import own

#: What a mandate can be for: as one chooses it, and what it lets through.
SCOPE_WORDS = {
    "gigs": (_l("Post and look after gigs"), _l("Write, publish, change, pause and close gigs.")),
    "applying": (_l("Apply and answer"), _l("Raise a hand for gigs, step back, and answer those who raise a hand.")),
    "agreeing": (
        _l("Agree on work"),
        _l("Offer and answer terms, agree, hand over work; accept it where nothing is paid for it."),
    ),
    "messages": (_l("Messages"), _l("Read messages, write and answer.")),
}

_DEEDS = {
    "gig.publish": _l("published “{title}”"),
    "gig.submit": _l("sent “{title}” in for review"),
    "gig.withdraw": _l("took “{title}” back from review"),
    "gig.pause": _l("paused “{title}”"),
    "gig.resume": _l("let “{title}” go on"),
    "gig.close": _l("closed “{title}”"),
    "gig.renew": _l("renewed “{title}”"),
    "gig.discard": _l("threw a draft away"),
    "application.apply": _l("raised a hand for “{title}”"),
    "application.withdraw": _l("stepped back from “{title}”"),
    "application.shortlist": _l("put somebody on the short list for “{title}”"),
    "application.unlist": _l("took somebody off the short list for “{title}”"),
    "application.decline": _l("said no to somebody for “{title}”"),
    "agreement.propose": _l("offered terms for “{title}”"),
    "agreement.counter": _l("put other terms forward for “{title}”"),
    "agreement.counter_back": _l("put other terms forward for “{title}”"),
    "agreement.agree": _l("agreed to the terms of “{title}”"),
    "agreement.start": _l("began the work on “{title}”"),
    "agreement.pause": _l("paused the work on “{title}”"),
    "agreement.resume": _l("took up the work on “{title}” again"),
    "agreement.deliver": _l("handed over the work on “{title}”"),
    "agreement.request_changes": _l("asked for changes to “{title}”"),
    "agreement.accept": _l("accepted the work on “{title}”"),
    "agreement.accept_part": _l("accepted a part of “{title}”"),
    "thread.wrote": _l("wrote a message about “{title}”"),
}
_OF_KIND = {
    "gig": _l("changed something of “{title}”"),
    "application": _l("answered about “{title}”"),
    "agreement": _l("did something in the agreement about “{title}”"),
}
_ELSE = _l("did something here")
_PATHS = {
    "gig": "/gigs/{id}",
    "application": "/applications/{id}",
    "agreement": "/agreements/{id}",
    "thread": "/messages/{id}",
}


def said_by(name: str, helper: str | None) -> str:
    """Return whose deed it is, as every page says it: “Ana for Rosa” where Ana acted for her, else the name alone."""
    return _("%(helper)s for %(name)s", helper=own(helper), name=own(name)) if helper else name


def deed_in_words(data: Mapping[str, Any], title: str) -> str:
    """Return what somebody did for another, as it goes on after their name.

    :param data: what the mandate's log kept of it.
    """
    deed = str(data.get("deed", ""))
    said = _DEEDS.get(deed) or _OF_KIND.get(deed.partition(".")[0], _ELSE)
    return str(said).format(title=own(title))


def place_of(data: Mapping[str, Any]) -> str | None:
    """Return the page of what somebody did for another, or None where it has none."""
    path = _PATHS.get(str(data.get("deed", "")).partition(".")[0])
    return path.format(id=data["of_id"]) if path else None
