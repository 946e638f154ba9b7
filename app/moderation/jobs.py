"""What moderation does later: it reminds of appeals that wait, and says when something that lasted is over."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from app.activity.models import Activity
from app.activity.recording import record
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.moderation.models import Appeal, Measure
from tenants.clockwork import tenants_where_it_is
from tenants.isolation import scoped

HOURS = (9, 15)
PATIENCE = timedelta(days=2)
# What ended long before this is no news.
_LATELY = timedelta(days=3)


@periodic("27 * * * *", "moderation.clockwork")
def strike() -> None:
    """Reach every tenant in its morning."""
    look.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("moderation.look")
def look() -> None:
    """Remind of appeals, and tell of what is over."""
    remind(now=clock.now())
    tell_of_ends(now=clock.now())


def remind(*, now: datetime) -> int:
    """Write down, once for each, that somebody waits for an answer to their appeal; return how many there were."""
    told = _told("appeal", Appeal.tenant_id, Appeal.id, "reminded")
    due = select(Appeal).where(scoped(Appeal), Appeal.state == "open", Appeal.asked_at <= now - PATIENCE, ~told)
    appeals = db.session.scalars(due.order_by(Appeal.id).with_for_update(skip_locked=True)).all()
    for appeal in appeals:
        record("reminded", appeal, by=None, decided_by=appeal.decided_by, member_id=appeal.member_id)
    return len(appeals)


def tell_of_ends(*, now: datetime) -> int:
    """Write down, once for each, that a limit or a suspension is over; return how many there were."""
    back = aliased(Measure)
    taken_back = exists().where(back.tenant_id == Measure.tenant_id, back.lifts_id == Measure.id)
    told = _told("measure", Measure.tenant_id, Measure.id, "over")
    over = select(Measure).where(
        scoped(Measure), Measure.until <= now, Measure.until > now - _LATELY, ~taken_back, ~told
    )
    measures = db.session.scalars(over.order_by(Measure.id).with_for_update(skip_locked=True)).all()
    for measure in measures:
        record("over", measure, by=None, member_id=measure.member_id)
    return len(measures)


def _told(kind: str, tenant_id: Any, subject_id: Any, verb: str) -> ColumnElement[bool]:
    return exists().where(
        Activity.tenant_id == tenant_id,
        Activity.subject_kind == kind,
        Activity.subject_id == subject_id,
        Activity.verb == verb,
    )
