"""What is taken off memberships, and for which of them."""

from app.offers.models.discount import LASTS, Discount, DiscountTier

__all__ = ["LASTS", "Discount", "DiscountTier"]
