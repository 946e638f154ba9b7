"""What a membership comes to with an offer: in whole minor units, as Stripe reckons it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.months import plus_months
from app.memberships.models import TierPrice
from app.offers.failures import DoesNotFit, OtherCurrency, OverBeforeItBegins, TooLittleLeft
from app.offers.models import Discount

# Less than this Stripe cannot charge in most currencies; nothing at all it can.
_LEAST = 50
_STEPS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is paid with an offer, in minor units of the price's currency.

    :ivar amount: each of the first payments.
    :ivar then: each after those.
    :ivar payments: how many it is taken off; None: all.
    :ivar trial_days: for how long nothing is paid first.
    """

    amount: int
    then: int
    payments: int | None
    trial_days: int

    @property
    def taken_off(self) -> int:
        return self.then - self.amount


def reckon(offer: Discount, price: TierPrice, *, trial_days: int, now: datetime) -> Reckoned:
    """Return what a price comes to for somebody who begins with an offer now.

    :raises DoesNotFit: when the offer is for other tiers, in another currency, leaves what cannot be charged, or is over before
        anything is paid.
    """
    if offer.tier_ids and price.tier_id not in offer.tier_ids:
        raise DoesNotFit
    elif offer.currency not in (None, price.currency):
        raise OtherCurrency
    left = price.amount - taken_off(price.amount, percent=offer.percent, amount=offer.amount)
    if left < _LEAST and (left or price.interval == "once"):
        raise TooLittleLeft
    days = 0 if price.interval == "once" else trial_days
    payments = _payments(offer, price.interval, days, now)
    if payments == 0:
        raise OverBeforeItBegins
    return Reckoned(left, price.amount, payments, days)


def taken_off(price: int, *, percent: int | None, amount: int | None) -> int:
    """Return what is taken off a price: a part of it, rounded to the nearest unit, or an amount; never more than it."""
    return min(price, (price * percent + 50) // 100 if percent is not None else amount or 0)


def _payments(offer: Discount, interval: str, trial_days: int, now: datetime) -> int | None:
    """Return how many payments an offer lasts. Its months are counted from the beginning, whatever is paid in them."""
    if offer.lasts == "once" or interval == "once":
        return 1
    elif offer.months is None:
        return None
    first, ends, step = now + timedelta(days=trial_days), plus_months(now, offer.months), _STEPS[interval]
    return next(number for number in range(offer.months + 1) if plus_months(first, number * step) >= ends)
