"""Each night: payments beside what Stripe says of them, for what nobody told us of."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from app.core.database import db
from app.payments.models import OPEN, PAID, Payment, Refund, Share
from app.payments.moving import FAILED
from billing import gateway
from billing.reconciling import Difference, reconciles
from tenants.isolation import scoped

# Banks say within a month that they did not take a refund.
_MAY_FAIL = timedelta(days=40)
# Cards' owners may dispute a payment for so long: https://docs.stripe.com/disputes/how-disputes-work
_DISPUTABLE = timedelta(days=120)


@reconciles("gig_payment")
def compare_pages(now: datetime) -> Iterator[Difference]:
    """Give the payments that are still asked for here, and over at Stripe."""
    for payment in _payments(Payment.state.in_(OPEN)):
        session = gateway.fetch("checkout.session", payment.session_id or "")
        if session["status"] != "open":
            yield Difference(session["id"], "payment", payment.state, session["status"], kind="checkout.session")


@reconciles("gig_charge")
def compare_charges(now: datetime) -> Iterator[Difference]:
    """Give the payments of which a bank or somebody at Stripe has taken something that we do not know of."""
    lately = select(Refund.payment_id).where(scoped(Refund), Refund.state == "done", Refund.ended_at > now - _MAY_FAIL)
    may_change = or_(Payment.held_at > now - _DISPUTABLE, Payment.id.in_(lately))
    for payment in _payments(Payment.state.in_(PAID), may_change):
        charge = gateway.fetch("charge", payment.charge_id or "")
        ours = _returned(payment)
        theirs = _gone_back(charge["id"]) if ours or charge["amount_refunded"] else 0
        if ours != theirs:
            yield Difference(charge["id"], "refunded", str(ours), str(theirs), kind="charge")
        elif charge["disputed"] and payment.dispute_state in (None, "open"):
            yield Difference(charge["id"], "dispute", payment.dispute_state or "none", "disputed", kind="charge")


@reconciles("gig_transfer")
def compare_transfers(now: datetime) -> Iterator[Difference]:
    """Give the transfers of which something came back that nobody here asked for."""
    sent = select(Share).where(scoped(Share), Share.transfer_id.is_not(None), Share.sent_at > now - _DISPUTABLE)
    for share in db.session.scalars(sent):
        transfer = gateway.fetch("transfer", share.transfer_id or "")
        ours, theirs = (share.sent, share.reversed), (transfer["amount"], transfer["amount_reversed"])
        if ours != theirs:
            yield Difference(transfer["id"], "sent and reversed", str(ours), str(theirs), kind="transfer")


def _gone_back(charge_id: str) -> int:
    made = gateway.each("refund", {"charge": charge_id})
    return sum(one["amount"] for one in made if one["status"] not in FAILED)


def _payments(*conditions: Any) -> list[Payment]:
    return list(db.session.scalars(select(Payment).where(scoped(Payment), *conditions).order_by(Payment.id)))


def _returned(payment: Payment) -> int:
    done = select(func.coalesce(func.sum(Refund.amount), 0)).where(
        scoped(Refund), Refund.payment_id == payment.id, Refund.state == "done"
    )
    return int(db.session.execute(done).scalar_one())
