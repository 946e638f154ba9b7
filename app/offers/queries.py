"""Named reads of offers."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from app.core.database import db
from app.core.paging import Keyset, Page
from app.memberships.models import Purchase, Tier
from app.offers.models import Discount, DiscountTier, Gift
from tenants.isolation import scoped
from tenants.models import Member

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


_GIFTS = Keyset(
    select(Gift.id, Gift.opened_at).where(scoped(Gift), Gift.charge_id.is_not(None)),
    by=("opened_at", "id"),
    size=20,
    descending=True,
)
# A member's own: nobody scrolls through more.
_MOST = 50


def page_of_gifts(at: str | None) -> Page[Gift]:
    """Return a page of the gifts that were paid, the newest first."""
    page = _GIFTS.page(at)
    ids = [row.id for row in page]
    found = {one.id: one for one in db.session.scalars(select(Gift).where(scoped(Gift), Gift.id.in_(ids)))}
    return Page([found[one] for one in ids], page.next, page.previous)


def gifts_bought_by(member_id: UUID) -> list[Gift]:
    """Return what a member has paid for others, the newest first."""
    bought = select(Gift).where(scoped(Gift), Gift.member_id == member_id, Gift.charge_id.is_not(None))
    return list(db.session.scalars(bought.order_by(Gift.opened_at.desc()).limit(_MOST)))


def gifts_given_to(member_id: UUID) -> list[Gift]:
    """Return what a member has redeemed, the newest first."""
    given = select(Gift).where(scoped(Gift), Gift.redeemed_by == member_id)
    return list(db.session.scalars(given.order_by(Gift.redeemed_at.desc()).limit(_MOST)))


def gift_of_member(member_id: UUID, session_id: str) -> Gift | None:
    """Return a member's own gift by the name of Stripe's page, or None."""
    known = select(Gift).where(scoped(Gift), Gift.member_id == member_id, Gift.session_id == session_id)
    return db.session.scalars(known).one_or_none()


def tiers_and_givers(gifts: Collection[Gift]) -> tuple[dict[UUID, Tier], dict[UUID, str]]:
    """Return the tiers that gifts are of, and the names of who bought them, by their ids."""
    tiers = select(Tier).where(scoped(Tier), Tier.id.in_({gift.tier_id for gift in gifts}))
    givers = select(Member.id, Member.name).where(scoped(Member), Member.id.in_({gift.member_id for gift in gifts}))
    return {tier.id: tier for tier in db.session.scalars(tiers)}, {
        row.id: row.name for row in db.session.execute(givers)
    }
