"""Each night: payments beside what Stripe says of them, for what nobody told us of."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.core.database import db
from app.payments.models import OPEN, PAID, Payment, Refund, Share
from billing import gateway
from billing.reconciling import Difference, reconciles
from tenants.isolation import scoped

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
    for payment in _payments(Payment.state.in_(PAID), Payment.held_at > now - _DISPUTABLE):
        charge = gateway.fetch("charge", payment.charge_id or "")
        returned = _returned(payment)
        if charge["amount_refunded"] != returned:
            yield Difference(charge["id"], "refunded", str(returned), str(charge["amount_refunded"]), kind="charge")
        elif charge["disputed"] and payment.dispute_state in (None, "open"):
            yield Difference(charge["id"], "dispute", payment.dispute_state or "none", "disputed", kind="charge")


@reconciles("gig_transfer")
def compare_transfers(now: datetime) -> Iterator[Difference]:
    """Give the transfers of which something came back that nobody here asked for: it is looked at by people."""
    sent = select(Share).where(scoped(Share), Share.transfer_id.is_not(None), Share.sent_at > now - _DISPUTABLE)
    for share in db.session.scalars(sent):
        transfer = gateway.fetch("transfer", share.transfer_id or "")
        ours, theirs = (share.sent, share.reversed), (transfer["amount"], transfer["amount_reversed"])
        if ours != theirs:
            yield Difference(transfer["id"], "sent and reversed", str(ours), str(theirs), kind="transfer")


def _payments(*conditions: Any) -> list[Payment]:
    return list(db.session.scalars(select(Payment).where(scoped(Payment), *conditions).order_by(Payment.id)))


def _returned(payment: Payment) -> int:
    done = select(func.coalesce(func.sum(Refund.amount), 0)).where(
        scoped(Refund), Refund.payment_id == payment.id, Refund.state == "done"
    )
    return int(db.session.execute(done).scalar_one())
