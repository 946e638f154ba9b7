"""What is done when Stripe tells of a payment for a gig: look how it stands there; publish the gig, or let it stand out.

Which purchase it is, the page's own name says, which we were given when we had it made.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select

from app.core.database import db
from app.core.errors import ProductError
from app.fees.asking import featured_until
from app.fees.disputes import follow_disputes, rests_for_its_fee, title_of
from app.fees.jobs import give_back, look_again
from app.fees.models import ACCOUNTS, GigPurchase, refund_sources
from app.gigs.models import Gig
from app.gigs.models.listeners import when_moved
from app.memberships.telling import tell_of_failed_refund
from billing import gateway
from billing.following import follow, follows
from billing.gateway import Answer
from billing.ledger import About, Line, post
from billing.movements import Sold, book_movement, refunds_in_order, worth_there
from billing.taxes import invoice_page, tax_of_page
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member
from tenants.versions import touch

log = structlog.get_logger("fees")


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
        purchase.tax, purchase.page_url = tax_of_page(theirs), invoice_page(theirs, account)
        # Pages that know of no invoice yet are drawn anew.
        touch("gigs")
        db.session.flush()
        follow("connect", "charge", intent["latest_charge"], account, now=now)
        # Following its payment may have found that it is gone again.
        if purchase.state == "paid":
            _deliver(purchase, now=now)


@follows("connect", "charge")
def follow_charge(object_id: str, account: str | None, now: datetime) -> None:
    """Book a payment for a gig, and what went back of it."""
    known = select(GigPurchase).where(scoped(GigPurchase), GigPurchase.charge_id == object_id)
    of_here = known.where(GigPurchase.account_id == account).with_for_update()
    purchase = db.session.scalars(of_here).one_or_none()
    if purchase is None:
        return
    charge = gateway.settled_charge(object_id, account=account)
    sold = _sold(purchase, charge)
    moved = charge["balance_transaction"]
    book_movement("gig fee", f"gig fee {purchase.id}", ACCOUNTS[purchase.kind], moved, sold, now=now)
    _book_refunds(charge, purchase, sold, now)
    if charge["disputed"]:
        follow_disputes(charge, purchase, sold, now=now)
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
    elif purchase.kind == "listing" and rests_for_its_fee(gig):
        gig.resume(by=None)
    elif purchase.kind == "listing" and gig.state == "draft" and author.is_active:
        try:
            with db.session.begin_nested():
                gig.publish(by=author)
        except ProductError as refusal:
            # It is paid, and its author publishes it when it is mended.
            log.info("paid, and not published yet", gig=str(gig.id), why=refusal.message)
    else:
        give_back.enqueue(purchase_id=purchase.id)


def _sold(purchase: GigPurchase, charge: Answer) -> Sold:
    about = About("gig", purchase.gig_id, title_of(purchase))
    return Sold(purchase.member_id, about, charge["balance_transaction"]["amount"], worth_there(purchase.tax, charge))


def _book_refunds(charge: Answer, purchase: GigPurchase, sold: Sold, now: datetime) -> None:
    """Book what went back of a fee, and what of that came back because a bank did not take it."""
    if not charge["amount_refunded"] and purchase.state != "given_back":
        return
    for refund, after in refunds_in_order(charge["id"], purchase.account_id):
        for name, source in refund_sources(purchase, refund):
            is_new = book_movement("refund", source, ACCOUNTS[purchase.kind], refund[name], sold, now=now, after=after)
            if is_new and name == "failure_balance_transaction":
                tell_of_failed_refund(purchase, refund["amount"], refund["currency"], purchase.member_id)
    _book_returned_fee(charge, purchase, now)


def _book_returned_fee(charge: Answer, purchase: GigPurchase, now: datetime) -> None:
    """Book what the platform gave back of its share: of that, only the fee itself tells. It goes back as a whole."""
    if charge.get("application_fee"):
        fee = gateway.fetch("application_fee", charge["application_fee"])
        if fee["amount_refunded"]:
            lines = [Line("stripe", fee["amount_refunded"]), Line("fees.platform", -fee["amount_refunded"])]
            source = f"gig fee {purchase.id} share {fee['amount_refunded']}"
            post("fee", source, lines, currency=fee["currency"], happened_at=now, now=now)
