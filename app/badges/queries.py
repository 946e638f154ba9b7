"""Reading badges: a member's as one value beside their row, and how many have each."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.badges.models import Badge, BadgeOff
from app.badges.rules import RULES
from app.core.database import db
from tenants.isolation import scoped
from tenants.models import Member

#: The names of what a member has earned and the marketplace shows, the oldest first.
BADGES: Any = (
    select(func.json_agg(aggregate_order_by(Badge.badge, Badge.earned_at, Badge.badge)))
    .where(Badge.tenant_id == Member.tenant_id, Badge.member_id == Member.id)
    .where(~exists().where(scoped(BadgeOff), BadgeOff.badge == Badge.badge).correlate(Badge))
    .correlate(Member)
    .scalar_subquery()
)


class Honour(NamedTuple):
    """A badge in words."""

    key: str
    name: str
    meaning: str


class Counted(NamedTuple):
    """A badge on the leader's page: how many have it, and whether it is shown."""

    honour: Honour
    members: int
    is_on: bool


def honours(keys: Sequence[str] | None) -> list[Honour]:
    """Return badges in words, in the order given."""
    return [Honour(key, str(RULES[key].name), str(RULES[key].meaning)) for key in keys or () if key in RULES]


def counted() -> list[Counted]:
    """Return every badge there is, with how many have earned it here."""
    rows = db.session.execute(
        select(Badge.badge, func.count().label("total")).where(scoped(Badge)).group_by(Badge.badge)
    )
    members = {row.badge: row.total for row in rows}
    off = set(db.session.scalars(select(BadgeOff.badge).where(scoped(BadgeOff))))
    return [Counted(one, members.get(one.key, 0), one.key not in off) for one in honours(list(RULES))]
