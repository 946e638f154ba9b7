"""What the clock does to projects: it reminds whoever is waited for, and ends what has waited too long."""

from datetime import datetime
from uuid import UUID

from app.activity.recording import record
from app.activity.reminding import claim_reminders, due_to_end
from app.core import clock
from app.core.jobs import job, periodic
from app.projects.models import Project
from app.projects.queries import project_or_404
from app.projects.states import ENDINGS
from tenants.clockwork import tenants_where_it_is

#: Waits end at the end of a day and reminders come in the morning; the other hours catch up after a standstill.
HOURS = (0, 3, 9, 15)


@periodic("19 * * * *", "projects.clockwork")
def strike() -> None:
    """Reach every tenant at its own hours."""
    tick.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("projects.tick")
def tick() -> None:
    """Do to the tenant's projects whatever is due."""
    now = clock.now()
    remind(now=now)
    for project_id in due_to_end(Project, Project.state.in_(ENDINGS), now=now):
        end.enqueue(once=str(project_id), project_id=project_id)


@job("projects.end")
def end(*, project_id: str) -> None:
    """Do what the table says to a project that has waited too long, unless somebody was faster."""
    project_or_404(UUID(project_id)).end_waiting(now=clock.now())


def remind(*, now: datetime) -> int:
    """Write down who is reminded, and return of how many projects."""
    # Of reviews, reviews remind themselves.
    claimed = claim_reminders(Project, Project.reviews_until.is_(None), now=now)
    for row in claimed:
        record(
            "reminded",
            row,
            by=None,
            kind="project",
            title=row.title,
            client_id=row.client_id,
            owner_ids=[str(row.coordinator_id if row.state == "planning" else row.client_id)],
            until=row.deadline_at.isoformat() if row.deadline_at else None,
        )
    return len(claimed)
