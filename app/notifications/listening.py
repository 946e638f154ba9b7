"""From what is recorded to what is told: the last thing a transaction does is to enqueue the telling of its activities.

Features below write activities and know nothing of this.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

from app.activity.models import Activity
from app.notifications.events import events_of
from app.notifications.jobs import tell
from app.notifications.outside import writes_outside
from tenants.context import tenant_id_or_none

_RECORDED = "recorded_activities"


def install() -> None:
    """Listen to every session for activities that somebody is told of."""
    if not event.contains(Activity, "after_insert", _note):
        event.listen(Activity, "after_insert", _note)
        # Before the caches' counters, whose rows are to be held as shortly as can be.
        event.listen(Session, "before_commit", _enqueue, insert=True)
        event.listen(Session, "after_rollback", forget)


def forget(session: Session) -> None:
    """Let nobody be told of what this transaction has written so far: what is arranged is no news."""
    session.info.pop(_RECORDED, None)


def _note(_mapper: Any, _connection: Any, activity: Activity) -> None:
    session = object_session(activity)
    if session is not None and (events_of(activity) or writes_outside(activity)):
        recorded: dict[int, list[UUID]] = session.info.setdefault(_RECORDED, {})
        recorded.setdefault(activity.tenant_id, []).append(activity.id)


def _enqueue(session: Session) -> None:
    if session.in_nested_transaction():
        # A savepoint; the transaction goes on. What it undoes the job will not find, and end.
        return
    session.flush()
    recorded: dict[int, list[UUID]] = session.info.pop(_RECORDED, {})
    for tenant_id, ids in recorded.items():
        if tenant_id == tenant_id_or_none():
            tell.enqueue_each({"activity_id": activity_id} for activity_id in ids)
        else:
            # A tenant that was only now founded: its request began on the platform.
            for activity_id in ids:
                tell.enqueue_for(tenant_id, activity_id=activity_id)
