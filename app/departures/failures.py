"""What stands in the way of a departure, in words for whoever wants it."""

from collections.abc import Sequence

from app.core.errors import Conflict, Forbidden
from app.core.languages import lazy_gettext as _l
from app.departures.obstacles import Obstacle


class StillNeeded(Conflict):
    """Something has to be settled first; `obstacles` says what, and where."""

    message = _l("Something of yours has to be settled first.")

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__()
        self.obstacles = obstacles


class AlreadyGone(Conflict):
    message = _l("This person is no longer a member.")


class NotBanned(Conflict):
    message = _l("Nobody is kept out by this.")


class YourOwnAgreement(Forbidden):
    message = _l("You have an agreement with this person yourself, so somebody else has to do this.")
