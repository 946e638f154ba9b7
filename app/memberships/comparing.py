"""What is compared with Stripe every night: memberships, pages left open, and whether every payment is in the books."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.memberships.booking import REFUND_MOVES
from app.memberships.models import Customer, Membership, Payment, Purchase, TierPrice
from app.memberships.models.membership import stands
from app.memberships.platform_share import points_at
from app.memberships.references import purchase_named
from billing import gateway
from billing.connections import connection
from billing.entitlements import application_fee_points
from billing.ledger import is_booked
from billing.reconciling import Difference, reconciles
from tenants.isolation import scoped

# Stripe tries for as long to be paid for an invoice.
_PAID_WITHIN = timedelta(days=30)
# A bank says within a month that it did not take a refund.
_FAILS_WITHIN = timedelta(days=40)
# A bank takes up to three months to decide a dispute, and may give money back then: https://docs.stripe.com/disputes/how-disputes-work
_DECIDED_WITHIN = timedelta(days=120)


@reconciles("membership")
def compare_memberships(now: datetime) -> Iterator[Difference]:
    """Give what differs of the memberships that run, and the purchases whose page has closed without our knowing."""
    running = select(Membership).where(
        scoped(Membership), Membership.subscription_id.is_not(None), Membership.state != "ended"
    )
    for ours in db.session.scalars(running).all():
        theirs = gateway.fetch("subscription", ours.subscription_id or "", account=ours.account_id)
        yield from _compared(ours, theirs)
    left_open = select(Purchase).where(
        scoped(Purchase), Purchase.state == "open", Purchase.opened_at < now - timedelta(hours=1)
    )
    for purchase in db.session.scalars(left_open).all():
        session = gateway.fetch("checkout.session", purchase.session_id, account=purchase.account_id)
        if session["status"] != "open":
            about = (purchase.session_id, "page", "open", session["status"], purchase.account_id)
            yield Difference(*about, kind="checkout.session")


def _compared(ours: Membership, theirs: dict[str, Any]) -> Iterator[Difference]:
    price = db.session.scalars(
        select(TierPrice.price_id).where(scoped(TierPrice), TierPrice.id == ours.price_id)
    ).one_or_none()
    items = theirs["items"]["data"]
    ends = max(item["current_period_end"] for item in items)
    pairs = [
        ("the platform's share", str(application_fee_points()), str(points_at(theirs))),
        ("state", ours.state, stands(theirs)),
        ("cancels at", _seconds(ours.cancels_at), str(theirs.get("cancel_at") or "")),
        ("price", price or "", items[0]["price"]["id"] if _is_sold_here(items[0]["price"]["id"]) else price or ""),
    ]
    if ours.state in ("active", "trialing"):
        pairs.append(("paid until", _seconds(ours.paid_until), str(ends)))
    for what, here, there in pairs:
        if here != there:
            yield Difference(theirs["id"], what, here, there, ours.account_id, kind="subscription")


@reconciles("membership payment", by_span=True)
def compare_payments(now: datetime, since: datetime, until: datetime) -> Iterator[Difference]:
    """Give what was bought, paid, given back and taken back in a span and is not in the books."""
    living = connection()
    if living is None or living.account_id is None or living.disconnected_at is not None:
        return
    account = living.account_id
    span = {"created": {"gte": int(since.timestamp()), "lte": int(until.timestamp())}}
    for theirs in gateway.each("subscription", span | {"status": "all"}, account=account):
        purchase = purchase_named(theirs["metadata"].get("reference"))
        if purchase is not None and stands(theirs) != "ended" and not _is_known(theirs["id"]):
            yield Difference(theirs["id"], "membership", "none", theirs["status"], account, kind="subscription")
    longer = {"created": {"gte": int((since - _PAID_WITHIN).timestamp()), "lte": int(until.timestamp())}}
    for invoice in gateway.each("invoice", longer | {"status": "paid"}, account=account):
        if invoice.get("parent") and invoice["amount_paid"] and _is_ours(invoice) and not _is_booked(invoice["id"]):
            yield Difference(invoice["id"], "payment", "0", str(invoice["amount_paid"]), account, kind="invoice")
    yield from _given_back(account, since, until)
    yield from _disputed(account, since, until)


def _given_back(account: str, since: datetime, until: datetime) -> Iterator[Difference]:
    """Give the refunds that left, or came back because a bank did not take them, and are not in the books."""
    span = {"created": {"gte": int((since - _FAILS_WITHIN).timestamp()), "lte": int(until.timestamp())}}
    for refund in gateway.each("refund", span, account=account):
        if _is_a_payment(refund["charge"]):
            moved = [name for name in REFUND_MOVES if refund.get(name)]
            booked = sum(is_booked(f"refund {refund['id']} {name}") for name in moved)
            if booked < len(moved):
                what = "movements of a refund"
                yield Difference(refund["id"], what, str(booked), str(len(moved)), account, kind="refund")


def _disputed(account: str, since: datetime, until: datetime) -> Iterator[Difference]:
    """Give what banks took back of payments, or gave back after all, and is not in the books."""
    span = {"created": {"gte": int((since - _DECIDED_WITHIN).timestamp()), "lte": int(until.timestamp())}}
    for dispute in gateway.each("dispute", span, account=account):
        parts = dispute["balance_transactions"]
        if parts and _is_a_payment(dispute["charge"]):
            booked = sum(is_booked(f"dispute {dispute['id']} {part['id']}") for part in parts)
            if booked < len(parts):
                what = "movements of a dispute"
                yield Difference(dispute["id"], what, str(booked), str(len(parts)), account, kind="dispute")


def _seconds(moment: datetime | None) -> str:
    return "" if moment is None else str(int(moment.astimezone(UTC).timestamp()))


def _there(statement: Any) -> bool:
    return db.session.execute(statement.limit(1)).first() is not None


def _is_known(subscription_id: str) -> bool:
    return _there(select(Membership.id).where(scoped(Membership), Membership.subscription_id == subscription_id))


def _is_sold_here(price_id: str) -> bool:
    return _there(select(TierPrice.id).where(scoped(TierPrice), TierPrice.price_id == price_id))


def _is_ours(invoice: dict[str, Any]) -> bool:
    named = [((line.get("pricing") or {}).get("price_details") or {}).get("price") for line in invoice["lines"]["data"]]
    of_a_member = select(Customer.member_id).where(scoped(Customer), Customer.customer_id == invoice["customer"])
    return _there(of_a_member) and any(_is_sold_here(price) for price in named if price)


def _is_booked(invoice_id: str) -> bool:
    return _there(select(Payment.id).where(scoped(Payment), Payment.invoice_id == invoice_id))


def _is_a_payment(charge_id: str | None) -> bool:
    return _there(select(Payment.id).where(scoped(Payment), Payment.charge_id == charge_id))
