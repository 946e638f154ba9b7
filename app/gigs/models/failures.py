"""What a gig refuses, in words for whoever asked."""

from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l


class GigClosed(Conflict):
    message = _l("This gig has closed.")


class NoSeatLeft(Conflict):
    message = _l("The last place on this gig has just been taken.")


class NoSeatTaken(Conflict):
    message = _l("Nobody holds a place on this gig.")


class TooFewSeats(Invalid):
    message = _l("More people than that already have a place.")


class NotReady(Invalid):
    message = _l("This gig needs a title before it can go live.")


class ReasonMissing(Invalid):
    message = _l("Say why in a few words; the people concerned will read it.")


class DueDatePassed(Conflict):
    message = _l("Its due date has passed. Choose a new one first, then it can run on.")


class AlreadyDecided(Conflict):
    message = _l("Somebody has already decided about this edit.")


class NotEditable(Conflict):
    message = _l("This gig can't be changed now.")
