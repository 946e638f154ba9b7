"""Writing down that something paid here could not be given back: its member and the leaders are told what to do."""

from typing import Any
from uuid import UUID

from app.activity.recording import record


def tell_of_failed_refund(paid: Any, minor: int, currency: str, member_id: UUID) -> None:
    """Write one fact about a payment to this marketplace (of a membership, of a fee): its bank did not take a refund."""
    record("refund_failed", paid, by=None, kind="sale", member_id=member_id, minor=minor, currency=currency.upper())
