"""Who bought what, as it travels through Stripe and comes back: signed by us, and known to nobody else."""

from typing import Any
from uuid import UUID

from app.core.database import db
from app.core.tokens import sign, unsign
from app.memberships.models.paying import Purchase
from tenants.context import current_tenant_id

_PURPOSE = "membership purchase"


def reference(purchase_id: UUID) -> str:
    """Return what names a purchase of the tenant in force."""
    return sign([current_tenant_id(), str(purchase_id)], _PURPOSE)


def purchase_named(signed: Any) -> Purchase | None:
    """Return the purchase that a reference names, or None: forged, another tenant's, of something else."""
    named = unsign(signed, _PURPOSE) if isinstance(signed, str) else None
    if not isinstance(named, list) or len(named) != 2 or named[0] != current_tenant_id():
        return None
    return db.session.get(Purchase, (current_tenant_id(), UUID(named[1])))
