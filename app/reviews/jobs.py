"""What the clock does to reviews: it reminds whoever has not written, and publishes when the time is over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.activity.recording import record
from app.activity.reminding import claim_reminders
from app.agreements.jobs import HOURS, reminder
from app.agreements.models import Agreement
from app.agreements.queries import agreement_or_404
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.projects.models import Project
from app.projects.queries import project_or_404
from app.reviews import of_projects
from app.reviews.models import Review
from app.reviews.publishing import publish_when_due
from tenants.clockwork import tenants_where_it_is
from tenants.isolation import scoped


@periodic("17 * * * *", "reviews.clockwork")
def strike() -> None:
    """Reach every tenant at its own hours."""
    tick.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("reviews.tick")
def tick() -> None:
    """Remind of reviews, and publish those whose time is over."""
    now = clock.now()
    remind(now=now)
    for agreement_id in due_to_publish(now=now):
        publish.enqueue(once=str(agreement_id), agreement_id=agreement_id)
    remind_of_projects(now=now)
    for project_id in projects_to_publish(now=now):
        publish_of_project.enqueue(once=str(project_id), project_id=project_id)


@job("reviews.publish")
def publish(*, agreement_id: str) -> None:
    """Publish what was written of an agreement, unless the second review was faster."""
    publish_when_due(agreement_or_404(UUID(agreement_id)), now=clock.now())


@job("reviews.publish_of_project")
def publish_of_project(*, project_id: str) -> None:
    """Publish what was written of a project, unless the last review was faster."""
    of_projects.publish_when_due(project_or_404(UUID(project_id)), now=clock.now())


def due_to_publish(*, now: datetime) -> list[UUID]:
    """Return the agreements whose time for reviews is over, the longest first."""
    return list(
        db.session.scalars(
            select(Agreement.id)
            .where(scoped(Agreement), Agreement.reviews_until <= now)
            .order_by(Agreement.reviews_until)
            .limit(1000)
        )
    )


def remind(*, now: datetime) -> int:
    """Write down who is reminded to write a review: whoever has not. Returns how many agreements there were."""
    claimed = claim_reminders(Agreement, Agreement.reviews_until.is_not(None), now=now)
    ids = [row.id for row in claimed]
    rows = db.session.execute(
        select(Review.agreement_id, Review.author_id).where(scoped(Review), Review.agreement_id.in_(ids))
    )
    written = {(row.agreement_id, row.author_id) for row in rows}
    for row in claimed:
        owners = [str(side) for side in (row.client_id, row.worker_id) if (row.id, side) not in written]
        told = reminder(row) | {"owner_ids": owners, "until": row.reviews_until.isoformat()}
        record("reminded", row, by=None, kind="agreement", what="review", **told)
    return len(claimed)


def projects_to_publish(*, now: datetime) -> list[UUID]:
    """Return the projects whose time for reviews is over, the longest first."""
    found = select(Project.id).where(scoped(Project), Project.reviews_until <= now)
    return list(db.session.scalars(found.order_by(Project.reviews_until).limit(1000)))


def remind_of_projects(*, now: datetime) -> int:
    """Write down who is reminded to say how a project went: whoever has not. Returns of how many projects."""
    claimed = claim_reminders(Project, Project.reviews_until.is_not(None), now=now)
    for row in claimed:
        missing = of_projects.awaited(project_or_404(row.id))
        told = {"owner_ids": sorted(str(one) for one in missing), "until": row.reviews_until.isoformat()}
        record("reminded", row, by=None, kind="project", what="review", title=row.title, gig_id=row.gig_id, **told)
    return len(claimed)
