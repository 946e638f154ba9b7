"""What the clock does to agreements: it reminds whoever is waited for, and ends what has waited too long."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.activity.recording import record
from app.activity.reminding import claim_reminders, due_to_end
from app.agreements.models import Agreement
from app.agreements.queries import agreement_or_404
from app.agreements.states import AGREEMENT, ENDINGS
from app.core import clock
from app.core.jobs import job, periodic
from tenants.clockwork import tenants_where_it_is

#: Waits end at the end of a day and reminders come in the morning; the other hours catch up after a standstill.
HOURS = (0, 3, 9, 15)


@periodic("13 * * * *", "agreements.clockwork")
def strike() -> None:
    """Reach every tenant at its own hours."""
    tick.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("agreements.tick")
def tick() -> None:
    """Do to the tenant's agreements whatever is due."""
    now = clock.now()
    remind(now=now)
    # One transaction each: one that cannot end keeps no other from ending, and locks are held short.
    for agreement_id in due_to_end(Agreement, Agreement.state.in_(ENDINGS), now=now):
        end.enqueue(once=str(agreement_id), agreement_id=agreement_id)


@job("agreements.end")
def end(*, agreement_id: str) -> None:
    """Do what the table says to an agreement that has waited too long, unless somebody was faster."""
    agreement_or_404(UUID(agreement_id)).end_waiting(now=clock.now())


def remind(*, now: datetime) -> int:
    """Write down who is reminded of what, and return how many agreements there were. Reviews remind themselves."""
    claimed = claim_reminders(Agreement, Agreement.reviews_until.is_(None), now=now)
    for row in claimed:
        record("reminded", row, by=None, kind="agreement", **reminder(row))
    return len(claimed)


def reminder(row: Any) -> dict[str, Any]:
    """Return what is needed to remind somebody: of which agreement, until when, and whom (empty: the leaders)."""
    owner = AGREEMENT.waiting[row.state].owner if row.state in AGREEMENT.waiting else "both"
    owners = [row.client_id, row.worker_id] if owner == "both" else [row.asked_id] if row.asked_id else []
    return {
        "gig_id": row.gig_id,
        "title": row.title,
        "client_id": row.client_id,
        "worker_id": row.worker_id,
        "owner_ids": [str(owner_id) for owner_id in owners],
        "state": row.state,
        "until": row.deadline_at.isoformat() if row.deadline_at else None,
    }
