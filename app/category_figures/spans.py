"""The span that figures are of, and the one before it, as long: whole days where the marketplace is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core import clock

#: The spans that can be looked at, in days.
DAYS = (30, 90, 365)
USUAL = 90


@dataclass(frozen=True, slots=True)
class Span:
    """So many days up to now: from `since` until `until`; the span before begins at `before` and ends at `since`."""

    days: int
    today: date
    before: datetime
    since: datetime
    until: datetime

    @property
    def first(self) -> date:
        """Its first day, where the marketplace is; the span before ends on the day before it."""
        return self.today - timedelta(days=self.days - 1)

    @property
    def first_before(self) -> date:
        """The first day of the span before."""
        return self.first - timedelta(days=self.days)

    @property
    def unit(self) -> str:
        """The stretch that its course is told in."""
        return "month" if self.days > USUAL else "week"

    def stretches(self) -> list[date]:
        """Return the first days of the weeks or months that it touches, the oldest first."""
        first = self.first
        at = first.replace(day=1) if self.unit == "month" else first - timedelta(days=first.weekday())
        found = [at]
        while (at := _next(at, self.unit)) <= self.today:
            found.append(at)
        return found


def span_of(asked: str | None, *, now: datetime, zone: str) -> Span:
    """Return the span of an address; the usual one where it says nothing that can be meant."""
    days = next((one for one in DAYS if str(one) == asked), USUAL)
    today = clock.today(zone)
    before, since = (clock.end_of_day(today - timedelta(days=some), zone) for some in (2 * days, days))
    return Span(days, today, before, since, now)


def _next(at: date, unit: str) -> date:
    if unit == "month":
        return date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return at + timedelta(weeks=1)
