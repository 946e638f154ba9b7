"""Held payments: who hears that money is there, on its way, going back, or in trouble at a bank."""

from app.core.languages import lazy_gettext as _l
from app.notifications.events.event import Event
from app.notifications.events.recipients import admins, both_sides, named

_worker, _client, _party = named("worker_id"), named("client_id"), named("party_id")

_IN = (
    Event(
        kind="payment", verb="fund", topic="money", tells=_worker,
        title=_l("paid in for “{title}”: {amount} is held"),
        detail=_l("It is yours when the work is accepted."),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
    Event(
        kind="payment", verb="reminded", topic="reminders", tells=both_sides,
        alone=_l("{amount} for “{title}” cannot be held for much longer"),
        detail=_l("What is not accepted by {until} goes back to who paid it in, and can be paid in anew."),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
)  # fmt: skip

_OUT = (
    Event(
        kind="payment", verb="pay", topic="money", tells=_worker,
        alone=_l("“{title}” is accepted: {amount} is yours"),
        detail=_l("It goes to your account at Stripe. Where you have none yet, it is held for you until you do."),
        place="earnings", action=_l("See what you earn"),
    ),
    Event(
        kind="payment", verb="share", topic="money", tells=_party,
        alone=_l("You have a share of “{title}”: {amount}"),
        detail=_l("It goes to your account at Stripe. Where you have none yet, it is held for you until you do."),
        place="earnings", action=_l("See what you earn"),
    ),
    Event(
        kind="payment", verb="tip", topic="money", tells=_worker,
        alone=_l("A tip for “{title}”: {amount}"),
        detail=_l("Somebody liked your work. All of it is yours."),
        place="earnings", action=_l("See what you earn"),
    ),
    Event(
        kind="payment", verb="return", topic="money", tells=_client,
        alone=_l("{amount} for “{title}” goes back to you"),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
    Event(
        kind="payment", verb="offer_part", topic="money", tells=_worker,
        title=_l("offers {amount} for “{title}”"),
        detail=_l("It is a part of the price. Nothing moves before you agree."),
        place="agreement", at="agreement_id", action=_l("Look at it"),
    ),
    Event(
        kind="payment", verb="agree_part", topic="money", tells=_client,
        title=_l("agrees to {amount} for “{title}”"),
        detail=_l("The work counts as accepted, and the rest goes back to you."),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
    Event(
        kind="payment", verb="refuse_part", topic="money", tells=_client,
        title=_l("does not take a part of the price for “{title}”"),
        detail=_l("Everything is as it was before."),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
)  # fmt: skip

_TROUBLE = (
    Event(
        kind="payment", verb="dispute", topic="money", tells=both_sides,
        alone=_l("A bank has taken back {amount} for “{title}”"),
        detail=_l("Its owner disputes the payment there. Until that is settled nothing of this agreement is paid out."),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
    Event(
        kind="payment", verb="win", topic="money", tells=both_sides,
        alone=_l("The bank has given back {amount} for “{title}”"),
        detail=_l("Everything goes on as agreed."),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
    Event(
        kind="payment", verb="lose", topic="money", tells=both_sides,
        alone=_l("The bank keeps {amount} for “{title}”"),
        detail=_l("It went back to who paid it. What was paid out of it is fetched back."),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
    Event(
        kind="payment", verb="owe", topic="money", tells=_party,
        alone=_l("You owe {amount} for “{title}”"),
        detail=_l("It had been paid to you and went back to the client, but it could not be fetched from your account."),
        place="earnings", action=_l("See what you earn"),
    ),
    Event(
        kind="payment", verb="owe", variant="leaders", topic="reports", tells=admins,
        alone=_l("{amount} for “{title}” could not be fetched back"),
        detail=_l("It went back to the client, and whoever had earned it owes it now. It stands in the books."),
        place="desk", action=_l("Go to the desk"),
    ),
)  # fmt: skip

EVENTS = (*_IN, *_OUT, *_TROUBLE)
