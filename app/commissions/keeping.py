"""What both sides saw stays with the terms: kept when a round is put forward, in force once that round is agreed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from app.commissions.coordinating import with_coordinator
from app.commissions.models import CommissionTerms
from app.commissions.rules import Applied, Reasons, applied
from app.commissions.split import FREE, FrozenTerms
from app.core.database import db
from app.core.reading import Reading
from tenants.isolation import scoped

_KEPT = Reading(
    select(CommissionTerms.terms, CommissionTerms.why).where(
        scoped(CommissionTerms),
        CommissionTerms.agreement_id == bindparam("agreement_id"),
        CommissionTerms.round == bindparam("round"),
    )
)


def keep_terms(agreement: Any, *, now: datetime) -> None:
    """Keep what today's rules take, for the round of terms that is put forward now. Of what is not paid nothing is taken."""
    if agreement.settlement != "money":
        return
    found = rules_for(agreement)
    db.session.execute(
        insert(CommissionTerms).values(
            agreement_id=agreement.id,
            round=agreement.round,
            terms=found.terms.as_json(),
            why=found.why.as_json(),
            kept_at=now,
        )
    )


def rules_for(agreement: Any) -> Applied:
    """Return what today's rules come to for an agreement, whose own `kept` terms count all the same."""
    found = applied(
        category_id=agreement.gig.category_id,
        currency=agreement.currency,
        client_id=agreement.client_id,
        worker_id=agreement.worker_id,
    )
    return with_coordinator(found, agreement.gig)


def kept(agreement: Any) -> Applied:
    """Return what counts for an agreement as its terms stand; nothing is taken where nothing was kept."""
    return kept_with(agreement.id, agreement.round)


def terms_of(agreement: Any) -> FrozenTerms:
    """Return what is taken of an agreement's payments: for `app.commissions.split.split`."""
    return kept(agreement).terms


def kept_with(agreement_id: UUID, terms_round: int) -> Applied:
    """Return what was kept with one round of an agreement's terms."""
    row = _KEPT.one_or_none(agreement_id=agreement_id, round=terms_round)
    return Applied(FrozenTerms.from_json(row.terms), Reasons.from_json(row.why)) if row else Applied(FREE)
