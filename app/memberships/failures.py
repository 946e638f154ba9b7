"""What can stand in the way of selling and of buying, in words."""

from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l


class NoPrice(Conflict):
    message = _l("It has no price yet. Set one first.")


class TooManyTiers(Conflict):
    message = _l("There are as many tiers as there can be. Close one, or change what you have.")


class NotForSale(Conflict):
    message = _l("This is not sold any more.")


class AlreadyMember(Conflict):
    message = _l("You have a membership already. Change it rather than buying another.")


class NothingToChange(Conflict):
    message = _l("This membership cannot be changed here.")


class OldPreview(Invalid):
    """What was shown before a change is not what it would cost now."""

    message = _l("This took a while, and what it costs may have changed. Have another look before you confirm.")
