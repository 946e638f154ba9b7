"""What stands in the way of taking reviews along, or of bringing them in."""

from app.core.errors import Conflict, Invalid, NotFound
from app.core.languages import lazy_gettext as _l


class NothingToTake(Conflict):
    message = _l("Choose at least one review.")


class MayNotLeave(Conflict):
    message = _l("In this marketplace reviews stay where they were written. Its leaders settled it so.")


class MayNotArrive(Conflict):
    message = _l("This marketplace shows only reviews that were written here. Its leaders settled it so.")


class NoSuchAttestation(NotFound):
    message = _l("This was withdrawn meanwhile.")


class NotAsked(Conflict):
    message = _l("This question is no longer open.")


class Refused(Invalid):
    """Why a file is not taken; nothing of it is kept."""


class NotOurs(Refused):
    message = _l("This is not a file of reviews from a marketplace.")


class Changed(Refused):
    message = _l("Something in this file was changed after it was signed, so nothing of it can be trusted.")


class UnknownSigner(Refused):
    message = _l("No marketplace that we know has signed this.")


class SomebodyElses(Refused):
    message = _l("These reviews are about somebody else. Only whoever they are about can bring them.")


class FromHere(Refused):
    message = _l("These reviews were written here, and stand on your page already.")


class TakenDown(Refused):
    message = _l("A moderator took one of these reviews down here. Bring the others without it.")


class Withdrawn(Refused):
    message = _l("These reviews were withdrawn.")
