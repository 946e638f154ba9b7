"""What a gig refuses, in words for whoever asked."""

from app.core.errors import Conflict, Invalid


class GigClosed(Conflict):
    message = "This gig has closed."


class NoSeatLeft(Conflict):
    message = "The last place on this gig has just been taken."


class NoSeatTaken(Conflict):
    message = "Nobody holds a place on this gig."


class TooFewSeats(Invalid):
    message = "More people than that already have a place."


class NotReady(Invalid):
    message = "This gig needs a title before it can go live."


class ReasonMissing(Invalid):
    message = "Say why in a few words; the people concerned will read it."


class DueDatePassed(Conflict):
    message = "Its due date has passed. Choose a new one first, then it can run on."


class AlreadyDecided(Conflict):
    message = "Somebody has already decided about this edit."


class NotEditable(Conflict):
    message = "This gig can't be changed now."
