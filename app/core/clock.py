"""The one clock. Everything asks it for the time, so that tests and the demo can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta())


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC) + _offset.get()


def today(zone: str) -> date:
    """Return the calendar day it is now in an IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def end_of_day(day: date, zone: str) -> datetime:
    """Return the first moment after `day` in `zone`: a date given by a person lasts to its end there (product.md §8)."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


@contextmanager
def travel(*, to: datetime) -> Iterator[None]:
    """Let the clock run on from another moment inside the block."""
    token = _offset.set(to - datetime.now(UTC))
    try:
        yield
    finally:
        _offset.reset(token)
