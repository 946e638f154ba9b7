"""What a mandate refuses, in words for whoever asked."""

from app.core.errors import Conflict, Forbidden, Invalid
from app.core.languages import lazy_gettext as _l


class NotYourself(Conflict):
    message = _l("You cannot act for yourself.")


class NothingAllowed(Invalid):
    message = _l("Choose at least one thing.")


class TooLong(Invalid):
    message = _l("Choose a day between tomorrow and a year from now.")


class BothAlready(Conflict):
    message = _l("The two of you have such a mandate already, or one waits for an answer.")


class AnsweredBefore(Conflict):
    message = _l("This waits for no answer any longer.")


class NotAway(Conflict):
    message = _l("They sign in themselves, so they answer this themselves.")


class DealingsBetween(Conflict):
    message = _l(
        "The two of you have work or an application between you that is still open. Finish it first: nobody acts for the "
        "other side of their own deal."
    )


class HelperAndHelped(Forbidden):
    message = _l(
        "One of you acts for the other here, so you make no deals with each other and write no words for each other."
    )
