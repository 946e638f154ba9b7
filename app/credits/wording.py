"""Hours in words: amounts with their sign, and what each movement was."""

from typing import Any

from app.core.languages import gettext as _
from app.core.wording import hours
from app.profiles.people import FORMER


def signed(minutes: int) -> str:
    """Return minutes as hours with their sign: “+2 h”, “−1 h 30 min”, “0 h”."""
    if minutes < 0:
        return _("−%(hours)s", hours=hours(-minutes))
    return _("+%(hours)s", hours=hours(minutes)) if minutes else in_hours(0)


def in_hours(minutes: int) -> str:
    """Return a balance as hours, with a sign only where somebody owes: “2 h”, “−1 h 30 min”, “0 h”."""
    if minutes < 0:
        return _("−%(hours)s", hours=hours(-minutes))
    return hours(minutes) if minutes else _("0\u00a0h")


def told(row: Any) -> str:
    """Return what a movement of one's own was."""
    who = row.other_name if row.other_standing == "active" else str(FORMER)
    came = row.minutes > 0
    if row.kind == "give":
        return _("From %(name)s, for your work", name=who) if came else _("To %(name)s, for their work", name=who)
    elif row.kind == "return":
        return _("Given back by %(name)s", name=who) if came else _("Given back to %(name)s", name=who)
    elif row.kind == "departure":
        return _("To the marketplace, since you left") if not came else _("From the marketplace, since you left")
    return _PLAIN[row.kind]()


def told_to_leaders(row: Any) -> str:
    """Return what a movement was, without what two people agreed on: that is theirs."""
    came = row.minutes > 0
    if row.kind == "give":
        return _("For work done") if came else _("For work received")
    elif row.kind == "return":
        return _("Hours given back")
    elif row.kind == "departure":
        return _("Left the marketplace")
    return _PLAIN[row.kind]()


_PLAIN = {
    "opening": lambda: _("The account was opened"),
    "correction": lambda: _("Put right by a leader"),
}
