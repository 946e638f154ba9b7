"""What stands in the way of saying thank you."""

from app.core.errors import Conflict, NotFound
from app.core.languages import lazy_gettext as _l


class NoSuchThanks(NotFound):
    message = _l("These thanks were taken back.")


class NotToYourself(Conflict):
    message = _l("You cannot thank yourself, however well deserved.")


class KeptApart(Conflict):
    message = _l("One of you has blocked the other, so you cannot thank them.")


class NoLongerHere(Conflict):
    message = _l("They have left this marketplace.")


class NoneLeft(Conflict):
    message = _l("You have said thank you five times within a week. What is said sparingly is read.")
