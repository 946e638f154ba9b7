"""What the clock does to applications: it reminds authors, and answers where they did not."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from app.activity.recording import record
from app.activity.reminding import claim_reminders, due_to_end
from app.applications.models import Application
from app.applications.queries import application_or_404
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.core.languages import lazy_gettext as _l
from app.gigs.models import Gig
from tenants.clockwork import tenants_where_it_is

#: Waits end at the end of a day and reminders come in the morning; the other hours catch up after a standstill.
HOURS = (0, 3, 9, 15)

_UNANSWERED = _l("The author did not answer in time. It is not about you; do look at other gigs.")


@periodic("11 * * * *", "applications.clockwork")
def strike() -> None:
    """Reach every tenant at its own hours."""
    tick.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("applications.tick")
def tick() -> None:
    """Do to the tenant's applications whatever is due."""
    now = clock.now()
    remind(now=now)
    for application_id in due_to_end(Application, now=now):
        end.enqueue(once=str(application_id), application_id=application_id)


@job("applications.end")
def end(*, application_id: str) -> None:
    """Answer an application that has waited too long, unless somebody was faster."""
    application_or_404(UUID(application_id)).end_waiting(why=_UNANSWERED, now=clock.now())


def remind(*, now: datetime) -> int:
    """Remind authors of those who wait, once for each gig however many wait, and return how many gigs there were."""
    waiting = sorted(claim_reminders(Application, now=now), key=attrgetter("gig_id", "id"))
    by_gig = [(gig_id, list(rows)) for gig_id, rows in groupby(waiting, key=attrgetter("gig_id"))]
    for gig_id, rows in by_gig:
        gig = db.session.get_one(Gig, (rows[0].tenant_id, gig_id))
        record(
            "reminded",
            rows[0],
            by=None,
            kind="application",
            gig_id=gig_id,
            title=gig.title,
            author_id=gig.answered_by,
            owner_ids=[str(gig.answered_by)],
            application_ids=[str(row.id) for row in rows],
        )
    return len(by_gig)
