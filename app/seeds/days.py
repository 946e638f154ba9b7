"""Days of the demo: written as distances from today, told as moments in the marketplace's time zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from app.core import clock

_WRITTEN = re.compile(r"([+-]\d+)d(?: (\d\d):(\d\d))?")


@dataclass(frozen=True, slots=True)
class Days:
    """Reads what the content says about time. `today` is the day of seeding in `zone`."""

    today: date
    zone: str

    @classmethod
    def from_now(cls, zone: str) -> "Days":
        return cls(clock.today(zone), zone)

    def day(self, written: str) -> date:
        """Return the day that `-4d` or `+12d` means."""
        return self.today + timedelta(days=int(self._match(written)[1]))

    def day_or_none(self, written: str | None) -> date | None:
        return self.day(written) if written else None

    def day_of(self, moment: datetime) -> date:
        """Return the marketplace's calendar day at a moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def moment(self, written: str, *, usually: time, after: datetime | None = None, salt: str = "") -> datetime:
        """Return the moment that `-4d 18:05` means; without a time of day about `usually`, as people are.

        :param after: what came before in the same story: the moment lies at least some minutes later.
        :param salt: anything that belongs to this moment; it decides how much later than usual it is.
        """
        match = self._match(written)
        noise = crc32(f"{written} {salt}".encode())
        if match[2]:
            at = self._at(written, time(int(match[2]), int(match[3])))
        else:
            at = self._at(written, usually) + timedelta(minutes=noise % 53, seconds=noise % 59)
        if after is not None and at <= after:
            return after + timedelta(minutes=7 + noise % 31)
        return at

    def _at(self, written: str, hour: time) -> datetime:
        return datetime.combine(self.day(written), hour, ZoneInfo(self.zone)).astimezone(UTC)

    @staticmethod
    def _match(written: str) -> re.Match[str]:
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"{written!r} is no day such as -4d, +12d or -4d 18:05")
        return match
