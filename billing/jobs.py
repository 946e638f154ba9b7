"""What happens to webhooks after they were answered, and what finds those that never came."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Select, select, update

from app.core import clock
from app.core.config import config
from app.core.database import db
from app.core.errors import ProductError
from app.core.jobs import job, periodic, platform_job
from billing import reconciling
from billing.apart import apart
from billing.following import follow, followed_at, is_followed, lock
from billing.inbox import InboxEvent, Swept, Told, end, event_or_404, waiting_about
from billing.owners import Owner, owner_of
from billing.reconciling import Found
from tenants.isolation import scoped

log = structlog.get_logger("billing")

# An event may come before what made its object is committed here. After that it is nobody's: an account of another product's.
_UNKNOWN_FOR = timedelta(minutes=2)
_TRIES = 8


class NobodysYet(RuntimeError):
    """The account is not known here, and may be in a moment."""


def hand_over(source: str, event_id: str, about: Told | InboxEvent, *, now: datetime) -> None:
    """Let what waits for an event happen: usually its tenant is known at once; else it is looked for once more.

    It is part of answering the webhook: a job less for each.
    """
    if not is_followed(source, about.object_kind):
        why = f"nothing here depends on objects of kind {about.object_kind}"
        end(source, [event_id], "ignored", now=now, problem=why)
    elif (tenant_id := _whose(about)) is not None:
        follow_event.enqueue_for(tenant_id, source=source, event_id=event_id)
    else:
        hand_on.enqueue(source=source, event_id=event_id)


@platform_job("billing.hand_on", queue="money", retries=_TRIES)
def hand_on(*, source: str, event_id: str) -> None:
    """Find whose an event is that nobody's was when it came, and let it be followed there."""
    event, now = event_or_404(source, event_id), clock.now()
    tenant_id = _whose(event)
    if tenant_id is not None:
        follow_event.enqueue_for(tenant_id, source=source, event_id=event_id)
    elif event.received_at > now - _UNKNOWN_FOR:
        raise NobodysYet(event.account or event.object_id)
    else:
        end(source, [event_id], "ignored", now=now, problem="no marketplace owns it")


def _whose(event: Told | InboxEvent) -> int | None:
    """Return whose an event is: its account's, else of whoever owns its object, or what that object hangs on."""
    names = [event.account] if event.account else [event.object_id, *event.hangs_on]
    return next((owner for name in names if (owner := owner_of(name)) is not None), None)


@job("billing.follow_event", queue="money", retries=_TRIES)
def follow_event(*, source: str, event_id: str) -> None:
    """Bring ours in step with the object of an event, unless that was done for it before."""
    event, now = event_or_404(source, event_id), clock.now()
    lock(event.object_id)
    # What waits by now is older than what Stripe answers next: of ten events about one object it is asked once.
    answered = waiting_about(event)
    if event_id not in answered:
        return
    try:
        follow(source, event.object_kind, event.object_id, event.account, now=now)
    except Exception as problem:
        # What the failed try did is undone; that it failed is not.
        db.session.rollback()
        _note(source, event_id, problem)
        raise
    end(source, answered, "done", now=now)


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
    :raises Swept: when what it was about is no longer kept.
    """
    event = event_or_404(source, event_id)
    if event.swept_at is not None:
        raise Swept
    event.state, event.problem, event.ended_at, event.tries = "waiting", "", None, 0
    hand_over(source, event_id, event, now=clock.now())


def replay_failed(*, most: int = 500) -> int:
    """Let the events that failed, oldest first, be followed once more; return how many. For platform work."""
    failed = select(InboxEvent.source, InboxEvent.event_id).where(InboxEvent.state == "failed")
    names = db.session.execute(failed.order_by(InboxEvent.received_at).limit(most)).all()
    for source, event_id in names:
        replay(source, event_id)
    return len(names)


@periodic("17 3 * * *", "billing.reconcile_all", queue="money")
def reconcile_all() -> None:
    """Let every tenant that has something at Stripe be compared with it."""
    if config().stripe_key:
        reconcile.enqueue_for(*db.session.scalars(select(Owner.tenant_id).distinct().order_by(Owner.tenant_id)))


@job("billing.reconcile", queue="money")
def reconcile() -> None:
    """Compare each kind of this tenant's objects in a job of its own: one that fails holds up no other."""
    reconciling.sweep(now=clock.now())
    compare.enqueue_each({"kind": kind} for kind in reconciling.kinds())


@job("billing.compare", queue="money")
def compare(*, kind: str) -> None:
    """Compare one kind, or the next span of it. When Stripe is too busy it is done again after a while."""
    found, is_all = reconciling.compare(kind, now=clock.now())
    heal.enqueue_each({"difference_id": difference_id} for difference_id in found)
    if not is_all:
        compare.enqueue(kind=kind)


@job("billing.heal", queue="money", retries=4)
def heal(*, difference_id: str) -> None:
    """Bring ours in step where it differed."""
    found, now = db.session.scalars(_of(difference_id)).one_or_none(), clock.now()
    if found is None or found.state == "healed":
        return
    log.warning(
        "differed", kind=found.kind, object=found.object_id, what=found.what, was=found.ours, now_is=found.theirs
    )
    sources = followed_at(found.kind, found.account)
    if not sources:
        found.state, found.problem = "stands", "nothing here follows objects of this kind"
        return
    try:
        for source in sources:
            follow(source, found.kind, found.object_id, found.account, now=now)
    except Exception as problem:
        # What the failed try did is undone; that it failed is not.
        db.session.rollback()
        _note_standing(difference_id, problem)
        raise
    found.state, found.healed_at, found.problem = "healed", now, ""


def _of(difference_id: str) -> Select[Any]:
    return select(Found).where(scoped(Found), Found.id == UUID(difference_id))


def _note_standing(difference_id: str, problem: Exception) -> None:
    failed = update(Found).where(scoped(Found), Found.id == UUID(difference_id))
    with apart() as session:
        session.execute(failed.values(state="stands", problem=f"{type(problem).__name__}: {problem}"[:500]))
