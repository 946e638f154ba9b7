"""A part of the price: the client would take what was handed over for less, and the worker agrees or does not."""

from datetime import datetime

from app.agreements.models import Agreement
from app.core.errors import Conflict, Invalid
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.wording import money
from app.payments.models import Payment
from app.payments.parts import Part, latest
from app.payments.settling import give_back, release
from app.payments.telling import tell
from tenants.context import Actor


class NotToBeShared(Conflict):
    message = _l("A part of the price can be agreed on while something that was paid in waits for an answer.")


class StaleOffer(Conflict):
    message = _l("Another amount has been offered since you opened that page. Look at it first; then answer.")


class TooMuch(Invalid):
    """More than there is; the message says how much there is."""


def can_be_shared(part: Part, payment: Payment | None) -> bool:
    """Whether the two may agree on a part of the price now: on handed over work, or where a leader found that part was done."""
    agreement = part.agreement
    is_theirs = agreement.outcome == "partly" or (agreement.state == "delivered" and part.waits)
    return payment is not None and payment.state == "held" and is_theirs


def offer_part(part: Part, amount: int, *, by: Actor, now: datetime) -> None:
    """Say for how much of the price the work would be taken. The worker hears of it, and nothing moves before they agree.

    :raises NotToBeShared: when nothing waits that is paid in.
    :raises TooMuch: for the whole price or more.
    """
    payment = _locked(part)
    if amount >= payment.price:
        raise TooMuch(_("It must be less than %(price)s.", price=money(payment.price, payment.currency)))
    payment.offered_price, payment.offered_at = amount, now
    tell("offer_part", payment, by=by, amount=amount)


def agree_to_part(part: Part, seen: int, *, by: Actor, now: datetime) -> None:
    """Take the part that was offered: it is paid out, the rest goes back, and the work counts as accepted.

    :param seen: the amount that `by` looked at.
    :raises StaleOffer: when that is not the one on offer.
    """
    payment = _locked(part)
    if payment.offered_price != seen:
        raise StaleOffer
    release(payment, price=seen, now=now)
    if part.agreement.state == "delivered":
        part.agreement.accept(by=None, why=_("You agreed on a part of the price."), now=now)
    tell("agree_part", payment, by=by, amount=seen)


def refuse_part(part: Part, *, by: Actor, now: datetime) -> None:
    """Say no to the part that was offered: everything is as it was before."""
    payment = _locked(part)
    if payment.offered_price is not None:
        tell("refuse_part", payment, by=by, amount=payment.offered_price)
        payment.offered_price = payment.offered_at = None


def hand_back(payment: Payment, agreement: Agreement, amount: int, *, by: Actor, now: datetime) -> None:
    """Give something of what was paid out back to the client: everybody who got a share gives alike.

    :raises TooMuch: for more than was paid out.
    """
    agreement.lock()
    payment.lock()
    left = sum(share.left for share in payment.shares())
    if amount > left or payment.is_disputed:
        raise TooMuch(_("At most %(left)s can go back.", left=money(left, payment.currency)))
    give_back(payment, amount, why=_("%(name)s gives it back.", name=by.name), now=now)


def _locked(part: Part) -> Payment:
    part.agreement.lock()
    payment = latest(part)
    if payment is not None:
        payment.lock()
    if payment is None or not can_be_shared(part, payment):
        raise NotToBeShared
    return payment
