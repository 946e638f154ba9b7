"""What Stripe told is not kept for ever: first what an event was about goes, long after that the event itself.

What was followed is in our own rows and books. The empty event stays a while, so that operators can see that it came.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, tuple_, update

from app.core import clock
from app.core.database import db
from app.core.jobs import periodic, platform_job
from billing.inbox import InboxEvent

#: For so long an event names what it was about. Stripe itself shows its events for thirty days.
NAMES_KEPT = timedelta(days=90)
#: For so long it is listed. What waits is never swept.
KEPT = timedelta(days=400)
_AT_ONCE = 5_000

_KEY = tuple_(InboxEvent.source, InboxEvent.event_id)


@periodic("47 3 * * *", "billing.sweep_inbox")
def sweep_each_night() -> None:
    """Sweep what is old enough."""
    sweep_some.enqueue(once="all")


@platform_job("billing.sweep_some", queue="money")
def sweep_some() -> None:
    """Sweep some thousand events, and go on in another transaction where there may be more."""
    if sweep(now=clock.now()) >= _AT_ONCE:
        sweep_some.enqueue()


def sweep(*, now: datetime, most: int = _AT_ONCE) -> int:
    """Empty events that were followed, or let be, `NAMES_KEPT` ago, and forget those of `KEPT` ago; return how many of both."""
    followed = InboxEvent.state.in_(("done", "ignored"))
    old = select(InboxEvent.source, InboxEvent.event_id).where(
        followed, InboxEvent.swept_at.is_(None), InboxEvent.received_at < now - NAMES_KEPT
    )
    emptied = db.session.execute(
        update(InboxEvent)
        .where(_KEY.in_(old.order_by(InboxEvent.received_at).limit(most)))
        .values(object_id="", hangs_on=[], problem="", swept_at=now)
        .returning(InboxEvent.event_id)
        .execution_options(synchronize_session=False)
    ).all()
    ancient = select(InboxEvent.source, InboxEvent.event_id).where(
        InboxEvent.state != "waiting", InboxEvent.received_at < now - KEPT
    )
    forgotten = db.session.execute(
        delete(InboxEvent)
        .where(_KEY.in_(ancient.order_by(InboxEvent.received_at).limit(most)))
        .returning(InboxEvent.event_id)
        .execution_options(synchronize_session=False)
    ).all()
    return max(len(emptied), len(forgotten))
