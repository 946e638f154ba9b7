"""How a draft becomes a live gig: at once, or after the category's leaders have looked at it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core import clock
from app.gigs.models.approval import gig_days, needs_review, zone
from app.gigs.models.failures import NotReady
from app.gigs.models.gates import ask_gates, is_looked_at_first
from app.gigs.models.limits import hold_to_limits
from app.gigs.models.moves import Moves, Person
from app.gigs.states import GIG


class Publication(Moves):
    """Publish, and the review before it."""

    category_id: UUID | None
    published_at: datetime | None
    expires_at: datetime | None
    expiry_reminded_at: datetime | None

    def publish(self, *, by: Person) -> None:
        """Go live; where a rule of the marketplace or the category says so, go to the leaders first.

        :raises WrongState: when it is not a draft.
        :raises NotReady: when it has no title.
        :raises LimitReached: when its author's membership gives no more.
        """
        self.lock()
        GIG.transition(self.state, "publish")
        hold_to_limits(self)
        ask_gates(self, by)
        if needs_review(self.category_id, by=by) or is_looked_at_first(self, by.id):
            self.submit(by=by)
        else:
            self._refuse_untitled()
            self.run_on("publish", by=by, published_at=clock.now())

    def submit(self, *, by: Person) -> None:
        """Ask the category's leaders to look at it."""
        self._refuse_untitled()
        self.move("submit", by=by)

    def approve(self, *, by: Person, why: str = "") -> None:
        """Let it go live as it was submitted."""
        self.run_on("approve", by=by, why=why, published_at=clock.now())

    def hand_back(self, *, by: Person | None, why: str) -> None:
        """Give it back to its author with the reason."""
        self.move("return", by=by, why=why)

    def withdraw(self, *, by: Person) -> None:
        """Take it back from review to work on it."""
        self.move("withdraw", by=by)

    def run_on(self, verb: str, *, by: Person, why: str = "", **sets: Any) -> None:
        """Do `verb` and be listed for a full span from today, to the end of its last day where the marketplace is."""
        ends = clock.end_of_day(clock.today(zone()) + timedelta(days=gig_days()), zone())
        self.move(verb, by=by, why=why, sets={**sets, "expires_at": ends, "expiry_reminded_at": None})

    def _refuse_untitled(self) -> None:
        if not self.title.strip():
            raise NotReady
