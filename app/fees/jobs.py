"""What happens later: a fee goes back, and a gig stops standing out."""

from uuid import UUID

from app.core import clock
from app.core.database import db
from app.core.jobs import job
from app.fees.models import GigPurchase
from billing.following import follow
from billing.refunding import refund_all
from tenants.context import current_tenant_id
from tenants.versions import touch


@job("fees.give_back", queue="money", retries=8)
def give_back(*, purchase_id: str) -> None:
    """Give back what was paid for a gig, the platform's share and all; once, however often this runs."""
    key = (current_tenant_id(), UUID(purchase_id))
    purchase = db.session.get_one(GigPurchase, key, with_for_update=True, populate_existing=True)
    if purchase.state != "paid" or purchase.charge_id is None:
        return
    now = clock.now()
    refund_all(f"gig fee {purchase.id}", purchase.charge_id, account=purchase.account_id, now=now)
    follow("connect", "charge", purchase.charge_id, purchase.account_id, now=now)


@job("fees.look_again")
def look_again() -> None:
    """Let the listing be drawn anew: something stands out no longer."""
    touch("gigs")
