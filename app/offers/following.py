"""What is done when Stripe tells of a discount: what it took off is booked, and a code that was closed there is closed here."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.memberships.models import Customer, Purchase, TierPrice
from app.offers.at_stripe import close_code
from app.offers.booking import book_taken_off
from app.offers.models import Discount
from billing import gateway
from billing.following import follow, follows
from billing.gateway import AccessLost, Answer, Refused
from tenants.context import current_tenant_id
from tenants.isolation import scoped


@follows("connect", "invoice")
def follow_invoice(object_id: str, account: str | None, now: datetime) -> None:
    """Book what offers took off an invoice that is paid."""
    if db.session.scalars(select(Discount.id).where(scoped(Discount)).limit(1)).first() is None:
        return
    theirs = gateway.fetch("invoice", object_id, account=account, expand=("total_discount_amounts.discount",))
    # What was bought once has an invoice too, and its page tells of it.
    if theirs["status"] == "paid" and theirs.get("parent"):
        book_invoice(theirs, now=now)


def book_invoice(invoice: Answer, *, now: datetime) -> None:
    """Book what offers took off a paid invoice, of which the discounts are at hand."""
    whose = select(Customer).where(scoped(Customer), Customer.customer_id == invoice["customer"])
    customer = db.session.scalars(whose).one_or_none()
    for part in invoice["total_discount_amounts"] or ():
        offer = offer_of(part["discount"])
        if offer is not None and customer is not None:
            book_taken_off(
                offer,
                invoice["id"],
                part["amount"],
                currency=invoice["currency"],
                member_id=customer.member_id,
                happened_at=datetime.fromtimestamp(invoice["status_transitions"]["paid_at"], UTC),
                now=now,
            )


def offer_of(discount: Any) -> Discount | None:
    """Return the offer that a discount at Stripe is of, or None where it is none of ours."""
    named = discount.get("promotion_code") if isinstance(discount, dict) else None
    return _by_code(named) if named else None


@follows("connect", "checkout.session")
def follow_session(object_id: str, account: str | None, now: datetime) -> None:
    """Book what an offer took off what was bought once; of all else invoices tell."""
    bought = select(Purchase).where(scoped(Purchase), Purchase.session_id == object_id, Purchase.account_id == account)
    purchase = db.session.scalars(bought.where(Purchase.discount_id.is_not(None))).one_or_none()
    if purchase is None:
        return
    here = current_tenant_id()
    price = db.session.get_one(TierPrice, (here, purchase.price_id))
    theirs = gateway.fetch("checkout.session", object_id, account=account)
    if price.interval == "once" and theirs["status"] == "complete":
        book_taken_off(
            db.session.get_one(Discount, (here, purchase.discount_id)),
            object_id,
            theirs["total_details"]["amount_discount"],
            currency=theirs["currency"],
            member_id=purchase.member_id,
            happened_at=purchase.ended_at or now,
            now=now,
        )


@follows("connect", "promotion_code")
def follow_code(object_id: str, account: str | None, now: datetime) -> None:
    """Let an offer be over whose code was closed at Stripe, and close there what was ended here."""
    offer = _by_code(object_id)
    if offer is None or offer.account_id != account:
        return
    try:
        theirs = gateway.fetch("promotion_code", object_id, account=account)
    except AccessLost:
        raise
    except Refused:
        theirs = {"active": False, "max_redemptions": None, "expires_at": None}
    if offer.ended_at is not None and theirs["active"]:
        close_code(offer, now=now)
    elif offer.ended_at is None and was_closed(theirs, now=now):
        offer.ended_at = now
    db.session.flush()


@follows("connect", "coupon")
def follow_coupon(object_id: str, account: str | None, now: datetime) -> None:
    """Whoever deletes a coupon at Stripe closes its code."""
    with_it = select(Discount.promotion_id).where(scoped(Discount), Discount.coupon_id == object_id)
    for named in db.session.scalars(with_it).all():
        follow("connect", "promotion_code", named or "", account, now=now)


def was_closed(code: Answer, *, now: datetime) -> bool:
    """Return whether somebody closed a code at Stripe: not that it was used up, or that its last day is over."""
    used_up = code["max_redemptions"] is not None and code["times_redeemed"] >= code["max_redemptions"]
    over = code["expires_at"] is not None and code["expires_at"] <= now.timestamp()
    return not code["active"] and not used_up and not over


def _by_code(promotion_id: str) -> Discount | None:
    known = select(Discount).where(scoped(Discount), Discount.promotion_id == promotion_id)
    return db.session.scalars(known).one_or_none()
