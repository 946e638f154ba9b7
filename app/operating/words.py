"""States of what operators look at, in words."""

from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp

EVENTS = {
    "waiting": _lp("event", "Waiting"),
    "done": _lp("event", "Followed"),
    "ignored": _lp("event", "Let be"),
    "failed": _lp("event", "Failed"),
}
DIFFERENCES = {
    "found": _lp("difference", "To be healed"),
    "healed": _lp("difference", "Healed"),
    "stands": _lp("difference", "Not healed"),
}
#: As the components' badges colour them.
TONES = {"found": "waiting", "healed": "done", "stands": "failed", "ignored": "closed"}
STANDINGS = {
    "unfinished": _l("Its owner has not answered Stripe yet"),
    "lacking": _l("Stripe asks for more before it may charge"),
    "checking": _l("Stripe is looking at it"),
    "ready": _l("It works; Stripe will soon ask for more"),
    "unpaid": _l("It may charge, and is not paid out"),
    "refused": _l("Stripe has closed it"),
    "disconnected": _l("It is disconnected"),
}
ACTIONS = {
    "replayed": _l("Had an event followed once more"),
    "replayed_failed": _l("Had failed events followed once more"),
    "compared": _l("Had everything compared with Stripe"),
}
