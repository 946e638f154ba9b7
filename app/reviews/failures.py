"""What stands in the way of a review."""

from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l


class AlreadyReviewed(Conflict):
    message = _l("You have already written your review of this.")


class NotToBeReviewed(Conflict):
    message = _l("This can't be reviewed now: reviews open when the work is over, and for two weeks.")


class UnknownRating(Invalid):
    message = _l("Choose from one to five.")
