"""When the next period of a subscription ends."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import Any


def after(moment: int, recurring: dict[str, Any], *, anchor: int) -> int:
    """Return the end of the period that begins at `moment`; months keep the anchor's day where they have it."""
    begins, first = (datetime.fromtimestamp(seconds, UTC) for seconds in (moment, anchor))
    count, interval = recurring["interval_count"], recurring["interval"]
    if interval in ("day", "week"):
        ends = begins + timedelta(days=count * (7 if interval == "week" else 1))
    else:
        months = begins.month - 1 + count * (12 if interval == "year" else 1)
        year, month = begins.year + months // 12, months % 12 + 1
        ends = begins.replace(year=year, month=month, day=min(first.day, monthrange(year, month)[1]))
    return int(ends.timestamp())
