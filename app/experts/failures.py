"""What stands in the way of being vetted, and of deciding it."""

from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.languages import lazy_gettext as _l


class NoSuchVetting(NotFound):
    message = _l("There is no such request here.")


class BenchClosed(Conflict):
    message = _l("Nobody is vetted in this category at the moment.")


class AskedAlready(Conflict):
    message = _l("You have asked for this already. It is being looked at.")


class VettedAlready(Conflict):
    message = _l("You are vetted for this already. You can renew it in the last 90 days, or ask for another level.")


class TooSoon(Conflict):
    """Whoever was refused waits; `message` says until when."""


class AboutYourself(Forbidden):
    message = _l("Nobody decides about themselves.")


class NotYoursToDecide(Forbidden):
    message = _l("This is decided by the category’s leaders and experts.")


class SaidAlready(Conflict):
    message = _l("You have said what you think. It stays as it is.")


class TieUnsaid(Invalid):
    message = _l(
        "The two of you had an agreement in the last six months. Say what it was; it is shown with what you decide."
    )


class NoSuchLevel(Invalid):
    message = _l("This is none of the category’s levels.")


class NoSuchQuestion(NotFound):
    message = _l("There is no such question here.")


class NobodyToAsk(Conflict):
    message = _l("There is nobody to ask here yet: the category has no expert.")


class TakenAlready(Conflict):
    message = _l("Somebody else has taken this question. They answer it, or give it back.")


class NotHeld(Forbidden):
    message = _l("Take the question first; then it is yours to answer.")
