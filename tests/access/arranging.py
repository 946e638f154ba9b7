"""Tiers, memberships and what needs one, arranged in the tenant in force."""

from datetime import datetime, timedelta
from typing import Any

from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.memberships.models import Membership, Tier, TierPrice
from tenants.context import current_tenant_id
from tenants.models import Member, Tenant

DAY = timedelta(days=1)


def a_tier(name: str = "Supporter", *, state: str = "selling", position: int = 0, **columns: Any) -> Tier:
    """Return a new tier."""
    tier = Tier(name=name, position=position, state=state, created_at=clock.now(), **columns)
    db.session.add(tier)
    db.session.flush()
    return tier


def a_membership(member: Member, tier: Tier | None = None, **columns: Any) -> Membership:
    """Return a new membership of a member, given for good unless `columns` say otherwise."""
    tier = tier or a_tier()
    given = {"source": "complimentary", "state": "active", "began_at": clock.now() - 30 * DAY}
    membership = Membership(member_id=member.id, tier_id=tier.id, **given | columns)
    db.session.add(membership)
    db.session.commit()
    return membership


def a_subscription(member: Member, tier: Tier | None = None, **columns: Any) -> Membership:
    """Return a new membership that its member pays for month by month."""
    tier = tier or a_tier()
    price = TierPrice(tier_id=tier.id, interval="month", amount=900, currency="EUR", created_at=clock.now())
    price.archived_at = clock.now()
    db.session.add(price)
    db.session.flush()
    bought = {
        "source": "bought",
        "price_id": price.id,
        "paid_until": clock.now() + 20 * DAY,
        "subscription_id": f"sub_{new_id().hex}",
        "account_id": "acct_1",
    }
    return a_membership(member, tier, **bought | columns)


def owes(member: Member, *, until: datetime, tier: Tier | None = None) -> Membership:
    """Return a membership of which a payment failed, with a grace until a moment."""
    return a_subscription(member, tier, state="past_due", grace_until=until, paid_until=until - 7 * DAY)


def needing(after_lapse: str = "others", tiers: tuple[Tier, ...] = (), **groups: Any) -> None:
    """Have memberships be needed: `needing(post="everybody", apply=["expert"])`."""
    hall = db.session.get_one(Tenant, current_tenant_id())
    named = [str(tier.id) for tier in tiers]
    hall.membership_needs = {
        purpose: {"groups": [who] if isinstance(who, str) else list(who), "tiers": named}
        for purpose, who in groups.items()
    }
    hall.after_lapse = after_lapse
    db.session.commit()
