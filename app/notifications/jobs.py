"""What notifications do after the answer: tell, gather, mail, and remind of what waits at the desk."""

from uuid import UUID

from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.notifications import digest, outside, waiting
from app.notifications.models import Dispatch
from app.notifications.sending import deliver, may_wait
from app.notifications.telling import tell as tell_of
from billing.mails import note_posted, waits_until
from tenants.clockwork import tenants_where_it_is
from tenants.context import current_tenant_id

#: In the morning; the afternoon catches up after a standstill.
HOURS = (9, 15)


@job("notifications.tell")
def tell(*, activity_id: str, after: str | None = None) -> None:
    """Tell everybody concerned of an activity, some hundred people at a time."""
    activity = db.session.get(Activity, (current_tenant_id(), UUID(activity_id)))
    if activity is None:
        # A savepoint undid it.
        return
    told = tell_of(activity, now=clock.now(), after=UUID(after) if after else None)
    send.enqueue_each({"dispatch_id": dispatch_id} for dispatch_id in told.dispatches)
    for member_id in told.gathering:
        gather.enqueue_at(
            activity.created_at + digest.DELAY,
            once=f"{activity.subject_id}:{member_id}",
            thread_id=activity.subject_id,
            member_id=member_id,
        )
    if told.last is not None:
        tell.enqueue(activity_id=activity_id, after=told.last)
    elif outside.writes_outside(activity):
        write_outside.enqueue(activity_id=activity_id)


@job("notifications.gather")
def gather(*, thread_id: str, member_id: str) -> None:
    """Mail a member what was written to them in a thread meanwhile, unless they have read it."""
    dispatches = digest.gather(UUID(thread_id), UUID(member_id), now=clock.now())
    send.enqueue_each({"dispatch_id": dispatch_id} for dispatch_id in dispatches)


@job("notifications.send", queue="mail")
def send(*, dispatch_id: str) -> None:
    """Mail one notification to one member, unless that was done, or is no longer right; or tomorrow, where the plan has no room
    for it today.
    """
    dispatch, now = (
        db.session.get(Dispatch, (current_tenant_id(), UUID(dispatch_id)), with_for_update=True),
        clock.now(),
    )
    if dispatch is None or not dispatch.is_waiting:
        return
    tomorrow = waits_until(now=now)
    if tomorrow is not None and may_wait(dispatch):
        dispatch.wait("no room for it that day")
        send.enqueue_at(tomorrow, dispatch_id=dispatch_id)
        return
    deliver(dispatch, now=now)
    if not dispatch.is_waiting and dispatch.sent_at is not None:
        note_posted(now=now)


@job("notifications.write_outside", queue="mail")
def write_outside(*, activity_id: str) -> None:
    """Write to somebody who is no member: invited, turned away, or removed."""
    outside.write(db.session.get_one(Activity, (current_tenant_id(), UUID(activity_id))), now=clock.now())


@periodic("19 * * * *", "notifications.clockwork")
def strike() -> None:
    """Reach every tenant in its morning."""
    remind.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("notifications.remind")
def remind() -> None:
    """Remind of requests to join and of reports that wait for an answer."""
    waiting.remind(now=clock.now())
