"""What is compared with Stripe every night: codes that were closed on one side alone, and what was taken off unbooked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from app.core.database import db
from app.memberships.models import Purchase, TierPrice
from app.offers.booking import source
from app.offers.following import offer_of, was_closed
from app.offers.models import Discount
from billing import gateway
from billing.connections import connection
from billing.ledger import is_booked
from billing.reconciling import Difference, reconciles
from tenants.isolation import scoped

# An end that Stripe was not told of is found within days; nobody opens a code again after that.
_WATCHED = timedelta(days=14)
# Stripe tries for as long to be paid for an invoice.
_PAID_WITHIN = timedelta(days=30)


@reconciles("offer")
def compare_codes(now: datetime) -> Iterator[Difference]:
    """Give the codes that can be used here and not there, or there and not here."""
    living = connection()
    if living is None or living.disconnected_at is not None:
        return
    watched = select(Discount).where(
        scoped(Discount),
        Discount.account_id == living.account_id,
        Discount.promotion_id.is_not(None),
        or_(Discount.ended_at.is_(None), Discount.ended_at > now - _WATCHED),
        or_(Discount.until.is_(None), Discount.until > now),
    )
    for offer in db.session.scalars(watched).all():
        theirs = gateway.fetch("promotion_code", offer.promotion_id or "", account=offer.account_id)
        about = (theirs["id"], "code")
        if offer.ended_at is not None and theirs["active"]:
            yield Difference(*about, "ended", "open", offer.account_id, kind="promotion_code")
        elif offer.ended_at is None and was_closed(theirs, now=now):
            yield Difference(*about, "open", "closed", offer.account_id, kind="promotion_code")


@reconciles("offer discount", by_span=True)
def compare_taken_off(now: datetime, since: datetime, until: datetime) -> Iterator[Difference]:
    """Give what offers took off in a span and is not in the books."""
    living = connection()
    if living is None or living.account_id is None or living.disconnected_at is not None:
        return
    if db.session.scalars(select(Discount.id).where(scoped(Discount)).limit(1)).first() is None:
        return
    account = living.account_id
    span = {"gte": int((since - _PAID_WITHIN).timestamp()), "lte": int(until.timestamp())}
    wanted = {"created": span, "status": "paid", "expand": ["data.total_discount_amounts.discount"]}
    for invoice in gateway.each("invoice", wanted, account=account):
        for part in invoice["total_discount_amounts"] or () if invoice.get("parent") else ():
            offer = offer_of(part["discount"])
            if offer is not None and part["amount"] and not is_booked(source(offer.id, invoice["id"])):
                yield Difference(invoice["id"], "taken off", "0", str(part["amount"]), account, kind="invoice")
    yield from _bought_once(since, until)


def _bought_once(since: datetime, until: datetime) -> Iterator[Difference]:
    paid = (
        select(Purchase)
        .join(TierPrice, (TierPrice.tenant_id == Purchase.tenant_id) & (TierPrice.id == Purchase.price_id))
        .where(
            scoped(Purchase),
            scoped(TierPrice),
            TierPrice.interval == "once",
            Purchase.state == "paid",
            Purchase.discount_id.is_not(None),
            Purchase.ended_at.between(since, until),
        )
    )
    for purchase in db.session.scalars(paid).all():
        if purchase.discount_id and not is_booked(source(purchase.discount_id, purchase.session_id)):
            about = (purchase.session_id, "taken off", "0", "something")
            yield Difference(*about, purchase.account_id, kind="checkout.session")
