"""A held payment, who has which share of it, what of it goes back, and the accounts that shares go to."""

from app.payments.models.account import PayoutAccount
from app.payments.models.payment import OPEN, PAID, STATES, Payment
from app.payments.models.refund import OWED, Refund
from app.payments.models.share import Share

__all__ = ["OPEN", "OWED", "PAID", "STATES", "Payment", "PayoutAccount", "Refund", "Share"]
