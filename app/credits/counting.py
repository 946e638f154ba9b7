"""Hours that somebody has given and received here, for credits, as a favour, or unpaid: counted from finished work."""

from typing import Any
from uuid import UUID

from sqlalchemy import Float, Integer, bindparam, case, cast, func, or_, select

from app.agreements.models import Agreement
from app.core.reading import Reading
from tenants.isolation import scoped

_MEMBER_ID = bindparam("member_id")
_DAYS = func.coalesce(Agreement.due_on - Agreement.starts_on + 1, 1)
# Five of seven days are worked.
_TIMES = case(
    (Agreement.effort_span == "week", func.greatest(func.round(cast(_DAYS, Float) / 7), 1)),
    (Agreement.effort_span == "day", func.greatest(func.round(cast(_DAYS, Float) * 5 / 7), 1)),
    else_=1,
)
_MINUTES = case(
    (Agreement.settlement == "credits", func.coalesce(Agreement.credits_minutes, 0)),
    else_=func.coalesce(Agreement.effort_minutes, 0) * _TIMES,
)


def _sum(side: Any) -> Any:
    return cast(func.coalesce(func.sum(case((side == _MEMBER_ID, _MINUTES), else_=0)), 0), Integer)


_HOURS = Reading(
    select(_sum(Agreement.worker_id).label("given"), _sum(Agreement.client_id).label("received")).where(
        scoped(Agreement),
        or_(Agreement.worker_id == _MEMBER_ID, Agreement.client_id == _MEMBER_ID),
        or_(Agreement.accepted_at.is_not(None), Agreement.outcome == "finished"),
        Agreement.settlement != "money",
    )
)


def hours_of(member_id: UUID) -> tuple[int, int]:
    """Return how many minutes a member has given to others here, and received, in finished work without money."""
    row = _HOURS.one_or_none(member_id=member_id)
    return (row.given, row.received) if row else (0, 0)
