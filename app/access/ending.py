"""What was given until a day comes to its end: its member is told two weeks and three days before, what will change and how to
go on. Nobody is told who has another that lasts longer.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.activity.models import Activity
from app.activity.recording import record
from app.core.database import db
from app.memberships.access import lacks_without
from app.memberships.models import Membership
from tenants.isolation import scoped

#: So long before the end, and the fact that is written down then; the nearest first.
BEFORE = ((timedelta(days=3), "ends_in_days"), (timedelta(days=14), "ends_in_weeks"))


def remind_of_ends(*, now: datetime) -> None:
    """Write down, once for each end and step, that what was given ends soon. Who is reminded late is told the latest alone; and
    what was given for no longer than a step is never announced by it.
    """
    for membership in _ending(now):
        ends = membership.paid_until
        if ends is None:
            continue
        left = ends - now
        verb = next((name for span, name in BEFORE if left <= span and ends - membership.began_at > span), "")
        if verb and not was_told(membership, verb, ends.isoformat()):
            closes = sorted(lacks_without(membership, at=ends))
            record(verb, membership, by=None, kind="membership", until=ends.isoformat(), closes=closes)


def _ending(now: datetime) -> Sequence[Membership]:
    # Two workers at once would each find nothing told yet.
    soon = select(Membership).where(
        scoped(Membership),
        Membership.source != "bought",
        Membership.state == "active",
        Membership.paid_until > now,
        Membership.paid_until <= now + BEFORE[-1][0],
    )
    ending = db.session.scalars(soon.order_by(Membership.id).with_for_update()).all()
    return [one for one in ending if not _goes_on(one)]


def _goes_on(membership: Membership) -> bool:
    """Return whether its member has another that gives access when this one has ended."""
    others = select(Membership).where(
        scoped(Membership),
        Membership.member_id == membership.member_id,
        Membership.id != membership.id,
        Membership.state != "ended",
    )
    ends = membership.paid_until
    return ends is not None and any(one.gives_access(now=ends) for one in db.session.scalars(others))


def was_told(membership: Membership, verb: str, until: str) -> bool:
    """Return whether this was written down of a membership for an end at that moment."""
    told = select(Activity.id).where(
        scoped(Activity),
        Activity.subject_kind == "membership",
        Activity.subject_id == membership.id,
        Activity.verb == verb,
        Activity.data["until"].astext == until,
    )
    return db.session.scalars(told.limit(1)).first() is not None
