"""What membership fees do in the books: they come in, less what Stripe and the platform keep, and some go back.

Amounts are as they moved the account's balance, in its currency; what was charged in another is worth that much there.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.memberships.models.paying import Payment
from billing import gateway
from billing.gateway import Answer
from billing.ledger import Line, post
from tenants.isolation import scoped

# A refund that has not failed.
_GOES_BACK = ("succeeded", "pending", "requires_action")


def book_charge(
    charge_id: str | None,
    account: str | None,
    *,
    member_id: UUID,
    tier_id: UUID,
    invoice_id: str | None,
    now: datetime,
) -> Payment | None:
    """Book a payment with all that happened to it since, once; return it, or None while it moved no money."""
    if charge_id is None:
        return None
    charge = gateway.fetch("charge", charge_id, account=account, expand=("balance_transaction",))
    if not charge["paid"] or not isinstance(charge["balance_transaction"], dict):
        return None
    payment = _known(charge_id)
    if payment is None:
        payment = Payment(
            member_id=member_id,
            tier_id=tier_id,
            account_id=account,
            charge_id=charge_id,
            invoice_id=invoice_id,
            amount=charge["amount"],
            currency=charge["currency"].upper(),
            paid_at=datetime.fromtimestamp(charge["created"], UTC),
            refunded=0,
            fee_returned=0,
        )
        db.session.add(payment)
    _book(charge, payment, now)
    db.session.flush()
    return payment


def book_known_charge(charge_id: str, account: str | None, *, now: datetime) -> Payment | None:
    """Book what happened to a payment since; None where it was for no membership."""
    payment = _known(charge_id)
    if payment is not None:
        charge = gateway.fetch("charge", charge_id, account=account, expand=("balance_transaction",))
        _book(charge, payment, now)
        db.session.flush()
    return payment


def _known(charge_id: str) -> Payment | None:
    return db.session.scalars(select(Payment).where(scoped(Payment), Payment.charge_id == charge_id)).one_or_none()


def _book(charge: Answer, payment: Payment, now: datetime) -> None:
    moved = charge["balance_transaction"]
    _post("membership", f"charge {charge['id']}", "memberships", moved, payment, now)
    if charge["amount_refunded"] or charge["refunded"]:
        _book_refunds(charge, payment, now)
    if charge["disputed"]:
        for dispute in gateway.each("dispute", {"charge": charge["id"]}, account=payment.account_id):
            for part in dispute["balance_transactions"]:
                _post("dispute", f"dispute {dispute['id']} {part['id']}", "disputes", part, payment, now)


def _book_refunds(charge: Answer, payment: Payment, now: datetime) -> None:
    wanted = {"charge": charge["id"], "expand": ["data.balance_transaction", "data.failure_balance_transaction"]}
    refunds = list(gateway.each("refund", wanted, account=payment.account_id))
    for refund in refunds:
        for name in ("balance_transaction", "failure_balance_transaction"):
            if isinstance(refund.get(name), dict):
                _post("refund", f"refund {refund['id']} {name}", "refunds", refund[name], payment, now)
    payment.refunded = sum(refund["amount"] for refund in refunds if refund["status"] in _GOES_BACK)
    if charge.get("application_fee"):
        _book_returned_fee(charge["application_fee"], payment, now)


def _book_returned_fee(fee_id: str, payment: Payment, now: datetime) -> None:
    """Book what the platform gave back of its share: of that, only the fee itself tells."""
    fee = gateway.fetch("application_fee", fee_id)
    more = fee["amount_refunded"] - payment.fee_returned
    if more > 0:
        lines = [Line("stripe", more), Line("fees.platform", -more)]
        source = f"fee {fee_id} returned to {fee['amount_refunded']}"
        post("fee", source, lines, currency=fee["currency"], happened_at=now, now=now)
        payment.fee_returned = fee["amount_refunded"]


def _post(kind: str, source: str, account: str, moved: dict[str, Any], payment: Payment, now: datetime) -> None:
    """Book one movement of the leader's balance: against `account`, with its fees beside it."""
    fees: Iterable[dict[str, Any]] = moved["fee_details"]
    lines = [
        Line("stripe", moved["net"]),
        Line(account, -moved["amount"], payment.member_id),
        Line("fees.platform", sum(fee["amount"] for fee in fees if fee["type"] == "application_fee")),
        Line("fees.stripe", sum(fee["amount"] for fee in fees if fee["type"] != "application_fee")),
    ]
    happened_at = datetime.fromtimestamp(moved["created"], UTC)
    post(kind, source, lines, currency=moved["currency"], happened_at=happened_at, now=now)
