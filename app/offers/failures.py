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


class NoSuchGift(NotFound):
    message = _l(
        "There is no gift with this code. Look whether every letter is right; capitals and hyphens do not matter."
    )


class GiftUsed(Conflict):
    message = _l("Somebody has redeemed this gift already.")


class GiftExpired(Conflict):
    message = _l("This gift was not redeemed in time. The leaders can still give its buyer the money back.")


class GiftGone(Conflict):
    message = _l("What was paid for this gift has gone back, so it can no longer be redeemed.")


class GiftRests(Conflict):
    message = _l("The payment of this gift is disputed at its buyer's bank. Until that is settled, it rests.")


class HasAsMuch(Conflict):
    message = _l("You have as much already, for good. Pass the gift on to somebody else.")


class NotUnredeemed(Conflict):
    message = _l("Only a gift that nobody has redeemed can be paid back.")
