"""What the clock does to questions about two gigs: it reminds, and lets go what was not answered."""

from uuid import UUID

from app.activity.recording import record
from app.activity.reminding import claim_reminders, due_to_end
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.merging.models import Merge
from app.merging.states import MERGE
from tenants.clockwork import tenants_where_it_is
from tenants.context import current_tenant_id

#: Waits end at the end of a day and reminders come in the morning; the other hours catch up after a standstill.
HOURS = (0, 3, 9, 15)


@periodic("27 * * * *", "merging.clockwork")
def strike() -> None:
    """Reach every tenant at its own hours."""
    tick.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("merging.tick")
def tick() -> None:
    """Remind the authors who have not answered, and end what waited too long."""
    now = clock.now()
    for row in claim_reminders(Merge, now=now):
        merge = db.session.get_one(Merge, (row.tenant_id, row.id))
        record("reminded", merge, by=None, owner_ids=merge.owner_ids(), **merge.facts(None))
    for merge_id in due_to_end(Merge, now=now):
        end.enqueue(once=str(merge_id), merge_id=merge_id)


@job("merging.end")
def end(*, merge_id: str) -> None:
    """Let a question go that was not answered, unless somebody was faster."""
    merge, now = db.session.get_one(Merge, (current_tenant_id(), UUID(merge_id))), clock.now()
    if MERGE.allows(merge.state, "lapse") and merge.deadline_at is not None and merge.deadline_at <= now:
        merge.lapse(now=now)
