"""Places on a gig. They are taken and freed under the row's lock: two people cannot take the last one."""

from typing import Any

from app.gigs.models.failures import GigClosed, NoSeatLeft, NoSeatTaken
from app.gigs.models.moves import Moves, Person


def takes_applications(gig: Any) -> bool:
    """Whether a gig, or a row of one, runs and has a place to give away that one can apply for."""
    return gig.state in ("open", "filled") and gig.accepting and gig.seats_taken < gig.seats


class Seats(Moves):
    """How many may do it, and how many do."""

    seats: int
    seats_taken: int

    @property
    def seats_left(self) -> int:
        return self.seats - self.seats_taken

    def take_seat(self, *, by: Person) -> None:
        """Give one person a place; with the last one the gig is filled.

        :raises NoSeatLeft: when somebody else took the last place.
        :raises GigClosed: when the gig no longer runs.
        """
        self.lock()
        if self.state == "filled" or (self.state in ("open", "paused") and self.seats_left < 1):
            raise NoSeatLeft
        elif self.state not in ("open", "paused"):
            raise GigClosed
        self.seats_taken += 1
        if self.seats_left < 1:
            self.move("fill", by=by, seats_taken=self.seats_taken)
        else:
            self.note("take_seat", by=by, seats_taken=self.seats_taken)

    def free_seat(self, *, by: Person | None, why: str = "") -> None:
        """Take a place back from somebody who steps out; a filled gig is open again.

        :raises NoSeatTaken: when nobody holds one.
        """
        self.lock()
        if self.seats_taken < 1:
            raise NoSeatTaken
        self.seats_taken -= 1
        if self.state == "filled":
            self.move("reopen", by=by, why=why, seats_taken=self.seats_taken)
        else:
            self.note("free_seat", by=by, why=why, seats_taken=self.seats_taken)
