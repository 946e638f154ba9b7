"""What a project refuses, in words for whoever asked."""

from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l


class ProjectExists(Conflict):
    message = _l("There is a project about this gig already.")


class NotToBeMade(Conflict):
    message = _l("A project is made of a request that runs and that nobody has taken yet.")


class TooLate(Conflict):
    message = _l("This role has gone further since you opened that page. Look at it again.")


class NotForYourself(Conflict):
    message = _l("A coordinator and the client take no role in a project of their own.")


class Answered(Conflict):
    message = _l("This person has stepped back, or was answered meanwhile.")


class StalePart(Conflict):
    message = _l("The part has changed since you opened that page. Read it again; then answer.")


class NothingToOffer(Conflict):
    message = _l("Nobody has said yes to their part yet. An offer holds the parts that people stand by.")


class OfferOpen(Conflict):
    message = _l("An offer waits for the client's answer. Take it back first.")


class StaleOffer(Conflict):
    message = _l("This offer is no longer the one on the table. Read what is there now; then answer.")


class OfferMoved(Conflict):
    """Somebody's part is no longer as the offer says; the message names whose. Nothing was agreed with anybody."""


class NotCovered(Conflict):
    """It would cost more than the client agreed to; the message says how much is left."""


class PartOfProject(Conflict):
    message = _l("This gig is a role in a project: people take it by the project's offer, which its coordinator makes.")


class HandedOver(Conflict):
    message = _l(
        "Something was handed over and waits for an answer. Answer it first; then somebody else can take this on."
    )


class HandoverOpen(Conflict):
    message = _l("Somebody is asked to lead this project already. Take that back first.")


class NobodyAsked(Conflict):
    message = _l("Nobody is asked to lead this project any more.")


class CannotLead(Conflict):
    message = _l("They cannot lead this project: whoever does runs its category, and has no other part in it.")


class StillAtWork(Conflict):
    message = _l("Somebody is still at work in this project.")


class NothingToWrite(Conflict):
    """The project is not there yet, or over, or nothing was said; the message says which."""


class UnusableWait(Invalid):
    """What is to wait, or what for, does not fit the plan; the message says why."""


class UnusableRole(Invalid):
    """The role does not fit together; the message says what to mend."""
