"""What is compared with Stripe every night: pages for gigs that have closed without our knowing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.database import db
from app.fees.models import GigPurchase
from billing import gateway
from billing.reconciling import Difference, reconciles
from tenants.isolation import scoped


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
