"""What becomes of held money when work is accepted or ends. Nothing here asks Stripe: it writes down who gets what, and jobs see
that they do.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.agreements.models import Agreement, Milestone
from app.agreements.settling import ends, foretells, settles
from app.commissions.split import split
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.wording import money
from app.payments import books, moving
from app.payments.models import Payment, Refund, Share
from app.payments.parts import part_of, payments_of
from app.payments.telling import tell
from tenants.context import Actor


class WaitsForAnswer(Conflict):
    message = _l(
        "What was handed over is paid in, and waits for your answer. Accept it, or ask a leader to look; then this can be ended."
    )


@settles("money")
def pay_for(agreement: Agreement, milestone: Milestone | None, *, now: datetime) -> None:
    """Let those who earned it have what is held for a milestone, or for the whole work."""
    for payment in _locked(agreement):
        if payment.kind == "work" and payment.milestone_id == (milestone.id if milestone else None):
            release(payment, now=now)


@ends("money")
def give_back_what_is_held(agreement: Agreement, *, verb: str, by: Actor | None, now: datetime) -> None:
    """Return to the client what is held for work that will not be accepted.

    :raises WaitsForAnswer: when it is the client who ends it, and something paid for was handed over.
    """
    is_clients = verb == "cancel" and by is not None and by.id == agreement.client_id
    for payment in _locked(agreement):
        if payment.kind == "work" and payment.state == "held":
            if is_clients and part_of(payment, agreement).waits:
                raise WaitsForAnswer
            give_back(payment, payment.held, why=_("The work was not finished."), now=now)


@foretells("money")
def say_what_goes_back(agreement: Agreement) -> list[str]:
    """Return what happens to held money when the agreement ends now, in words."""
    held = [payment for payment in payments_of(agreement.id) if payment.kind == "work" and payment.state == "held"]
    if not held:
        return []
    amount = money(sum(payment.held for payment in held), held[0].currency)
    return [_("%(amount)s that is held for it goes back to who paid it in.", amount=amount)]


def settle_up(payment: Payment, agreement: Agreement, *, now: datetime) -> None:
    """Do what the work calls for with a payment that has just become, or is again, held. Both are locked."""
    part = part_of(payment, agreement)
    if payment.kind == "tip" or part.is_accepted:
        release(payment, now=now)
    elif part.is_over:
        give_back(payment, payment.held, why=_("The work had ended before the payment came."), now=now)


def release(payment: Payment, *, price: int | None = None, now: datetime) -> None:
    """Share a held payment out: to the worker, whoever shares in it, and the hall. For a part of its price, the rest goes back.

    What is held no more, or disputed at a bank, stays as it is.
    """
    if payment.state != "held":
        return
    lines = _lines(payment, price or payment.price)
    shares = [
        Share(payment_id=payment.id, kind=kind, party_id=party_id, amount=amount, earned_at=now, taken=0, sent=0)
        for kind, party_id, amount in lines
    ]
    db.session.add_all(shares)
    payment.released = sum(share.amount for share in shares)
    db.session.flush()
    books.released(payment, shares, now=now)
    if payment.held:
        give_back(payment, payment.held, why=_("You agreed on a part of the price."), now=now)
    else:
        payment.restate()
    payment.ended_at = now
    for share in shares:
        if share.party_id is not None:
            moving.send.enqueue(share_id=str(share.id))
            verb = {"work": "tip" if payment.kind == "tip" else "pay"}.get(share.kind, "share")
            tell(verb, payment, by=None, amount=share.amount, party_id=share.party_id)


def _lines(payment: Payment, price: int) -> Iterable[tuple[str, Any, int]]:
    shared = split(price, payment.frozen_terms, currency=payment.currency, worker_id=payment.worker_id)
    return [(line.kind, line.party_id, line.amount) for line in shared.lines]


def give_back(
    payment: Payment, amount: int, *, why: str, now: datetime, of: Share | None = None, by: Actor | None = None
) -> Refund:
    """Send an amount of a payment back to the client: first of what is held, then out of what people got, from each alike.

    :param of: the share out of which all of it comes, where it is that one's alone.
    :param by: who decided it; None where the terms did.
    :raises ValueError: for more than is left of it.
    """
    from_held = 0 if of else min(amount, payment.held)
    taken = [_take_of(of, amount)] if of else take(payment, amount - from_held)
    refund = Refund(payment_id=payment.id, amount=amount, reason=why, state="asked", asked_at=now)
    db.session.add(refund)
    payment.returned += from_held
    db.session.flush()
    books.to_return(payment, refund, from_held, taken, now=now)
    payment.restate()
    payment.ended_at = now
    moving.refund.enqueue(refund_id=str(refund.id))
    fetch_back(share for share, _amount in taken)
    tell("return", payment, by=by, amount=amount, why=why)
    return refund


def take(payment: Payment, amount: int) -> list[tuple[Share, int]]:
    """Take an amount out of a payment's shares, from each as much as its part is of them; return what was taken from whom.

    :raises ValueError: for more than they have.
    """
    shares = [share for share in payment.shares() if share.left]
    left = sum(share.left for share in shares)
    if not 0 <= amount <= left:
        raise ValueError(f"{amount} cannot be taken out of {left}")
    parts = {share.id: share.left * amount // left for share in shares} if left else {}
    # What does not divide comes from the hall where it has a share, else from the worker: few cents, and never too much.
    for share in sorted(shares, key=lambda one: one.party_id is not None):
        more = min(amount - sum(parts.values()), share.left - parts[share.id])
        parts[share.id] += more
    for share in shares:
        share.taken += parts[share.id]
    db.session.flush()
    return [(share, parts[share.id]) for share in shares if parts[share.id]]


def _take_of(share: Share, amount: int) -> tuple[Share, int]:
    if not 0 < amount <= share.left:
        raise ValueError(f"{amount} cannot be taken out of {share.left}")
    share.taken += amount
    db.session.flush()
    return share, amount


def fetch_back(shares: Iterable[Share]) -> None:
    """Have fetched back what was sent and is not theirs any more."""
    for share in shares:
        if share.to_fetch:
            moving.fetch.enqueue(share_id=str(share.id))


def _locked(agreement: Agreement) -> list[Payment]:
    found = payments_of(agreement.id)
    for payment in found:
        payment.lock()
    return found
