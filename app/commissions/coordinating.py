"""Whoever coordinates a gig for its author has a fee of each payment, on top of the price; `app.projects` says who."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.commissions.rules import Applied
from app.commissions.split import Fee

#: Given a gig; returns who coordinates it and for which fee, or None.
Finder = Callable[[Any], tuple[UUID, Fee] | None]

_finders: list[Finder] = []


def names_coordinator(finder: Finder) -> Finder:
    """Let a feature above say who coordinates a gig, when the terms of an agreement about it are kept."""
    _finders.append(finder)
    return finder


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
