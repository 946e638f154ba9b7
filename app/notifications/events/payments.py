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
        detail=_l(
            "It had been paid to you and went back to the client, but it could not be fetched from your account. It is kept"
            " from what you earn next."
        ),
        place="earnings", action=_l("See what you earn"),
    ),
    Event(
        kind="payment", verb="owe", variant="leaders", topic="reports", tells=admins,
        alone=_l("{amount} for “{title}” could not be fetched back"),
        detail=_l("It went back to the client, and whoever had earned it owes it now. It stands in the books."),
        place="desk", action=_l("Go to the desk"),
    ),
)  # fmt: skip

_AT_STRIPE = (
    Event(
        kind="payment", verb="keep", topic="money", tells=_party,
        alone=_l("{amount} for “{title}” was kept for what you owed"),
        detail=_l("It pays a part of your work that went back to a client and could not be fetched from your account."),
        place="earnings", action=_l("See what you earn"),
    ),
    Event(
        kind="payment", verb="refund_failed", topic="money", tells=_client,
        alone=_l("{amount} for “{title}” could not be sent back to you"),
        detail=_l(
            "Your bank did not take it, often because a card was replaced. It is still yours. Write to the leaders of this"
            " marketplace: they send it again, or in another way."
        ),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
    Event(
        kind="payment", verb="refund_failed", variant="leaders", topic="reports", tells=admins,
        alone=_l("{amount} for “{title}” could not be sent back"),
        detail=_l(
            "The client's bank did not take it. Ask them whether their card was replaced: then send it again, or pay it in"
            " another way and say so."
        ),
        place="loose_money", action=_l("See what waits for you"),
    ),
    Event(
        kind="payment", verb="refund_again", topic="money", tells=_client,
        title=_l("sends {amount} for “{title}” back to you once more"),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
    Event(
        kind="payment", verb="refund_outside", topic="money", tells=_client,
        title=_l("paid {amount} for “{title}” back to you in another way than by card"),
        detail=_l("If you have not got it, answer them."),
        place="agreement", at="agreement_id", action=_l("See where it stands"),
    ),
    Event(
        kind="payment", verb="take_away", topic="money", tells=_party,
        alone=_l("{amount} for “{title}” was fetched back from your account at Stripe"),
        detail=_l("Somebody did that by hand. The leaders of this marketplace say what becomes of it; write to them."),
        place="earnings", action=_l("See what you earn"),
    ),
    Event(
        kind="payment", verb="take_away", variant="leaders", topic="reports", tells=admins,
        alone=_l("{amount} for “{title}” was fetched back at Stripe by hand"),
        detail=_l("It waits for your word: send it again, or give it to the client."),
        place="loose_money", action=_l("See what waits for you"),
    ),
    Event(
        kind="payment", verb="send_again", topic="money", tells=_party,
        title=_l("has {amount} for “{title}” sent to you again"),
        place="earnings", action=_l("See what you earn"),
    ),
)  # fmt: skip

EVENTS = (*_IN, *_OUT, *_TROUBLE, *_AT_STRIPE)
