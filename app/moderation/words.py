"""What decisions are called, and what they take."""

from collections.abc import Iterable
from datetime import datetime

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.timers import day_of
from app.core.wording import full_day, listed
from tenants.context import tenant

CALLED = {
    "warned": _l("Warning"),
    "hidden": _l("Taken out of sight"),
    "limited": _l("Limit"),
    "suspended": _l("Suspension"),
    "removed": _l("End of membership"),
    "banned": _l("Ban"),
    "lifted": _l("Taken back"),
}
DEEDS = {
    "post": _l("posting gigs"),
    "write": _l("writing messages"),
    "apply": _l("applying for gigs"),
    "speak": _l("speaking of others"),
    "answer": _l("offering terms to whoever raised a hand"),
}
THINGS = {
    "gig": _l("A gig"),
    "member": _l("A person"),
    "message": _l("A message"),
    "review": _l("A review"),
    "project_review": _l("A review"),
    "vouch": _l("Words that vouch for somebody"),
    "application": _l("An application"),
    "kudos": _l("Thanks to somebody"),
    "question": _l("A question to experts"),
    "answer": _l("An expert’s answer"),
}


def called(kind: str, *, in_category: bool = False) -> str:
    """Return what a decision is called; a limit in one category has a name of its own."""
    return _("Ban from one category") if in_category and kind == "limited" else str(CALLED[kind])


def effect(kind: str, last: datetime | None, taken: Iterable[str], category: str = "") -> str:
    """Return in one sentence what a decision does: one of `CALLED`, that lasts to `last` and takes these deeds, in a category
    of this name or everywhere.
    """
    day = until(last) if last else ""
    if kind == "limited" and category:
        return _(
            "Until %(until)s this is not possible in %(category)s: %(deeds)s. All else goes on, also what was agreed.",
            until=day,
            category=category,
            deeds=deeds(taken),
        )
    elif kind == "limited":
        return _("Until %(until)s this is not possible: %(deeds)s.", until=day, deeds=deeds(taken))
    return str(_EFFECTS[kind]).format(until=day)


def deeds(names: Iterable[str]) -> str:
    """Return what is taken, as a list in a sentence."""
    return listed([str(DEEDS[name]) for name in DEEDS if name in set(names)])


def until(moment: datetime) -> str:
    """Return the last day of a decision that lasts to `moment`, with its year."""
    return full_day(day_of(moment, tenant.time_zone))


_EFFECTS = {
    "warned": _l("Nothing is taken away. If it happens again, more may follow."),
    "hidden": _l("Nobody else can read it any more."),
    "suspended": _l(
        "Until {until} nothing new can be begun here. What was agreed before goes on, and everything can be read."
    ),
    "removed": _l("The membership has ended. An invitation opens the door again."),
    "banned": _l("The membership has ended, and the door stays closed."),
    "lifted": _l("An earlier decision no longer holds."),
}
