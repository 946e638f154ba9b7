"""What is compared with Stripe every night: pages for gigs that have closed without our knowing, and whether what was paid, given
back and taken back is in the books.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.database import db
from app.fees.models import EVER_PAID, GigPurchase, dispute_source, refund_sources
from billing import gateway
from billing.connections import connection
from billing.gateway import Answer
from billing.ledger import is_booked
from billing.reconciling import Difference, reconciles
from tenants.isolation import scoped

# A bank says within a month that it did not take a refund, and decides a dispute within three: as memberships are compared.
_MAY_CHANGE = timedelta(days=120)


@reconciles("gig fee")
def compare_pages(now: datetime) -> Iterator[Difference]:
    """Give the pages that were left open here and are not so there; following them heals it."""
    left_open = select(GigPurchase).where(
        scoped(GigPurchase), GigPurchase.state == "open", GigPurchase.opened_at < now - timedelta(hours=1)
    )
    for purchase in db.session.scalars(left_open).all():
        session = gateway.fetch("checkout.session", purchase.session_id, account=purchase.account_id)
        if session["status"] != "open":
            about = (purchase.session_id, "page", "open", session["status"], purchase.account_id)
            yield Difference(*about, kind="checkout.session")


@reconciles("gig fee payment", by_span=True)
def compare_payments(now: datetime, since: datetime, until: datetime) -> Iterator[Difference]:
    """Give the fees that were paid, given back or taken back, and are not in the books."""
    living = connection()
    if living is None or living.account_id is None or living.disconnected_at is not None or not _any_paid():
        return
    account = living.account_id
    span = {"created": {"gte": int(since.timestamp()), "lte": int(until.timestamp())}}
    for charge in gateway.each("charge", span, account=account):
        ours = _paid_by(charge["id"])
        if ours is not None and charge["paid"] and not is_booked(f"gig fee {ours.id}"):
            yield Difference(charge["id"], "payment", "0", str(charge["amount"]), account, kind="charge")
    longer = {"created": {"gte": int((since - _MAY_CHANGE).timestamp()), "lte": int(until.timestamp())}}
    for refund in gateway.each("refund", longer, account=account):
        if (ours := _paid_by(refund["charge"])) is not None:
            yield from _unbooked(refund, [source for _name, source in refund_sources(ours, refund)], account)
    for dispute in gateway.each("dispute", longer, account=account):
        if (ours := _paid_by(dispute["charge"])) is not None:
            sources = [dispute_source(dispute, moved) for moved in dispute["balance_transactions"]]
            yield from _unbooked(dispute, sources, account)
            if ours.state == "disputed" and dispute["status"] in ("won", "lost"):
                yield Difference(dispute["id"], "decided", "open", dispute["status"], account, kind="dispute")


def _unbooked(thing: Answer, sources: list[str], account: str) -> Iterator[Difference]:
    booked = sum(is_booked(source) for source in sources)
    if booked < len(sources):
        what = f"movements of a {thing['object']}"
        yield Difference(thing["id"], what, str(booked), str(len(sources)), account, kind=thing["object"])


def _any_paid() -> bool:
    paid = select(GigPurchase.id).where(scoped(GigPurchase), GigPurchase.charge_id.is_not(None))
    return db.session.scalars(paid.limit(1)).first() is not None


def _paid_by(charge_id: str | None) -> GigPurchase | None:
    of_it = select(GigPurchase).where(scoped(GigPurchase), GigPurchase.charge_id == charge_id)
    return db.session.scalars(of_it.where(GigPurchase.state.in_(EVER_PAID))).one_or_none()
