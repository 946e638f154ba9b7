"""Redeeming a gift: it begins at once, or when what its receiver has is over; never beside another that they pay for."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.activity.recording import record
from app.core import clock
from app.core.database import db
from app.core.jobs import job
from app.core.months import plus_months
from app.memberships.buying import bought_membership
from app.memberships.changing import cancel
from app.memberships.models import Membership, Tier
from app.offers.failures import GiftExpired, GiftGone, GiftRests, GiftUsed, HasAsMuch, NoSuchGift
from app.offers.models import Gift
from billing.following import lock
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member

# So nobody is without a membership for the seconds that a job may be late.
_EARLY = timedelta(minutes=2)


def refuse(gift: Gift, *, now: datetime) -> None:
    """Refuse a gift that cannot be redeemed, and say why.

    :raises NoSuchGift, GiftUsed, GiftExpired, GiftGone, GiftRests: as they say.
    """
    if gift.is_expired(now=now):
        raise GiftExpired
    refusals = {"redeemed": GiftUsed, "given_back": GiftGone, "disputed": GiftRests}
    if gift.state != "paid":
        raise refusals.get(gift.state, NoSuchGift)


def redeem(gift: Gift, *, by: Actor, now: datetime) -> None:
    """Redeem a gift for a member. What they pay for ends with what they have paid, and the gift follows it.

    :raises HasAsMuch: when they have that tier, or a larger one, for good.
    :raises Refused: when Stripe does not let the present one end.
    :raises Unclear: when it does not answer; trying again is safe.
    :raises: as `refuse`, also when somebody else was faster.
    """
    lock(f"membership of {current_tenant_id()} {by.id}")
    db.session.refresh(gift, with_for_update=True)
    refuse(gift, now=now)
    if _has_for_good(by.id, gift, now):
        raise HasAsMuch
    bought = bought_membership(by.id)
    if bought is not None and bought.renews:
        cancel(bought, now=now)
    gift.state, gift.redeemed_by, gift.redeemed_at = "redeemed", by.id, now
    db.session.flush()
    record("redeemed", gift, by=by)
    begin_due_gifts(now=now)
    if gift.waits and (ends := after_what(by.id, now=now)):
        begin_gifts.enqueue_at(ends - _EARLY / 2)


def begin_due_gifts(*, now: datetime) -> None:
    """Let each gift begin that was redeemed and whose receiver has nothing else that gives them as much. May run at any
    moment, twice or late.
    """
    waiting = select(Gift).where(scoped(Gift), Gift.state == "redeemed", Gift.membership_id.is_(None))
    rows = db.session.scalars(waiting.order_by(Gift.redeemed_at, Gift.id).with_for_update(skip_locked=True))
    for gift in rows.all():
        member = db.session.get_one(Member, (current_tenant_id(), gift.redeemed_by))
        lock(f"membership of {current_tenant_id()} {member.id}")
        if member.is_active and not _in_the_way(member.id, gift, now):
            gift.begin(until=plus_months(now, gift.months), now=now)


@job("offers.begin_gifts")
def begin_gifts() -> None:
    """Let gifts begin for which it is time."""
    begin_due_gifts(now=clock.now())


def after_what(member_id: UUID, *, now: datetime) -> datetime | None:
    """Return when what a member has is over, after which a gift begins; None where it begins at once, or nobody can say."""
    ends = [one.paid_until for one in _living(member_id) if one.gives_access(now=now) and one.paid_until]
    return max(ends, default=None)


def _in_the_way(member_id: UUID, gift: Gift, now: datetime) -> bool:
    """Return whether a member has something that a gift waits for: all but what is for good and less."""
    return any(
        one.gives_access(now=now + _EARLY)
        and not (_is_for_good(one) and _position(one.tier_id) < _position(gift.tier_id))
        for one in _living(member_id)
    )


def _has_for_good(member_id: UUID, gift: Gift, now: datetime) -> bool:
    return any(
        _is_for_good(one) and one.gives_access(now=now) and _position(one.tier_id) >= _position(gift.tier_id)
        for one in _living(member_id)
    )


def _is_for_good(membership: Membership) -> bool:
    return membership.paid_until is None and not membership.renews


def _position(tier_id: UUID) -> int:
    return db.session.get_one(Tier, (current_tenant_id(), tier_id)).position


def _living(member_id: UUID) -> list[Membership]:
    # What is owed for keeps nobody from what they were given.
    living = select(Membership).where(
        scoped(Membership), Membership.member_id == member_id, Membership.state.in_(("active", "trialing"))
    )
    return list(db.session.scalars(living))


def forget_gifts(member_id: UUID) -> None:
    """Forget what a member who leaves wrote on gifts, and for whom; what they paid for stays as good as it was."""
    for gift in db.session.scalars(select(Gift).where(scoped(Gift), Gift.member_id == member_id)):
        gift.recipient, gift.message = "", ""
