"""Which offer a code names, and whether somebody may begin with it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.core.limits import allow
from app.memberships.buying import TakenOff, trial_days
from app.memberships.models import Tier, TierPrice
from app.offers.failures import NoSuchCode, OfferEnded, OfferUsedBefore, OfferUsedUp
from app.offers.models import Discount
from app.offers.reckoning import Reckoned, reckon
from billing.connections import connection
from tenants.context import current_tenant_id
from tenants.isolation import scoped

# Nobody finds a code by trying, and nobody who mistypes one is shut out.
_TRIES, _PER = 40, timedelta(hours=1)


def as_typed(code: str) -> str:
    """Return a code as it is kept, whatever of capitals, spaces and hyphens somebody typed."""
    return "".join(character for character in code.upper() if character.isascii() and character.isalnum())


def offer_for(code: str, *, asker: str, member_id: UUID | None, now: datetime) -> Discount:
    """Return the offer that a code names and somebody may begin with.

    :param asker: who tries, a member or an address: so often and no more.
    :raises NoSuchCode: when none has it.
    :raises OfferEnded: when it is over.
    :raises OfferUsedUp: when as many have begun with it as it was for.
    :raises OfferUsedBefore: when this member has.
    :raises TooMany: when too many codes were tried.
    """
    allow("codes", f"{current_tenant_id()}:{asker}", limit=_TRIES, per=_PER)
    named = select(Discount).where(
        scoped(Discount), Discount.code == as_typed(code), Discount.promotion_id.is_not(None)
    )
    newest = named.order_by(Discount.ended_at.desc().nulls_first(), Discount.id.desc()).limit(1)
    offer = db.session.scalars(newest).one_or_none()
    if offer is None:
        raise NoSuchCode
    living = connection()
    if offer.is_over(now=now) or living is None or living.account_id != offer.account_id:
        raise OfferEnded
    elif member_id is not None and offer.was_used_by(member_id):
        raise OfferUsedBefore
    elif offer.is_used_up:
        raise OfferUsedUp
    return offer


def reckoned_for(offer: Discount, price: TierPrice, *, member_id: UUID | None, now: datetime) -> Reckoned:
    """Return what a price comes to with an offer, for a member or a visitor.

    :raises DoesNotFit: when the offer is nothing to this price.
    """
    tier = db.session.get_one(Tier, (current_tenant_id(), price.tier_id))
    days = trial_days(tier, member_id) if member_id is not None else tier.trial_days
    return reckon(offer, price, trial_days=days, now=now)


def taken_off(offer: Discount, reckoned: Reckoned) -> TakenOff:
    """Return what buying has to know of an offer."""
    return TakenOff(offer.id, offer.promotion_id or "", reckoned.taken_off)
