"""What a profile says in few words. Pure: the same row gives the same words, so that a cache can stand between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from app.core.wording import day, hours, month, plural

#: After so long nobody can rely on what somebody once said about their time.
FADES_AFTER = timedelta(days=90)
#: How long somebody who has finished nothing yet is called new.
NEW = timedelta(days=60)

HALL_ROLES = {"leader": "Leader", "admin": "Admin", "moderator": "Moderator", "manager": "Manager"}


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
        return Availability("away", f"Away until {day(row.vacation_until, today)}" if for_members else "")
    elif row.available_minutes is None:
        return Availability("unsaid")
    elif row.available_minutes == 0:
        return Availability("busy", "No time free now")
    words = f"{hours(row.available_minutes)} a week"
    confirmed = row.availability_confirmed_on
    if confirmed is None or today - confirmed > FADES_AFTER:
        return Availability("fading", words, f"last confirmed {_since(confirmed, today)}" if confirmed else "")
    return Availability("free", words, f"confirmed {_since(confirmed, today)}")


def is_away(row: Any, today: date) -> bool:
    """Return whether somebody is away on a day, its beginning and its end included."""
    return row.vacation_until is not None and (row.vacation_from or today) <= today <= row.vacation_until


def coming_vacation(row: Any, today: date) -> str:
    """Return when somebody will be away, where that is still ahead."""
    if row.vacation_from is None or row.vacation_until is None or row.vacation_from <= today:
        return ""
    return f"Away from {day(row.vacation_from, today)} to {day(row.vacation_until, today)}"


def where(row: Any) -> str:
    """Return where somebody works: “Leeds”, “Leeds or remote”, “Remote”."""
    if row.place:
        return f"{row.place} or remote" if row.remote else row.place
    return "Remote" if row.remote else ""


def clock_of(zone: str) -> str:
    """Return an IANA zone as people name it: “Buenos Aires time”."""
    return "UTC" if zone == "UTC" else f"{zone.rsplit('/', 1)[-1].replace('_', ' ')} time"


def finished(count: int, since: date, today: date) -> str:
    """Return what is known of somebody's work here; of whoever has finished none, since when they are here."""
    if count:
        return f"{plural(count, 'gig')} finished here"
    else:
        return "new to the hall" if today - since <= NEW else f"here since {month(since, short=True)}"


def roles(held: Iterable[tuple[str, str | None]]) -> list[str]:
    """Return what somebody is here, from pairs of a role and a category's name: “Leads Lettering”, “Moderator”."""
    pairs = list(held)
    hall = [label for role, label in HALL_ROLES.items() if any(role == one for one, _ in pairs)]
    leads = [f"Leads {category}" for role, category in pairs if role == "category_leader"]
    advises = [f"Expert in {category}" for role, category in pairs if role == "expert"]
    return hall + leads + advises


def why(row: Any) -> str:
    """Return why whoever looks might want to meet somebody: what one knows and the other wants to learn."""
    reasons = []
    if row.teaches:
        reasons.append(f"Knows {_and(row.teaches)}, which you want to learn.")
    if row.learns:
        reasons.append(f"Wants to learn {_and(row.learns)}, which you know.")
    return " ".join(reasons)


def _since(then: date, today: date) -> str:
    days = (today - then).days
    if days <= 0:
        return "today"
    elif days == 1:
        return "yesterday"
    elif days < 14:
        return f"{days} days ago"
    elif days < 60:
        return f"{days // 7} weeks ago"
    else:
        return f"{days // 30} months ago" if days < 730 else f"{days // 365} years ago"


def _and(words: list[str]) -> str:
    some = words[:3]
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} and {some[-1]}"
