"""What waits at the desk has an owner and a reminder too: requests to join, and reports."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from app.activity.models import Activity
from app.activity.recording import record
from app.core.database import db
from app.joining.models import JoinRequest
from app.messages.models import Report
from tenants.isolation import scoped

PATIENCE = timedelta(days=2)


def remind(*, now: datetime) -> int:
    """Write down, once for each, that whoever may answer is to be reminded; return how many there were."""
    requests = _unanswered(JoinRequest, "join_request", JoinRequest.state == "asked", JoinRequest.asked_at, now)
    for request in requests:
        record("reminded", request, by=None, kind="join_request", name=request.name)
    reports = _unanswered(Report, "report", Report.state == "open", Report.created_at, now)
    for report in reports:
        record("reminded", report, by=None)
    return len(requests) + len(reports)


def _unanswered(model: Any, kind: str, waits: Any, since: Any, now: datetime) -> list[Any]:
    told = exists().where(
        Activity.tenant_id == model.tenant_id,
        Activity.subject_kind == kind,
        Activity.subject_id == model.id,
        Activity.verb == "reminded",
    )
    # Locked, so that two strikes of the clock at once remind once.
    due = select(model).where(scoped(model), waits, since <= now - PATIENCE, ~told).order_by(model.id)
    return list(db.session.scalars(due.with_for_update(skip_locked=True)))
