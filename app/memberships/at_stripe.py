"""A tier, its prices, a member and the portal as Stripe knows them, each made once in an account."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.core.database import db
from app.memberships.models.paying import Customer
from billing.gateway import Params
from billing.operations import perform
from tenants.context import current_tenant_id

if TYPE_CHECKING:
    from app.memberships.models.prices import TierPrice
    from app.memberships.models.selling import Sold

# Cards, invoices and what stands on them. Tiers are changed and cancelled here, where what it costs is shown first.
_PORTAL: Params = {
    "features": {
        "payment_method_update": {"enabled": True},
        "invoice_history": {"enabled": True},
        "customer_update": {"enabled": True, "allowed_updates": ["email", "name", "address", "tax_id"]},
        "subscription_cancel": {"enabled": False},
        "subscription_update": {"enabled": False},
    }
}


def price_at(price: "TierPrice", tier: "Sold", account: str, *, now: datetime) -> str:
    """Return Stripe's name of a price in an account, made there now where it is not known yet.

    :raises Refused: when Stripe will not.
    :raises Unclear: when it does not answer.
    """
    if price.account_id != account or price.price_id is None:
        wanted: Params = {
            "product": product_at(tier, account, now=now),
            "currency": price.currency.lower(),
            "unit_amount": price.amount,
            "tax_behavior": "inclusive",
            "nickname": tier.name,
            "metadata": {"price": str(price.id)},
        }
        if price.interval != "once":
            wanted["recurring"] = {"interval": price.interval}
        made = perform("price", f"price {price.id} in {account}", wanted, account=account, now=now)
        price.account_id, price.price_id = account, made["id"]
        db.session.flush()
    return price.price_id or ""


def product_at(tier: "Sold", account: str, *, now: datetime) -> str:
    """Return Stripe's name of a tier in an account, made there now where it is not known yet; raises as `price_at`."""
    wanted = {"name": tier.name, "metadata": {"tier": str(tier.id)}}
    return str(perform("product", f"tier {tier.id} in {account}", wanted, account=account, now=now)["id"])


def customer_at(member_id: UUID, name: str, account: str, *, now: datetime) -> str:
    """Return who a member is in an account (empty: the platform's own): the same customer every time. Stripe's own page asks
    them for an address.

    :raises Refused: when Stripe will not.
    :raises Unclear: when it does not answer.
    """
    known = db.session.get(Customer, (current_tenant_id(), member_id, account))
    if known is None:
        wanted = {"name": name, "metadata": {"member": str(member_id)}}
        made = perform("customer", f"member {member_id} in {account}", wanted, account=account, now=now)
        known = Customer(member_id=member_id, account_id=account, customer_id=made["id"])
        db.session.add(known)
        db.session.flush()
    return known.customer_id


def portal_at(account: str, *, now: datetime) -> str:
    """Return the portal's configuration in an account: cards and invoices, nothing else.

    :raises Refused: when Stripe will not.
    :raises Unclear: when it does not answer.
    """
    made = perform("billing_portal.configuration", f"memberships in {account}", _PORTAL, account=account, now=now)
    return str(made["id"])
