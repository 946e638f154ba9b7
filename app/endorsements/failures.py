"""What stands in the way of endorsing somebody's skills."""

from app.core.errors import Conflict, NotFound
from app.core.languages import lazy_gettext as _l


class NoSuchEndorsement(NotFound):
    message = _l("This endorsement was taken back.")


class NotFinished(Conflict):
    message = _l("Skills are endorsed once the work is accepted.")


class KeptApart(Conflict):
    message = _l("One of you has blocked the other, so you cannot endorse their skills.")


class NoLongerHere(Conflict):
    message = _l("They have left this marketplace.")
