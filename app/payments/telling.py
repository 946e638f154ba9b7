"""Writing down what happened to a payment: for its agreement's story, and for whoever is told."""

from typing import Any
from uuid import UUID

from app.activity.recording import record
from app.payments.models import Payment
from tenants.context import Actor


def tell(
    verb: str, payment: Payment, *, by: Actor | UUID | None, why: str = "", amount: int | None = None, **more: Any
) -> None:
    """Write one fact about a payment; `amount` is what it is about, where that is not all that was paid."""
    record(
        verb,
        payment,
        by=by,
        why=why,
        agreement_id=payment.agreement_id,
        client_id=payment.client_id,
        worker_id=payment.worker_id,
        title=payment.title,
        minor=payment.total if amount is None else amount,
        currency=payment.currency,
        **more,
    )
