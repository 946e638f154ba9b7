"""Featured gigs that a membership includes: so many a month, let stand out from the gig's own page, with nothing paid.

This is featuring as a subscription: whoever pays for the membership month by month has them month by month.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core import clock
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from app.core.months import month_of, span
from app.core.timers import day_of
from app.fees.asking import featured_until
from app.fees.jobs import look_again
from app.fees.models import GigPurchase
from app.gigs.models import Gig
from app.gigs.models.listeners import when_moved
from app.memberships.models import Tier
from billing.following import lock
from tenants.context import Actor, current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.versions import touch


class NotOpen(Conflict):
    message = _l("Only an open gig can stand out. None of yours was used.")


class NoneLeft(Conflict):
    message = _l("Your membership includes no more this month. From the first of next month it does again.")


@dataclass(frozen=True, slots=True)
class Included:
    """What a member's membership includes of featuring: `most` gigs a month for `days` each, of which `used` are used.

    :ivar again_at: when the next month begins.
    """

    tier_id: UUID
    most: int
    used: int
    days: int
    again_at: datetime

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)


def included(member: Actor, *, now: datetime) -> Included | None:
    """Return what a member's memberships include of featuring, by the one with the most; None where none does."""
    best = _best(member.cover.tiers)
    if best is None:
        return None
    begins, again_at = span(month_of(day_of(now, tenant.time_zone)), tenant.time_zone)
    counted = select(func.count()).where(
        scoped(GigPurchase),
        GigPurchase.member_id == member.id,
        GigPurchase.tier_id.is_not(None),
        GigPurchase.state == "paid",
        GigPurchase.opened_at >= begins,
    )
    return Included(best.id, best.featured_a_month, db.session.scalar(counted) or 0, best.featured_days, again_at)


def use_included(gig: Gig, *, by: Actor, now: datetime) -> GigPurchase:
    """Let a gig stand out by what its author's membership includes; return the use. Two tabs never use the last one twice.

    :raises NotOpen: when the gig is not open.
    :raises NoneLeft: when the membership includes none, or no more this month.
    """
    lock(f"featuring {current_tenant_id()} {by.id}")
    gig.lock()
    if gig.state != "open":
        raise NotOpen
    having = included(by, now=now)
    if having is None or not having.left:
        raise NoneLeft
    until = (featured_until(gig.id, now=now) or now) + timedelta(days=having.days)
    use = GigPurchase(
        gig_id=gig.id,
        member_id=by.id,
        tier_id=having.tier_id,
        kind="featured",
        amount=0,
        currency=tenant.currency,
        days=having.days,
        account_id="",
        session_id="",
        state="paid",
        opened_at=now,
        ended_at=now,
        until=until,
    )
    db.session.add(use)
    db.session.flush()
    look_again.enqueue_at(until)
    touch("gigs")
    return use


@when_moved
def give_back_what_was_taken_down(gig: Gig, verb: str, by: Any, why: str) -> None:
    """Let a member use anew what their membership includes, where leaders take down a gig that stands out by it."""
    if verb != "remove":
        return
    now = clock.now()
    running = select(GigPurchase).where(
        scoped(GigPurchase),
        GigPurchase.gig_id == gig.id,
        GigPurchase.tier_id.is_not(None),
        GigPurchase.state == "paid",
        GigPurchase.until > now,
    )
    for use in db.session.scalars(running).all():
        use.state, use.ended_at = "given_back", now


def _best(tier_ids: Collection[UUID]) -> Tier | None:
    if not tier_ids:
        return None
    most_first = (Tier.featured_a_month.desc(), Tier.featured_days.desc(), Tier.id)
    including = select(Tier).where(scoped(Tier), Tier.id.in_(tier_ids), Tier.featured_a_month > 0)
    return db.session.scalars(including.order_by(*most_first).limit(1)).first()
