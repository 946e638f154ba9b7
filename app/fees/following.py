"""What is done when Stripe tells of a payment for a gig: look how it stands there; publish the gig, or let it stand out.

Which purchase it is, the page's own name says, which we were given when we had it made.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select

from app.core.database import db
from app.core.errors import ProductError
from app.fees.asking import featured_until
from app.fees.jobs import give_back, look_again
from app.fees.models import GigPurchase
from app.gigs.models import Gig
from app.gigs.models.listeners import when_moved
from billing import gateway
from billing.following import follow, follows
from billing.gateway import Answer
from billing.ledger import Line, post
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member
from tenants.versions import touch

log = structlog.get_logger("fees")

_ACCOUNTS = {"listing": "fees.listing", "featured": "fees.featured"}


@follows("connect", "checkout.session")
def follow_session(object_id: str, account: str | None, now: datetime) -> None:
    """Let a purchase be as its page is; whoever comes back from there finds the gig live."""
    known = select(GigPurchase).where(scoped(GigPurchase), GigPurchase.session_id == object_id)
    purchase = db.session.scalars(known.where(GigPurchase.account_id == account).with_for_update()).one_or_none()
    if purchase is None or purchase.state != "open":
        return
    theirs = gateway.fetch("checkout.session", object_id, account=account)
    if theirs["status"] == "expired":
        purchase.state, purchase.ended_at = "closed", now
    elif theirs["status"] == "complete" and theirs["payment_status"] == "paid":
        intent = gateway.fetch("payment_intent", theirs["payment_intent"], account=account)
        purchase.state, purchase.ended_at, purchase.charge_id = "paid", now, intent["latest_charge"]
        db.session.flush()
        follow("connect", "charge", intent["latest_charge"], account, now=now)
        _deliver(purchase, now=now)


@follows("connect", "charge")
def follow_charge(object_id: str, account: str | None, now: datetime) -> None:
    """Book a payment for a gig, and what went back of it."""
    known = select(GigPurchase).where(scoped(GigPurchase), GigPurchase.charge_id == object_id)
    purchase = db.session.scalars(known.where(GigPurchase.account_id == account)).one_or_none()
    if purchase is None:
        return
    charge = gateway.fetch("charge", object_id, account=account, expand=("balance_transaction",))
    _book("gig fee", f"gig fee {purchase.id}", charge["balance_transaction"], purchase, now)
    if charge["amount_refunded"]:
        wanted = {"charge": object_id, "expand": ["data.balance_transaction"]}
        for refund in gateway.each("refund", wanted, account=account):
            if isinstance(refund.get("balance_transaction"), dict):
                source = f"gig fee {purchase.id} refund {refund['id']}"
                _book("refund", source, refund["balance_transaction"], purchase, now)
        _book_returned_fee(charge, purchase, now)
    if charge["refunded"] and purchase.state == "paid":
        purchase.state = "given_back"
        touch("gigs")


@when_moved
def give_back_what_was_for_nothing(gig: Gig, verb: str, by: Any, why: str) -> None:
    """Give the fee back for a gig that was refused, or thrown away, before anybody saw it."""
    if verb in ("return", "discard", "remove") and gig.published_at is None:
        _give_back_where(GigPurchase.gig_id == gig.id)


def give_back_drafts_of(member_id: UUID) -> None:
    """Give back what a member who leaves has paid for gigs that were never published."""
    unseen = select(Gig.id).where(scoped(Gig), Gig.author_id == member_id, Gig.published_at.is_(None))
    _give_back_where(GigPurchase.gig_id.in_(unseen))


def _give_back_where(condition: Any) -> None:
    paid = select(GigPurchase.id).where(scoped(GigPurchase), GigPurchase.state == "paid", condition)
    for purchase_id in db.session.scalars(paid).all():
        give_back.enqueue(purchase_id=purchase_id)


def _deliver(purchase: GigPurchase, *, now: datetime) -> None:
    """Do what was paid for; where that is not possible any more, give it back."""
    gig = db.session.get(Gig, (current_tenant_id(), purchase.gig_id)) if purchase.gig_id else None
    author = db.session.get_one(Member, (current_tenant_id(), purchase.member_id))
    if gig is None:
        give_back.enqueue(purchase_id=purchase.id)
        return
    gig.lock()
    if purchase.kind == "featured" and gig.state == "open":
        purchase.until = (featured_until(gig.id, now=now) or now) + timedelta(days=purchase.days)
        look_again.enqueue_at(purchase.until)
        touch("gigs")
    elif purchase.kind == "listing" and gig.state == "draft" and author.is_active:
        try:
            with db.session.begin_nested():
                gig.publish(by=author)
        except ProductError as refusal:
            # It is paid, and its author publishes it when it is mended.
            log.info("paid, and not published yet", gig=str(gig.id), why=refusal.message)
    else:
        give_back.enqueue(purchase_id=purchase.id)


def _book(kind: str, source: str, moved: Answer | None, purchase: GigPurchase, now: datetime) -> None:
    """Book one movement of the leader's balance, with its fees beside it."""
    if not isinstance(moved, dict):
        return
    fees = moved["fee_details"]
    lines = [
        Line("stripe", moved["net"]),
        Line(_ACCOUNTS[purchase.kind], -moved["amount"], purchase.member_id),
        Line("fees.platform", sum(fee["amount"] for fee in fees if fee["type"] == "application_fee")),
        Line("fees.stripe", sum(fee["amount"] for fee in fees if fee["type"] != "application_fee")),
    ]
    happened_at = datetime.fromtimestamp(moved["created"], UTC)
    post(kind, source, lines, currency=moved["currency"], happened_at=happened_at, now=now)


def _book_returned_fee(charge: Answer, purchase: GigPurchase, now: datetime) -> None:
    """Book what the platform gave back of its share: of that, only the fee itself tells. It goes back as a whole."""
    if charge.get("application_fee"):
        fee = gateway.fetch("application_fee", charge["application_fee"])
        if fee["amount_refunded"]:
            lines = [Line("stripe", fee["amount_refunded"]), Line("fees.platform", -fee["amount_refunded"])]
            source = f"gig fee {purchase.id} share {fee['amount_refunded']}"
            post("fee", source, lines, currency=fee["currency"], happened_at=now, now=now)
