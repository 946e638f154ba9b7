"""What becomes of proposals when their gig ends, and of agreements when one side leaves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.agreements.models import Agreement
from app.agreements.states import BINDING, NEGOTIATED
from app.applications.answering import why_it_ended
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.gigs.models.listeners import when_moved
from tenants.context import Actor
from tenants.isolation import scoped


@when_moved
def call_off_proposals(gig: Gig, verb: str, by: Any, why: str) -> None:
    """Call off what is still talked about when a gig fills or ends. Agreements that stand go on."""
    words = why_it_ended(verb, why)
    if words:
        for proposal in _of(Agreement.gig_id == gig.id, Agreement.state.in_(NEGOTIATED)):
            proposal.lapse(by=by, why=words, now=clock.now())


def binding_agreements(member_id: UUID) -> list[Agreement]:
    """Return the agreements that keep a member from leaving: both sides stand by them and they are not over."""
    return _of(_has_party(member_id), Agreement.state.in_(BINDING))


def leave_the_table(member: Actor, *, why: str, now: datetime) -> int:
    """Call off every proposal of a member who leaves, and return how many there were."""
    proposals = _of(_has_party(member.id), Agreement.state.in_(NEGOTIATED))
    for proposal in proposals:
        proposal.cancel(by=member, why=why, now=now)
    return len(proposals)


def part_ways(member_id: UUID, *, by: Actor, why: str, now: datetime) -> int:
    """End whatever a member who is removed still has open, and return how many agreements there were.

    `by` leads here and is none of the two sides; each seat is free again and the other sides may write their reviews.
    """
    ended = _of(_has_party(member_id), Agreement.state.in_((*NEGOTIATED, *BINDING)))
    for agreement in ended:
        agreement.dissolve(by=by, why=why, now=now)
    return len(ended)


def _has_party(member_id: UUID) -> Any:
    return or_(Agreement.client_id == member_id, Agreement.worker_id == member_id)


def _of(*conditions: Any) -> list[Agreement]:
    return list(db.session.scalars(select(Agreement).where(scoped(Agreement), *conditions).order_by(Agreement.id)))
