"""What a leader sells, and what members have of it."""

from app.memberships.models.membership import SOURCES, STATES, Membership, current_membership
from app.memberships.models.paying import Customer, Payment, Purchase
from app.memberships.models.prices import INTERVALS, TierPrice
from app.memberships.models.tiers import LIMITS, TIER_STATES, Tier

__all__ = [
    "INTERVALS",
    "LIMITS",
    "SOURCES",
    "STATES",
    "TIER_STATES",
    "Customer",
    "Membership",
    "Payment",
    "Purchase",
    "Tier",
    "TierPrice",
    "current_membership",
]
