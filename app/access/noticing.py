"""Whatever happens to a membership, or to what needs one, is noticed, and settled once it is committed."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

from app.access.jobs import settle
from app.activity.models import Activity
from tenants.context import tenant_id_or_none

_PENDING = "access_to_settle"
_TOLD = ("lapsed", "grace_half", "grace_last_day", "grace_over", "ends_in_weeks", "ends_in_days")


def install() -> None:
    """Listen to every session."""
    if not event.contains(Activity, "after_insert", _note):
        event.listen(Activity, "after_insert", _note)
        event.listen(Session, "before_commit", _enqueue, insert=True)
        event.listen(Session, "after_rollback", _forget)


def _note(_mapper: Any, _connection: Any, activity: Activity) -> None:
    is_about_one = activity.subject_kind == "membership" and activity.verb not in _TOLD
    changes_needs = activity.verb == "changed_settings" and "membership_needs" in activity.data.get("changes", {})
    session = object_session(activity)
    if session is not None and (is_about_one or changes_needs):
        session.info[_PENDING] = True


def _enqueue(session: Session) -> None:
    # A savepoint's end is no commit.
    if session.in_nested_transaction():
        return
    session.flush()
    if session.info.pop(_PENDING, False) and tenant_id_or_none() is not None:
        settle.enqueue(once="all")


def _forget(session: Session) -> None:
    session.info.pop(_PENDING, None)
