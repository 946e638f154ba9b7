"""Whose the fee for coordinating is: of each part that of whoever led the project when it was accepted."""

from dataclasses import replace
from uuid import UUID

from app.agreements.models import Agreement
from app.payments.parts import part_of, payments_of

_UNDER_WAY = ("asked", "processing", "held", "disputed")


def hand_on_fee(agreement: Agreement, to_id: UUID) -> None:
    """Let somebody else have the fee for what of an agreement, which is locked, is not accepted yet.

    What is paid in later asks who leads then; what is held already is told here.
    """
    for payment in payments_of(agreement.id):
        payment.lock()
        terms = payment.frozen_terms
        is_under_way = payment.kind == "work" and payment.state in _UNDER_WAY and not payment.released
        if is_under_way and terms.coordinator_id is not None and not part_of(payment, agreement).is_accepted:
            payment.terms = replace(terms, coordinator_id=to_id).as_json()
