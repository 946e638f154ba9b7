"""What its author's membership limits when a gig goes live: how many a month, and in how many categories."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from app.core import clock
from app.core.database import Base, db
from app.core.months import month_of, span
from app.gigs.models.approval import zone
from app.memberships.limits import hold_to
from tenants.isolation import scoped

_LIVE = ("in_review", "open", "paused", "filled")


def hold_to_limits(gig: Any) -> None:
    """Refuse a gig that is about to go live where its author's membership gives no more.

    :raises LimitReached: when it is so.
    """
    hold_to("posts_a_month", gig.author_id, used=lambda: _posted_this_month(gig.author_id))
    hold_to_categories(gig, gig.category_id)


def hold_to_categories(gig: Any, category_id: UUID | None) -> None:
    """Refuse a category that would be one more than its author's membership gives.

    :raises LimitReached: when it is so.
    """
    if category_id is None:
        return
    others = _categories(gig)
    if category_id not in others:
        hold_to("categories", gig.author_id, used=lambda: len(_categories(gig)))


def _posted_this_month(author_id: UUID) -> int:
    # What waits for its leaders has been posted; when they hand it back it has not.
    gigs = Base.metadata.tables["gigs"].c
    since, _next = span(month_of(clock.today(zone())), zone())
    posted = or_(gigs.published_at >= since, gigs.state == "in_review")
    counted = select(func.count()).where(scoped(Base.metadata.tables["gigs"]), gigs.author_id == author_id, posted)
    return db.session.scalar(counted) or 0


def _categories(gig: Any) -> set[UUID]:
    gigs = Base.metadata.tables["gigs"].c
    of_others = (gigs.author_id == gig.author_id, gigs.id != gig.id, gigs.state.in_(_LIVE))
    found = select(gigs.category_id).where(scoped(Base.metadata.tables["gigs"]), *of_others).distinct()
    return set(db.session.scalars(found)) - {None}
