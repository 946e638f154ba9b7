"""What is taken off memberships, for which of them, and memberships that are given."""

from app.offers.models.discount import LASTS, Discount, DiscountTier
from app.offers.models.gift import GIFT_STATES, Gift

__all__ = ["GIFT_STATES", "LASTS", "Discount", "DiscountTier", "Gift"]
