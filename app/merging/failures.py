"""What keeps two gigs apart, in words for whoever wanted them to be one."""

from app.core.errors import Conflict, NotFound
from app.core.languages import lazy_gettext as _l


class NoSuchMerge(NotFound):
    message = _l("There is no such question here.")


class CannotBeOne(Conflict):
    message = _l("These two can’t become one now.")


class SameGig(CannotBeOne):
    message = _l("Choose another gig: this is the same one.")


class OtherWay(CannotBeOne):
    message = _l("One asks and the other offers; they can’t be one.")


class TargetNotLive(CannotBeOne):
    message = _l("A gig can only go into one that is live.")


class NotLive(CannotBeOne):
    message = _l("This gig is a draft, over or taken down, so there is nothing to bring along.")


class StillInReview(CannotBeOne):
    message = _l("While this gig waits for review it can only go into another of its author’s.")


class TakesNobody(CannotBeOne):
    message = _l("People have raised a hand here, and the other gig takes nobody now. Answer them first.")


class WorkUnderWay(CannotBeOne):
    message = _l("Something is being agreed on in this gig, or work is under way. Let that end first.")


class MoneyUnderWay(CannotBeOne):
    message = _l("Something was paid for this gig and still counts. Wait until that is over.")


class PartOfProject(CannotBeOne):
    message = _l("This gig belongs to a project. It stays what it is.")


class AskedBefore(Conflict):
    message = _l("Somebody has asked for this already. Wait for the answer.")
