"""Named reads of offers."""

from uuid import UUID

from sqlalchemy import func, select

from app.core.database import db
from app.core.paging import Keyset, Page
from app.memberships.models import Purchase, Tier
from app.offers.models import Discount, DiscountTier
from tenants.isolation import scoped

_ROWS = Keyset(
    select(Discount.id, Discount.created_at).where(scoped(Discount)), by=("created_at", "id"), size=20, descending=True
)


def page_of_offers(at: str | None) -> Page[Discount]:
    """Return a page of the leader's offers, the newest first."""
    page = _ROWS.page(at)
    ids = [row.id for row in page]
    found = {one.id: one for one in db.session.scalars(select(Discount).where(scoped(Discount), Discount.id.in_(ids)))}
    return Page([found[one] for one in ids], page.next, page.previous)


def uses_of(offer_ids: list[UUID]) -> dict[UUID, int]:
    """Return how often each of some offers was begun with."""
    counted = (
        select(Purchase.discount_id, func.count())
        .where(scoped(Purchase), Purchase.discount_id.in_(offer_ids), Purchase.state == "paid")
        .group_by(Purchase.discount_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}


def tiers_of_offers(offer_ids: list[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the tiers that each of some offers is for; none where it is for all."""
    named = (
        select(DiscountTier.discount_id, Tier.name)
        .join(Tier, (Tier.tenant_id == DiscountTier.tenant_id) & (Tier.id == DiscountTier.tier_id))
        .where(scoped(DiscountTier), scoped(Tier), DiscountTier.discount_id.in_(offer_ids))
        .order_by(Tier.position, Tier.id)
    )
    found: dict[UUID, list[str]] = {}
    for offer_id, name in db.session.execute(named):
        found.setdefault(offer_id, []).append(name)
    return found
