"""What a profile says in few words. Pure: the same row gives the same words, so that a cache can stand between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.wording import day, hours, listed, month

#: After so long nobody can rely on what somebody once said about their time.
FADES_AFTER = timedelta(days=90)
#: How long somebody who has finished nothing yet is called new.
NEW = timedelta(days=60)

HALL_ROLES = {
    "leader": _l("Leader"),
    "admin": _l("Admin"),
    "moderator": _l("Moderator"),
    "manager": _l("Manager"),
    "customer": _l("Customer"),
    "recruiter": _l("Recruiter"),
}


@dataclass(frozen=True, slots=True)
class Availability:
    """How much time somebody has: `words`, and a `note` on how far they can be relied on."""

    state: Literal["free", "fading", "away", "busy", "unsaid"]
    words: str = ""
    note: str = ""


def availability(row: Any, today: date, *, for_members: bool = True) -> Availability:
    """Return what a row with the columns of a profile says of free time on a day. When somebody is away is for members only:
    an empty house is nobody else's business.
    """
    if is_away(row, today):
        return Availability("away", _("Away until %(day)s", day=day(row.vacation_until, today)) if for_members else "")
    elif row.available_minutes is None:
        return Availability("unsaid")
    elif row.available_minutes == 0:
        return Availability("busy", _("No time free now"))
    words = _("%(hours)s a week", hours=hours(row.available_minutes))
    confirmed = row.availability_confirmed_on
    if confirmed is None or today - confirmed > FADES_AFTER:
        return Availability(
            "fading", words, _("last confirmed %(since)s", since=_since(confirmed, today)) if confirmed else ""
        )
    return Availability("free", words, _("confirmed %(since)s", since=_since(confirmed, today)))


def is_away(row: Any, today: date) -> bool:
    """Return whether somebody is away on a day, its beginning and its end included."""
    return row.vacation_until is not None and (row.vacation_from or today) <= today <= row.vacation_until


def coming_vacation(row: Any, today: date) -> str:
    """Return when somebody will be away, where that is still ahead."""
    if row.vacation_from is None or row.vacation_until is None or row.vacation_from <= today:
        return ""
    return _("Away from %(day)s to %(day_2)s", day=day(row.vacation_from, today), day_2=day(row.vacation_until, today))


def where(row: Any) -> str:
    """Return where somebody works: “Leeds”, “Leeds or remote”, “Remote”."""
    if row.place:
        return _("%(place)s or remote", place=row.place) if row.remote else row.place
    return _("Remote") if row.remote else ""


def clock_of(zone: str) -> str:
    """Return an IANA zone as people name it: “Buenos Aires time”."""
    return "UTC" if zone == "UTC" else _("%(place)s time", place=zone.rsplit("/", 1)[-1].replace("_", " "))


def finished(count: int, since: date, today: date) -> str:
    """Return what is known of somebody's work here; of whoever has finished none, since when they are here."""
    if count:
        return ngettext("%(num)s gig finished here", "%(num)s gigs finished here", count)
    else:
        return (
            _("new to the hall") if today - since <= NEW else _("here since %(month)s", month=month(since, short=True))
        )


def roles(held: Iterable[tuple[str, str | None]]) -> list[str]:
    """Return what somebody is here, from pairs of a role and a category's name: “Leads Lettering”, “Moderator”."""
    pairs = list(held)
    hall = [str(label) for role, label in HALL_ROLES.items() if any(role == one for one, _category in pairs)]
    leads = [_("Leads %(category)s", category=category) for role, category in pairs if role == "category_leader"]
    advises = [_("Expert in %(category)s", category=category) for role, category in pairs if role == "expert"]
    return hall + leads + advises


def why(row: Any) -> str:
    """Return why whoever looks might want to meet somebody: what one knows and the other wants to learn."""
    reasons = []
    if row.teaches:
        reasons.append(_("Knows %(words)s, which you want to learn.", words=listed(row.teaches[:3])))
    if row.learns:
        reasons.append(_("Wants to learn %(words)s, which you know.", words=listed(row.learns[:3])))
    return " ".join(reasons)


def _since(then: date, today: date) -> str:
    days = (today - then).days
    if days <= 0:
        return _("today")
    elif days == 1:
        return _("yesterday")
    elif days < 14:
        return ngettext("%(num)s day ago", "%(num)s days ago", days)
    elif days < 60:
        return ngettext("%(num)s week ago", "%(num)s weeks ago", days // 7)
    else:
        return (
            ngettext("%(num)s month ago", "%(num)s months ago", days // 30)
            if days < 730
            else ngettext("%(num)s year ago", "%(num)s years ago", days // 365)
        )
