"""After the end: who has worked in a project, and until when they say how it went."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.timers import timer
from app.core.transitions import Transition
from app.projects.models.cast import Cast
from app.projects.models.offering import Offering
from app.projects.states import OVER, REVIEWS
from tenants.context import Actor, tenant


class Afterwards(Offering):
    """A project that came to agreements can be talked about once it is over, however it ended."""

    reviews_until: datetime | None

    def enter(self, row: Transition, *, by: Actor | None, now: datetime, **data: Any) -> None:
        super().enter(row, by=by, now=now, **data)
        if row.to in OVER and self.accepted_at is not None:
            due = timer(REVIEWS, now=now, zone=tenant.time_zone)
            self.reviews_until, self.remind_at = due.ends_at, due.remind_at

    def end_reviews(self) -> None:
        """Let what was said be all that is said."""
        self.reviews_until, self.remind_at = None, None

    def crew(self) -> set[UUID]:
        """Return its client, its coordinator and everybody who agreed to a part, whoever was replaced as well."""
        return {self.client_id, self.coordinator_id} | Cast(self.roles()).players()
