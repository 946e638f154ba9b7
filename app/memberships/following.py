"""What is done when Stripe tells of a membership: look how it stands there, and let ours be so.

Who bought what, our own signed reference says; never an address, and never what a webhook holds. A subscription that nobody
bought here, or of something that is not sold here, is the leader's own business, and nothing to us.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select

from app.core.database import db
from app.core.ids import new_id
from app.memberships.booking import book_charge, book_known_charge
from app.memberships.buying import bought_membership
from app.memberships.models import Customer, Membership, Purchase, TierPrice
from app.memberships.platform_share import points_at, set_share_of
from app.memberships.references import purchase_named
from app.memberships.surplus import give_back, is_surplus
from billing import gateway
from billing.entitlements import application_fee_points
from billing.following import follow, follows, lock
from billing.gateway import Answer, NotSettled
from billing.movements import tax_of_invoice
from billing.taxes import invoice_page, tax_of_page
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member

log = structlog.get_logger("memberships")


@follows("connect", "checkout.session")
def follow_session(object_id: str, account: str | None, now: datetime) -> None:
    """Let a purchase be as its page is; what was bought on it is followed along, so that whoever comes back has it."""
    known = select(Purchase).where(scoped(Purchase), Purchase.session_id == object_id, Purchase.account_id == account)
    purchase = db.session.scalars(known).one_or_none()
    if purchase is None:
        return
    theirs = gateway.fetch("checkout.session", object_id, account=account)
    if purchase_named(theirs.get("client_reference_id")) is not purchase:
        log.warning("a page names another purchase", session=object_id)
    elif theirs["status"] == "expired":
        purchase.end("closed", now=now)
    elif theirs["status"] == "complete" and theirs["payment_status"] != "unpaid":
        purchase.end("paid", now=now)
        db.session.flush()
        if theirs["subscription"]:
            follow("connect", "subscription", theirs["subscription"], account, now=now)
            with suppress(NotSettled):
                # Whoever comes back has it; what was paid is booked as soon as Stripe tells that it has arrived.
                follow("connect", "invoice", theirs["invoice"], account, now=now)
        else:
            _bought_once(purchase, theirs, now)


@follows("connect", "subscription")
def follow_subscription(object_id: str, account: str | None, now: datetime) -> None:
    """Let a membership be as its subscription is; begin it where it was bought here and is none yet."""
    theirs = gateway.fetch("subscription", object_id, account=account)
    known = select(Membership).where(scoped(Membership), Membership.subscription_id == object_id)
    found, price = db.session.scalars(known).one_or_none(), _price_of(theirs)
    if found is None:
        found = _begun(theirs, account, price, now)
    if found is not None:
        found.take_over(theirs, price, now=now)
        db.session.flush()
        if found.state != "ended" and points_at(theirs) != application_fee_points():
            set_share_of.enqueue(once=f"share {found.id}", membership_id=found.id)


@follows("connect", "invoice")
def follow_invoice(object_id: str, account: str | None, now: datetime) -> None:
    """Book what was paid of an invoice for a membership."""
    theirs = gateway.fetch("invoice", object_id, account=account, expand=("payments",))
    if not theirs.get("parent"):
        # Of what was bought once: its page tells of it.
        return
    customer = _customer(theirs["customer"])
    sold = [price for line in theirs["lines"]["data"] if (price := _named_price(_price_in(line))) is not None]
    if customer is None or not sold:
        return
    for payment in theirs["payments"]["data"]:
        intent = payment["payment"].get("payment_intent")
        if payment["status"] == "paid" and intent:
            charge = gateway.fetch("payment_intent", intent, account=account)["latest_charge"]
            # The line that comes last is what is paid for from now on.
            book_charge(
                charge,
                account,
                member_id=customer.member_id,
                tier_id=sold[-1].tier_id,
                invoice_id=object_id,
                tax=tax_of_invoice(theirs),
                page_url=theirs.get("hosted_invoice_url") or "",
                now=now,
            )


@follows("connect", "charge")
def follow_charge(object_id: str, account: str | None, now: datetime) -> None:
    """Book what went back of a payment, or was taken back; what was bought once and is given back is over."""
    payment = book_known_charge(object_id, account, now=now)
    if payment is not None and payment.invoice_id is None and payment.refunded == payment.amount:
        intent = gateway.fetch("charge", object_id, account=account)["payment_intent"]
        known = select(Membership).where(scoped(Membership), Membership.intent_id == intent)
        if (bought := db.session.scalars(known).one_or_none()) is not None:
            bought.end(now=now)


@follows("connect", "refund")
def follow_refund(object_id: str, account: str | None, now: datetime) -> None:
    charge = gateway.fetch("refund", object_id, account=account)["charge"]
    if charge:
        follow("connect", "charge", charge, account, now=now)


@follows("connect", "dispute")
def follow_dispute(object_id: str, account: str | None, now: datetime) -> None:
    follow("connect", "charge", gateway.fetch("dispute", object_id, account=account)["charge"], account, now=now)


def _begun(theirs: Answer, account: str | None, price: TierPrice | None, now: datetime) -> Membership | None:
    """Return the membership that a subscription of which we did not know gives, if it gives one."""
    purchase = purchase_named(theirs["metadata"].get("reference"))
    if purchase is None or price is None or purchase.account_id != account:
        return None
    elif theirs["status"] in ("incomplete", "incomplete_expired", "canceled"):
        # Nothing was paid, or it is over.
        return None
    elif _may_have(purchase, theirs["customer"]):
        return _new(purchase, price, theirs["customer"], subscription_id=theirs["id"], now=now)
    else:
        give_back(purchase, now=now, subscription=theirs)
        return None


def _bought_once(purchase: Purchase, page: Answer, now: datetime) -> None:
    """Give what was bought once on a page, and book it."""
    intent = page["payment_intent"]
    known = select(Membership.id).where(scoped(Membership), Membership.intent_id == intent)
    theirs = gateway.fetch("payment_intent", intent, account=purchase.account_id)
    price = db.session.get_one(TierPrice, (current_tenant_id(), purchase.price_id))
    payment = book_charge(
        theirs["latest_charge"],
        purchase.account_id,
        member_id=purchase.member_id,
        tier_id=price.tier_id,
        invoice_id=None,
        tax=tax_of_page(page),
        page_url=invoice_page(page, purchase.account_id),
        now=now,
    )
    if db.session.scalars(known).first() is not None or payment is None or payment.refunded == payment.amount:
        return
    elif _may_have(purchase, theirs["customer"]):
        bought = _new(purchase, price, theirs["customer"], intent_id=intent, now=now)
        bought.begin(now=now)
    else:
        give_back(purchase, now=now, charge=theirs["latest_charge"])


def _may_have(purchase: Purchase, customer_id: str) -> bool:
    """Return whether what was paid becomes a membership: its member is here, pays for no other, and is who paid;
    and it does not go back already.
    """
    lock(f"membership of {current_tenant_id()} {purchase.member_id}")
    member = db.session.get_one(Member, (current_tenant_id(), purchase.member_id))
    customer = _customer(customer_id)
    is_theirs = customer is not None and customer.member_id == member.id
    return member.is_active and is_theirs and bought_membership(member.id) is None and not is_surplus(purchase)


def _new(purchase: Purchase, price: TierPrice, customer_id: str, *, now: datetime, **proof: str) -> Membership:
    bought = Membership(
        id=new_id(),
        member_id=purchase.member_id,
        tier_id=price.tier_id,
        price_id=price.id,
        source="bought",
        began_at=now,
        account_id=purchase.account_id,
        customer_id=customer_id,
        **proof,
    )
    db.session.add(bought)
    return bought


def _customer(customer_id: Any) -> Customer | None:
    known = select(Customer).where(scoped(Customer), Customer.customer_id == customer_id)
    return db.session.scalars(known).one_or_none()


def _price_of(subscription: Answer) -> TierPrice | None:
    """Return what of ours a subscription pays for, or None."""
    return next(
        (known for item in subscription["items"]["data"] if (known := _named_price(item["price"]["id"])) is not None),
        None,
    )


def _price_in(line: dict[str, Any]) -> str | None:
    named: str | None = ((line.get("pricing") or {}).get("price_details") or {}).get("price")
    return named


def _named_price(price_id: str | None) -> TierPrice | None:
    known = select(TierPrice).where(scoped(TierPrice), TierPrice.price_id == price_id)
    return db.session.scalars(known).one_or_none()
