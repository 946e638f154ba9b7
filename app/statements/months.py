"""Months, as statements are asked for: `2026-11`, in the marketplace's own time zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.core.errors import NotFound
from app.core.languages import gettext as _

_EARLIEST = date(2000, 1, 1)


def this_month(today: date) -> date:
    """Return a month by its first day."""
    return today.replace(day=1)


def month_or_404(text: str, today: date) -> date:
    """Return the month of an address by its first day.

    :raises NotFound: when it is none, or has not begun.
    """
    try:
        found = date.fromisoformat(f"{text}-01") if len(text) == len("2026-11") else None
    except ValueError:
        found = None
    if found is None or not _EARLIEST <= found <= today:
        raise NotFound(_("There is no statement for this month."))
    return found


def written(month: date) -> str:
    """Return a month as addresses have it."""
    return f"{month:%Y-%m}"


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def span(month: date, zone: str) -> tuple[datetime, datetime]:
    """Return the moments at which a month begins and the next one does."""
    begins, ends = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (month, month_after(month)))
    return begins, ends


def months_between(first: date, last: date, *, most: int) -> list[date]:
    """Return the months from `last` back to `first`, at most so many."""
    found = [last]
    while found[-1] > first and len(found) < most:
        found.append(month_before(found[-1]))
    return found
