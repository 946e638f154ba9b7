"""Writing down what happened, in the same transaction as the change itself."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from tenants.context import Actor, helper_of
from tenants.isolation import scoped
from tenants.mandates import Helper


def record(
    verb: str,
    subject: Any,
    *,
    by: Actor | UUID | None,
    kind: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    why: str = "",
    **data: Any,
) -> Activity:
    """Write one fact and return it: `by` did `verb` to `subject` (an object with an `id`), from one state to another.

    `by` is None where a timer acted. `data` must be JSON; ids go in as text.
    """
    actor_id = by.id if isinstance(by, Actor) else by
    helper = helper_of(actor_id)
    activity = Activity(
        actor_id=actor_id,
        helper_id=helper.id if helper else None,
        verb=verb,
        subject_kind=kind or type(subject).__name__.lower(),
        subject_id=subject.id,
        from_state=from_,
        to_state=to,
        reason=why,
        data={key: str(value) if isinstance(value, UUID) else value for key, value in data.items()},
        created_at=clock.now(),
    )
    db.session.add(activity)
    if helper is not None:
        _note_with_mandate(helper, activity)
    return activity


def _note_with_mandate(helper: Helper, deed: Activity) -> None:
    """Write the deed down with the mandate too: there it is told to whoever it was done for, and stays in one list."""
    told = {name: deed.data[name] for name in ("title", "gig_id", "milestone") if deed.data.get(name)}
    db.session.add(
        Activity(
            actor_id=helper.id,
            verb="acted",
            subject_kind="mandate",
            subject_id=helper.mandate_id,
            data={
                **told,
                "assisted_id": str(deed.actor_id),
                "deed": f"{deed.subject_kind}.{deed.verb}",
                "of_id": str(deed.subject_id),
            },
            created_at=deed.created_at,
        )
    )


def history(kind: str, subject_id: UUID) -> list[Activity]:
    """Return all facts about one thing, oldest first."""
    return list(
        db.session.scalars(
            select(Activity)
            .where(scoped(Activity), Activity.subject_kind == kind, Activity.subject_id == subject_id)
            .order_by(Activity.id)
        )
    )


def last_fact(kind: str, subject_id: UUID, *verbs: str) -> Activity | None:
    """Return the newest fact of these verbs about one thing, or None."""
    return db.session.scalars(
        select(Activity)
        .where(
            scoped(Activity),
            Activity.subject_kind == kind,
            Activity.subject_id == subject_id,
            Activity.verb.in_(verbs),
        )
        .order_by(Activity.id.desc())
        .limit(1)
    ).one_or_none()
