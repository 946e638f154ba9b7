"""What members pay the marketplace itself: a bank takes a fee back, or does not take a refund."""

from app.core.languages import lazy_gettext as _l
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import admins, named

_member = named("member_id")


def _has_gig(fact: Fact) -> bool:
    return bool(fact.get("gig_id"))


EVENTS = (
    Event(
        kind="sale", verb="refund_failed", topic="money", tells=_member,
        alone=_l("{amount} could not be sent back to you"),
        detail=_l(
            "Your bank did not take it, often because a card was replaced. It is still yours. Write to the leaders of this"
            " marketplace: they pay it in another way."
        ),
        place="list", action=_l("See your notifications"),
    ),
    Event(
        kind="sale", verb="refund_failed", variant="leaders", topic="reports", tells=admins,
        alone=_l("{amount} could not be sent back to a member"),
        detail=_l(
            "Their bank did not take it, and it is on your account at Stripe again. Ask them how they want it, and pay it in"
            " another way, or once more at Stripe."
        ),
        place="desk", action=_l("Go to the desk"),
    ),
    Event(
        kind="gig_fee", verb="dispute", topic="money", tells=_member, when=_has_gig,
        alone=_l("A bank has taken back the fee for “{title}”"),
        detail=_l("What you paid for rests until the bank has decided. Tell your bank if you know the payment after all."),
        place="gig", at="gig_id", action=_l("See where it stands"),
    ),
    Event(
        kind="gig_fee", verb="dispute", variant="leaders", topic="reports", tells=admins,
        alone=_l("A bank has taken back {amount}: the fee for “{title}”"),
        detail=_l("What was paid for rests. Answer the dispute at Stripe within its time, with what shows what was bought."),
        place="desk", action=_l("Go to the desk"),
    ),
    Event(
        kind="gig_fee", verb="win", topic="money", tells=_member, when=_has_gig,
        alone=_l("The bank has given back the fee for “{title}”"),
        detail=_l("Everything goes on as before."),
        place="gig", at="gig_id", action=_l("See where it stands"),
    ),
    Event(
        kind="gig_fee", verb="lose", topic="money", tells=_member, when=_has_gig,
        alone=_l("The bank has kept the fee for “{title}”"),
        detail=_l("What you paid for has ended. You can pay it anew from the gig's page."),
        place="gig", at="gig_id", action=_l("See where it stands"),
    ),
    Event(
        kind="gig_fee", verb="lose", variant="leaders", topic="reports", tells=admins,
        alone=_l("A bank keeps {amount}: the fee for “{title}”"),
        detail=_l("What was paid for rests until its fee is paid anew. It stands in the books."),
        place="desk", action=_l("Go to the desk"),
    ),
)  # fmt: skip
