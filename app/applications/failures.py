"""What stands in the way of raising a hand, in words for whoever raised it."""

from app.core.errors import Conflict, Forbidden, Invalid
from app.core.languages import lazy_gettext as _l


class OwnGig(Conflict):
    message = _l("This is your own gig; others raise a hand for it.")


class AlreadyApplied(Conflict):
    message = _l("You have already raised your hand for this gig.")


class AnsweredBefore(Conflict):
    message = _l("You raised your hand for this gig before and were answered. There will be others.")


class NotTakingApplications(Conflict):
    """The gig takes no applications now; the message says why."""


class KeptApart(Forbidden):
    message = _l("You can't apply for this gig.")


class QuestionUnanswered(Invalid):
    message = _l("Please answer each of the questions.")
