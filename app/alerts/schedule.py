"""When an alert tells what it found: at once, each day or each week, at an hour on its member's own clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

PACES = ("at_once", "daily", "weekly")
#: Who is told at once is told again no sooner than this: what a list brings in at one time makes one letter, not a hundred.
PEACE = timedelta(minutes=15)


def next_moment(pace: str, weekday: int, hour: int, *, zone: str, after: datetime) -> datetime | None:
    """Return the first moment behind `after` at which an alert tells; None where it waits for a gig instead.

    :param weekday: 0 is Monday; it matters for a weekly alert alone.
    """
    if pace == "at_once":
        return None
    local = after.astimezone(ZoneInfo(zone))
    days = (weekday - local.weekday()) % 7 if pace == "weekly" else 0
    moment = _at(local, days, hour)
    return moment if moment > after else _at(local, days + (7 if pace == "weekly" else 1), hour)


def _at(local: datetime, days: int, hour: int) -> datetime:
    day = local.date() + timedelta(days=days)
    return datetime.combine(day, time(hour), local.tzinfo).astimezone(UTC)
