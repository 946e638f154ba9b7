"""What time credits refuse, in words for whoever asked."""

from app.agreements.failures import CannotGive
from app.core.errors import Conflict, Invalid
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.wording import hours


class NotEnough(CannotGive):
    """Whoever gives would owe more than they may. `short` says by how many minutes."""

    def __init__(self, *, needed: int, available: int) -> None:
        self.short = needed - available
        super().__init__(
            _(
                "This takes %(needed)s of time credits, and %(available)s can be given at the moment. Whoever receives the work"
                " first has to earn some, or a leader helps out.",
                needed=hours(needed),
                available=hours(max(available, 0)),
            )
        )


class NotEnoughThere(CannotGive):
    message = _l(
        "The other side does not have enough time credits for this at the moment. Talk to each other: fewer hours, a later day,"
        " or a favour."
    )


class NothingToGiveBack(Conflict):
    message = _l("There are no hours of this agreement left to give back.")


class TooMuch(Invalid):
    message = _l("That is more than there is.")


class AccountClosed(Conflict):
    message = _l("This person has left, and their account of hours with them.")
