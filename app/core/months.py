"""Months of the calendar, where a marketplace is."""

from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def month_of(day: date) -> date:
    """Return a day's month by its first day."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def span(month: date, zone: str) -> tuple[datetime, datetime]:
    """Return the moments at which a month begins and the next one does."""
    begins, ends = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (month, month_after(month)))
    return begins, ends


def plus_months(moment: datetime, months: int) -> datetime:
    """Return the same day some months later, or that month's last."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
