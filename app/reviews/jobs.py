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


@job("reviews.publish")
def publish(*, agreement_id: str) -> None:
    """Publish what was written of an agreement, unless the second review was faster."""
    publish_when_due(agreement_or_404(UUID(agreement_id)), now=clock.now())


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
