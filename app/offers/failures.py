"""What can stand in the way of making an offer and of using one, in words."""

from app.core.errors import Conflict, NotFound
from app.core.languages import lazy_gettext as _l


class CodeTaken(Conflict):
    message = _l("Another offer of yours has this code. End that one first, or take another code.")


class NoSuchCode(NotFound):
    message = _l("There is no such code here. Look whether every letter is right; capitals and spaces do not matter.")


class OfferEnded(Conflict):
    message = _l("This offer has ended. What members pay who began with it stays as it is.")


class OfferUsedUp(Conflict):
    message = _l("As many people have used this code as it was for.")


class OfferUsedBefore(Conflict):
    message = _l("You have used this code before. It is good once for each person.")


class DoesNotFit(Conflict):
    """An offer is not for a price, or is no use there."""

    message = _l("This code is not for this membership.")


class OtherCurrency(DoesNotFit):
    message = _l("This code is for prices in another currency.")


class TooLittleLeft(DoesNotFit):
    message = _l("With this code, less would be left to pay than can be charged.")


class OverBeforeItBegins(DoesNotFit):
    message = _l("This code would be over before the days to try it out are.")
