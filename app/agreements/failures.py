"""What an agreement refuses, in words for whoever asked."""

from app.core.errors import Conflict, Forbidden, Invalid
from app.core.languages import lazy_gettext as _l


class NotYourTurn(Conflict):
    message = _l("The terms wait for the other side's answer now.")


class StaleTerms(Conflict):
    message = _l("Other terms have come since you opened that page. Read them first; then answer.")


class StaleDelivery(Conflict):
    message = _l("Something else has been handed over since you opened that page. Look at it first; then answer.")


class NoSuchMilestone(Conflict):
    message = _l("That milestone can't be handed over now.")


class SameTerms(Invalid):
    message = _l("These are the terms on the table. Change what should be different, or agree to them.")


class UnusableTerms(Invalid):
    """The terms do not fit together; the message says what to mend."""


class CannotGive(Conflict):
    """Whoever would give what the terms say does not have it; the message says what to do."""


class EmptyDelivery(Invalid):
    message = _l("Say a few words, or add a link or a file.")


class UnusableDate(Invalid):
    message = _l("Choose a day between tomorrow and half a year from now.")


class OwnDispute(Forbidden):
    message = _l("You are one of the two sides, so somebody else has to settle this.")


class OwnCause(OwnDispute):
    message = _l("You act for one of the two sides, or they act for you, so somebody else has to settle this.")


class TermsAreFixed(RuntimeError):
    """Code tried to change what two members agreed on; that is a mistake of ours, never a member's."""
