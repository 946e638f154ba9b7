"""Amounts of a project in words: money, or hours of credit."""

from app.core.wording import hours, money


def shown(amount: int, currency: str | None) -> str:
    """Return minor units of a currency, or without one minutes of credit, as people read them."""
    return money(amount, currency) if currency else hours(amount)
