"""What follows when a membership is owed for, over, or paid again: gigs rest and come back, and whoever owes is reminded.

Nothing here remembers who may do what: each time it is asked anew. So it may run at any moment, twice or late.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from app.access.ending import remind_of_ends, was_told
from app.activity.recording import record
from app.core.database import db
from app.gigs.models import Gig
from app.memberships.access import has_one, who_lacks, who_lost
from app.memberships.models import Membership
from app.offers.receiving import begin_due_gifts
from tenants.isolation import scoped
from tenants.models import Member
from tenants.restraints import Restraint
from tenants.restraints import read as restraints

_LAST_DAY = timedelta(days=1)
_A_GRACE_WITH_A_MIDDLE = timedelta(days=3)


def settle(*, now: datetime) -> None:
    """Let gigs rest whose authors may no longer post for want of a membership that they had, and let those come back whose
    authors may; remind those who owe. What was given until now ends.
    """
    for given in _run_out(now):
        given.end(now=now)
    begin_due_gifts(now=now)
    remind_of_ends(now=now)
    for gig in _of_those_who_lost(now):
        gig.hold(now=now)
    for gig in _of_those_who_may_again(now):
        gig.release()
    remind(now=now)


def remind(*, now: datetime) -> None:
    """Write down, once for each grace, that its half is over, that its last day has come, and that it is over: members are
    told of these facts. Who is reminded late is told the latest alone.
    """
    for membership in _owed():
        verb = _due(membership, now)
        until = membership.grace_until.isoformat() if membership.grace_until else ""
        if not verb or was_told(membership, verb, until):
            continue
        if verb == "grace_over" and has_one(membership.member_id, now=now):
            # Another covers them: nothing is closed. Should that end, this is said then.
            continue
        record(verb, membership, by=None, kind="membership", until=until)


def _due(membership: Membership, now: datetime) -> str:
    """Return what is to be said of a grace by now; empty in its first half."""
    ends, began = membership.grace_until, membership.paid_until or membership.began_at
    if ends is None:
        return ""
    elif now >= ends:
        return "grace_over"
    elif now >= ends - _LAST_DAY:
        return "grace_last_day"
    elif ends - began >= _A_GRACE_WITH_A_MIDDLE and now >= began + (ends - began) / 2:
        return "grace_half"
    else:
        return ""


def _run_out(now: datetime) -> Sequence[Membership]:
    """Return what was given until a moment that has passed. What was bought ends as its payment at Stripe does."""
    given = select(Membership).where(
        scoped(Membership), Membership.source != "bought", Membership.state == "active", Membership.paid_until <= now
    )
    return db.session.scalars(given.order_by(Membership.id).with_for_update(skip_locked=True)).all()


def _owed() -> Sequence[Membership]:
    # Two workers at once would each find nothing told yet.
    owed = select(Membership).where(scoped(Membership), Membership.state == "past_due").order_by(Membership.id)
    return db.session.scalars(owed.with_for_update()).all()


def _of_those_who_lost(now: datetime) -> Sequence[Gig]:
    had_one = exists().where(Membership.tenant_id == Gig.tenant_id, Membership.member_id == Gig.author_id)
    live = select(Gig.author_id).where(scoped(Gig), Gig.state == "open", had_one).distinct()
    return _gigs(who_lost("post", db.session.scalars(live).all(), now=now), Gig.state == "open")


def _of_those_who_may_again(now: datetime) -> Sequence[Gig]:
    has_held = exists().where(Gig.tenant_id == Member.tenant_id, Gig.author_id == Member.id, Gig.held_at.is_not(None))
    rows = db.session.execute(select(Member.id, Member.restraints).where(scoped(Member), has_held))
    held = {row.id: restraints(row.restraints, now=now) for row in rows}
    gigs = _gigs(held.keys() - who_lacks("post", held, now=now), Gig.held_at.is_not(None), Gig.state == "paused")
    return [gig for gig in gigs if not _is_kept_from(gig, held[gig.author_id])]


def _is_kept_from(gig: Gig, in_force: Sequence[Restraint]) -> bool:
    # Whoever may not post for now gets nothing live by paying either: it rests until that is over.
    return any("post" in one.deeds and one.category_id in (None, gig.category_id) for one in in_force)


def _gigs(authors: set[UUID], *conditions: object) -> Sequence[Gig]:
    if not authors:
        return []
    found = select(Gig).where(scoped(Gig), Gig.author_id.in_(authors), *conditions).order_by(Gig.id)
    # Each is asked again under its lock; whoever holds one now is met the next time.
    locked = found.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return db.session.scalars(locked).all()
