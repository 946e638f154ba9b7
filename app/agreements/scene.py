"""What everything that is said about an agreement depends on: who looks, at which of its two sides, and when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.agreements.models import Agreement
from app.core.wording import day
from app.profiles.people import Person
from tenants.context import tenant

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the words depend on: the agreement, both sides, who looks (`side`: client, worker or leader)."""

    agreement: Agreement
    client: Person
    worker: Person
    side: str
    today: date

    @property
    def other(self) -> str:
        """Return the first name of the other side."""
        return (self.worker if self.side == "client" else self.client).first_name

    @property
    def is_asked(self) -> bool:
        """Whether whoever looks is the side that is waited for."""
        sides = {"client": self.agreement.client_id, "worker": self.agreement.worker_id}
        return self.agreement.asked_id is not None and sides.get(self.side) == self.agreement.asked_id

    @property
    def last_day(self) -> str:
        """Return the last day of the waiting as people name it, or nothing."""
        deadline = self.agreement.deadline_at
        return last_day(deadline, self.today) if deadline else ""


def last_day(moment: datetime, today: date) -> str:
    """Return the last day before a moment that ends one: the end of Friday is “Friday”'s."""
    return day((moment.astimezone(ZoneInfo(tenant.time_zone)) - _INSTANT).date(), today)
