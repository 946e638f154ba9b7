"""What happens to webhooks after they were answered, and what finds those that never came."""

from datetime import timedelta

import structlog
from sqlalchemy import select, update

from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from app.core.jobs import job, periodic, platform_job
from billing import connections
from billing.apart import apart
from billing.following import follow, is_followed
from billing.inbox import InboxEvent, end, event_or_404
from billing.owners import Owner, owner_of

log = structlog.get_logger("billing")

# An event may come before what made its object is committed here. After that it is nobody's: an account of another product's.
_UNKNOWN_FOR = timedelta(minutes=2)
_TRIES = 8


class NobodysYet(RuntimeError):
    """The account is not known here, and may be in a moment."""


@platform_job("billing.hand_on", queue="money", retries=_TRIES)
def hand_on(*, source: str, event_id: str) -> None:
    """Find whose an event is, and let it be followed there."""
    event, now = event_or_404(source, event_id), clock.now()
    if not is_followed(event.object_kind):
        end(
            source, event_id, "ignored", now=now, problem=f"nothing here depends on objects of kind {event.object_kind}"
        )
        return
    tenant_id = owner_of(event.account or event.object_id)
    if tenant_id is not None:
        follow_event.enqueue_for(tenant_id, source=source, event_id=event_id)
    elif event.received_at > now - _UNKNOWN_FOR:
        raise NobodysYet(event.account or event.object_id)
    else:
        end(source, event_id, "ignored", now=now, problem="no marketplace has this account")


@job("billing.follow_event", queue="money", retries=_TRIES)
def follow_event(*, source: str, event_id: str) -> None:
    """Bring ours in step with the object of an event, unless that was done for it before."""
    event, now = event_or_404(source, event_id), clock.now()
    if event.state == "done":
        return
    try:
        follow(event.object_kind, event.object_id, event.account, now=now)
    except Exception as problem:
        # What the failed try did is undone; that it failed is not.
        db.session.rollback()
        _note(source, event_id, problem)
        raise
    end(source, event_id, "done", now=now)


def _note(source: str, event_id: str, problem: Exception) -> None:
    with apart() as session:
        failed = (
            update(InboxEvent)
            .where(InboxEvent.source == source, InboxEvent.event_id == event_id)
            .values(tries=InboxEvent.tries + 1, problem=f"{type(problem).__name__}: {problem}"[:500])
            .returning(InboxEvent.tries)
        )
        tries = session.execute(failed).scalar_one()
        # A refusal in words ends the job; anything else is tried again, until that is in vain.
        if tries > _TRIES or isinstance(problem, ProductError):
            gives_up = update(InboxEvent).where(InboxEvent.source == source, InboxEvent.event_id == event_id)
            session.execute(gives_up.values(state="failed"))


def replay(source: str, event_id: str) -> None:
    """Let an event be followed once more, whatever became of it. For platform work.

    :raises NoSuchEvent: when there is none.
    """
    event = event_or_404(source, event_id)
    event.state, event.problem, event.ended_at, event.tries = "waiting", "", None, 0
    hand_on.enqueue(source=source, event_id=event_id)


@job("billing.reconcile", queue="money")
def reconcile() -> None:
    """Ask Stripe how this tenant's account stands, whatever we were told or not."""
    connection = connections.connection()
    if connection is None or connection.account_id is None or connection.disconnected_at is not None:
        return
    before = connection.standing
    follow("account", connection.account_id, connection.account_id, now=clock.now())
    if connection.standing != before:
        # Somebody should have told us.
        log.warning("reconciled", account=connection.account_id, was=before, now_is=connection.standing)


@periodic("17 3 * * *", "billing.reconcile_all", queue="money")
def reconcile_all() -> None:
    reconcile.enqueue_for(*db.session.scalars(select(Owner.tenant_id).distinct().order_by(Owner.tenant_id)))
