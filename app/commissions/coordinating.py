"""Whoever coordinates a gig for its author has a fee of each payment, on top of the price; `app.projects` says who."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.commissions.rules import Applied
from app.commissions.split import Fee, FrozenTerms

#: Given a gig; returns who coordinates it and for which fee, or None.
Finder = Callable[[Any], tuple[UUID, Fee] | None]

#: Given a gig and when a part of its work was accepted; returns whose the fee for that part is, or None: as the terms say.
Payee = Callable[[Any, datetime | None], UUID | None]

_finders: list[Finder] = []
_payees: list[Payee] = []


def names_coordinator(finder: Finder) -> Finder:
    """Let a feature above say who coordinates a gig, when the terms of an agreement about it are kept."""
    _finders.append(finder)
    return finder


def says_whose_fee(payee: Payee) -> Payee:
    """Let a feature above say whose a coordinator's fee is where somebody else led meanwhile."""
    _payees.append(payee)
    return payee


def with_payee(terms: FrozenTerms, gig: Any, accepted_at: datetime | None) -> FrozenTerms:
    """Return an agreement's terms with whoever the fee of one of its parts goes to: the terms are kept as they were agreed,
    and who coordinates may change.

    :param accepted_at: when the part was accepted; None: not yet.
    """
    if terms.coordinator_id is None:
        return terms
    found = (payee(gig, accepted_at) for payee in _payees)
    return replace(terms, coordinator_id=next((one for one in found if one is not None), terms.coordinator_id))


def with_coordinator(found: Applied, gig: Any) -> Applied:
    """Return what the rules come to with the fee of whoever coordinates a gig; the same where nobody does."""
    for finder in _finders:
        held = finder(gig)
        if held is not None:
            return coordinated(found, *held)
    return found


def coordinated(found: Applied, coordinator_id: UUID, fee: Fee) -> Applied:
    """Return what the rules come to with a coordinator's fee in place of theirs."""
    return replace(found, terms=replace(found.terms, coordinator=fee, coordinator_id=coordinator_id))
