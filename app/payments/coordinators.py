"""Whose the fee for coordinating is: of each part that of whoever led the project when it was accepted."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from app.agreements.models import Agreement
from app.payments.parts import part_of, payments_of
from billing.following import lock

_UNDER_WAY = ("asked", "processing", "held", "disputed")


def hold_funding(agreement_ids: Iterable[UUID]) -> None:
    """Let nobody begin to pay for these agreements until this transaction ends. Whoever holds gigs already comes too late: a
    payment takes this first and them after it.
    """
    for agreement_id in sorted(agreement_ids):
        lock(f"funding {agreement_id}")


def hand_on_fee(agreement: Agreement, to_id: UUID) -> None:
    """Let somebody else have the fee for what of an agreement, which is locked, is not accepted yet.

    What is paid in later asks who leads then; what is under way already, with its funding held, is told here.
    """
    for payment in payments_of(agreement.id):
        payment.lock()
        terms = payment.frozen_terms
        is_under_way = payment.kind == "work" and payment.state in _UNDER_WAY and not payment.released
        if is_under_way and terms.coordinator_id is not None and not part_of(payment, agreement).is_accepted:
            payment.terms = replace(terms, coordinator_id=to_id).as_json()
