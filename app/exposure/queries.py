"""How little gigs and members were seen lately, for a set of them at once."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core import clock
from app.core.reading import Reading
from app.exposure.models import GigExposure, MemberExposure
from app.exposure.noting import Kind
from tenants.context import current_tenant
from tenants.isolation import scoped

#: So far back a look counts: what was shown a lot a month ago may be shown again.
LATELY = timedelta(days=14)


def times_shown(kind: Kind, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how often each of these was shown to members lately; what never was is left out. One statement."""
    since = clock.today(current_tenant().time_zone) - LATELY
    rows = _TIMES[kind].rows(ids=sorted(set(ids)), since=since) if ids else []
    return {row.id: row.times for row in rows}


def little_seen(kind: Kind, ids: Collection[UUID]) -> dict[UUID, float]:
    """Return how little each of these was shown in comparison with the others: 1 for what nobody saw, down to 0 for what was
    seen as often as the average or more. Nothing where none of them was ever shown.
    """
    times = times_shown(kind, ids)
    if not times:
        return {}
    typical = sum(times.values()) / len(set(ids))
    return {one: max(0.0, 1 - times.get(one, 0) / typical) for one in ids}


def _times(model: Any, column: Any) -> Reading:
    return Reading(
        select(column.label("id"), func.sum(model.times).label("times"))
        .where(
            scoped(model),
            column == any_(bindparam("ids", type_=ARRAY(Uuid()))),
            model.day > bindparam("since", type_=Date()),
        )
        .group_by(column)
    )


_TIMES = {
    "gig": _times(GigExposure, GigExposure.gig_id),
    "member": _times(MemberExposure, MemberExposure.member_id),
}
