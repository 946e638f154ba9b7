"""A tier's name at Stripe, where it stands on invoices and where it is paid: it follows the name that it has here."""

from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.core.jobs import job
from app.memberships.models import Tier, TierPrice
from billing import gateway
from billing.gateway import AccessLost
from billing.operations import perform
from tenants.context import current_tenant_id
from tenants.isolation import scoped


@job("memberships.rename", queue="money", retries=8)
def rename(*, tier_id: str) -> None:
    """Let the product that a tier is at Stripe be called as the tier is now, in each account in which it was sold.

    :raises Unclear: when Stripe does not answer; doing it again is safe.
    """
    tier = db.session.get_one(Tier, (current_tenant_id(), UUID(tier_id)))
    sold = select(TierPrice.account_id, TierPrice.price_id).where(
        scoped(TierPrice), TierPrice.tier_id == tier.id, TierPrice.price_id.is_not(None)
    )
    named = set()
    for account, price_id in db.session.execute(sold):
        try:
            product_id = gateway.fetch("price", price_id, account=account)["product"]
            if product_id not in named and gateway.fetch("product", product_id, account=account)["name"] != tier.name:
                wanted = {"product": product_id, "name": tier.name}
                perform("product.change", f"name {new_id()}", wanted, account=account, now=clock.now())
            named.add(product_id)
        except AccessLost:
            continue
