"""What stands in the way of raising a hand, in words for whoever raised it."""

from app.core.errors import Conflict, Forbidden, Invalid


class OwnGig(Conflict):
    message = "This is your own gig; others raise a hand for it."


class AlreadyApplied(Conflict):
    message = "You have already raised your hand for this gig."


class AnsweredBefore(Conflict):
    message = "You raised your hand for this gig before and were answered. There will be others."


class NotTakingApplications(Conflict):
    """The gig takes no applications now; the message says why."""


class KeptApart(Forbidden):
    message = "You can't apply for this gig."


class QuestionUnanswered(Invalid):
    message = "Please answer each of the questions."
