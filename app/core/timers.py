"""When a waiting reminds and when it ends, counted in days of the tenant: mornings to remind, ends of days to end."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.transitions import Waiting

_MORNING = time(9)
# When the moment to remind has gone by before the waiting began, people get some days of peace first.
_PEACE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Timer:
    """The two moments of one waiting; None where it has none."""

    remind_at: datetime | None = None
    ends_at: datetime | None = None


def timer(waiting: Waiting | None, *, now: datetime, zone: str, counts_from: date | None = None) -> Timer:
    """Return when somebody is reminded of a waiting that begins `now`, and when it ends.

    :param zone: the tenant's IANA time zone; spans are whole days there.
    :param counts_from: the date that the spans count from where the waiting has one (`Waiting.counts_from`); else today.
    """
    if waiting is None:
        return Timer()
    today = day_of(now, zone)
    first = counts_from or today
    ends_at = None
    if waiting.ends_after is not None:
        ends_at = clock.end_of_day(max(first, today) + waiting.ends_after, zone)
    remind_at = None
    if waiting.remind_after is not None:
        remind_at = _morning(first + waiting.remind_after, zone)
        if remind_at <= now:
            remind_at = _morning(today + _PEACE, zone)
    return Timer(remind_at, ends_at)


def day_of(moment: datetime, zone: str) -> date:
    """Return the calendar day that a moment falls on in an IANA time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, _MORNING, ZoneInfo(zone)).astimezone(UTC)
