"""What stands in the way of a decision or an appeal."""

from app.core.errors import Conflict, Forbidden, Gone
from app.core.languages import lazy_gettext as _l


class AlreadyTakenBack(Conflict):
    message = _l("This decision was taken back before.")


class NothingToTakeBack(Conflict):
    message = _l("There is nothing here that could be taken back.")


class AlreadyHidden(Conflict):
    message = _l("Somebody has hidden this already.")


class AlreadyAppealed(Conflict):
    message = _l("You have appealed against this already. Somebody else looks at it.")


class AppealAnswered(Conflict):
    message = _l("Somebody has answered this appeal already.")


class YourOwnDecision(Forbidden):
    message = _l("You decided this yourself, so somebody else has to look at it.")


class TooLate(Gone):
    message = _l("The time to appeal against this is over.")
