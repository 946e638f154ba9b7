"""What stands in the way of a review."""

from app.core.errors import Conflict, Invalid


class AlreadyReviewed(Conflict):
    message = "You have already written your review of this."


class NotToBeReviewed(Conflict):
    message = "This can't be reviewed now: reviews open when the work is over, and for two weeks."


class UnknownRating(Invalid):
    message = "Choose from one to five."
