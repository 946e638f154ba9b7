"""What stands in the way of vouching."""

from app.core.errors import Conflict, NotFound
from app.core.languages import lazy_gettext as _l


class NoSuchVouch(NotFound):
    message = _l("These words were taken back.")


class NotForYourself(Conflict):
    message = _l("You cannot vouch for yourself. Ask somebody who knows you.")


class KeptApart(Conflict):
    message = _l("One of you has blocked the other, so you cannot vouch for them.")
