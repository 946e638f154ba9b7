"""Months, as statements are asked for: `2026-11`, in the marketplace's own time zone."""

from datetime import date

from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.months import month_before

_EARLIEST = date(2000, 1, 1)


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


def months_between(first: date, last: date, *, most: int) -> list[date]:
    """Return the months from `last` back to `first`, at most so many."""
    found = [last]
    while found[-1] > first and len(found) < most:
        found.append(month_before(found[-1]))
    return found
