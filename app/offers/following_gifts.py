"""What is done when Stripe tells of a gift's page or payment: look how it stands there, and let ours be so.

Which gift it is, the page's own name says, which we were given when we had it made. Its payment is booked as one for a
membership, by whoever gives it; so are its refunds and disputes.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.database import db
from app.core.months import plus_months
from app.memberships.booking import book_charge
from app.offers.buying_gifts import give_back
from app.offers.models import Gift
from billing import gateway
from billing.following import follow, follows
from billing.reconciling import Difference, reconciles
from billing.taxes import invoice_page, tax_of_page
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member

#: For so long a gift can be redeemed.
HOLDS_MONTHS = 36


@follows("connect", "checkout.session")
def follow_session(object_id: str, account: str | None, now: datetime) -> None:
    """Let a gift be as its page is; whoever comes back from there finds its card."""
    known = select(Gift).where(scoped(Gift), Gift.session_id == object_id, Gift.account_id == account)
    gift = db.session.scalars(known.with_for_update()).one_or_none()
    if gift is None or gift.state != "open":
        return
    theirs = gateway.fetch("checkout.session", object_id, account=account)
    if theirs["status"] == "expired":
        gift.state = "closed"
    elif theirs["status"] == "complete" and theirs["payment_status"] == "paid":
        intent = gateway.fetch("payment_intent", theirs["payment_intent"], account=account)
        gift.charge_id = intent["latest_charge"]
        gift.state, gift.paid_at, gift.expires_at = "paid", now, plus_months(now, HOLDS_MONTHS)
        whose = {"member_id": gift.member_id, "tier_id": gift.tier_id, "invoice_id": None}
        told = {"tax": tax_of_page(theirs), "page_url": invoice_page(theirs, account)}
        book_charge(gift.charge_id, account, now=now, **whose, **told)
        db.session.flush()
        follow("connect", "charge", gift.charge_id or "", account, now=now)
        giver = db.session.get_one(Member, (current_tenant_id(), gift.member_id))
        if not giver.is_active and gift.state == "paid":
            # Nobody is left who could pass it on.
            gift.take_back("given_back", now=now)
            give_back.enqueue(gift_id=gift.id)
    db.session.flush()


@follows("connect", "charge")
def follow_charge(object_id: str, account: str | None, now: datetime) -> None:
    """End what a gift gave whose payment has gone back; while its bank looks at it, it rests."""
    known = select(Gift).where(scoped(Gift), Gift.charge_id == object_id, Gift.account_id == account)
    gift = db.session.scalars(known.with_for_update()).one_or_none()
    if gift is None:
        return
    charge = gateway.fetch("charge", object_id, account=account)
    if charge["refunded"]:
        gift.take_back("given_back", now=now)
    elif charge["disputed"]:
        disputes = list(gateway.each("dispute", {"charge": object_id}, account=account))
        if not all(one["status"] == "won" for one in disputes):
            gift.take_back("disputed", now=now)
        elif gift.state == "given_back":
            # A leader gave it back while the bank held the money: now it can go.
            give_back.enqueue(gift_id=gift.id)
        else:
            gift.restore(now=now)


@reconciles("gift")
def compare_gifts(now: datetime) -> Iterator[Difference]:
    """Give the pages of gifts that were left open here and are not so there; following them heals it."""
    left_open = select(Gift).where(scoped(Gift), Gift.state == "open", Gift.opened_at < now - timedelta(hours=1))
    for gift in db.session.scalars(left_open).all():
        session = gateway.fetch("checkout.session", gift.session_id, account=gift.account_id)
        if session["status"] != "open":
            about = (gift.session_id, "page", "open", session["status"], gift.account_id)
            yield Difference(*about, kind="checkout.session")
