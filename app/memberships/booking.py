"""What membership fees do in the books: they come in, less what Stripe and the platform keep, and some go back.

Amounts are as they moved the account's balance, in its currency; what was charged in another is worth that much there.
"""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.memberships.models import Payment, Tier
from app.memberships.telling import tell_of_failed_refund
from billing import gateway
from billing.gateway import Answer
from billing.ledger import About, Line, post
from billing.movements import Sold, book_movement, goes_back, refunds_in_order, worth_there
from tenants.context import current_tenant_id
from tenants.isolation import scoped

#: How a refund moves the balance: when it leaves, and when it comes back because a bank did not take it.
REFUND_MOVES = ("balance_transaction", "failure_balance_transaction")


def book_charge(
    charge_id: str | None,
    account: str | None,
    *,
    member_id: UUID,
    tier_id: UUID,
    invoice_id: str | None,
    tax: int = 0,
    page_url: str = "",
    now: datetime,
) -> Payment | None:
    """Book a payment with all that happened to it since, once; return it, or None while it moved no money.

    :raises NotSettled: when it was paid a moment ago.
    :param tax: how much of it is tax. :param page_url: where its invoice can be read.
    """
    if charge_id is None:
        return None
    charge = gateway.settled_charge(charge_id, account=account)
    if not charge["paid"]:
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
            tax=tax,
        )
        db.session.add(payment)
    payment.page_url = page_url or payment.page_url or ""
    _book(charge, payment, now)
    db.session.flush()
    return payment


def book_known_charge(charge_id: str, account: str | None, *, now: datetime) -> Payment | None:
    """Book what happened to a payment since; None where it was for no membership."""
    payment = _known(charge_id)
    if payment is not None:
        charge = gateway.settled_charge(charge_id, account=account)
        _book(charge, payment, now)
        db.session.flush()
    return payment


def _known(charge_id: str) -> Payment | None:
    return db.session.scalars(select(Payment).where(scoped(Payment), Payment.charge_id == charge_id)).one_or_none()


def _book(charge: Answer, payment: Payment, now: datetime) -> None:
    moved, sold = charge["balance_transaction"], _sold(charge, payment)
    book_movement("membership", f"charge {charge['id']}", "memberships", moved, sold, now=now)
    # After a refund has failed, nothing of the charge is refunded any more.
    if charge["amount_refunded"] or charge["refunded"] or payment.refunded:
        _book_refunds(charge, payment, sold, now)
    if charge["disputed"]:
        for dispute in gateway.each("dispute", {"charge": charge["id"]}, account=payment.account_id):
            for part in dispute["balance_transactions"]:
                book_movement("dispute", f"dispute {dispute['id']} {part['id']}", "disputes", part, sold, now=now)


def _sold(charge: Answer, payment: Payment) -> Sold:
    tier = db.session.get_one(Tier, (current_tenant_id(), payment.tier_id))
    about = About("tier", tier.id, tier.name)
    return Sold(payment.member_id, about, charge["balance_transaction"]["amount"], worth_there(payment.tax, charge))


def _book_refunds(charge: Answer, payment: Payment, sold: Sold, now: datetime) -> None:
    refunds = refunds_in_order(charge["id"], payment.account_id)
    for refund, after in refunds:
        for name in REFUND_MOVES:
            if isinstance(moved := refund.get(name), dict):
                source = f"refund {refund['id']} {name}"
                is_new = book_movement("refund", source, "refunds", moved, sold, now=now, after=after)
                if is_new and name == "failure_balance_transaction":
                    tell_of_failed_refund(payment, refund["amount"], refund["currency"], payment.member_id)
    payment.refunded = sum(refund["amount"] for refund, _after in refunds if goes_back(refund))
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
