"""Offers, in words: what is taken off, for how long, and what somebody then pays."""

from datetime import datetime
from typing import Any

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.core.languages import ngettext
from app.core.wording import money, percent
from app.memberships.models import TierPrice
from app.memberships.words import price_in_words
from app.offers.models import Discount, Gift
from app.offers.reckoning import Reckoned

#: Where an offer stands: it can be used; Stripe has not answered; ended, used up, its day over.
STATES: dict[str, Any] = {
    "open": _l("Can be used"),
    "waiting": _l("Not open yet"),
    "ended": _lp("offer", "Ended"),
    "used_up": _l("Used up"),
    "over": _lp("offer", "Over"),
}


def in_words(offer: Discount) -> str:
    """Return what an offer takes off, and how long: “20% off for 3 months”."""
    off = percent(offer.percent / 100) if offer.percent is not None else money(offer.amount or 0, offer.currency or "")
    if offer.lasts == "once":
        return _("%(off)s off the first payment", off=off)
    elif offer.months is not None:
        return ngettext("%(off)s off for %(num)s month", "%(off)s off for %(num)s months", offer.months, off=off)
    else:
        return _("%(off)s off every payment", off=off)


def paid_in_words(reckoned: Reckoned, price: TierPrice) -> list[str]:
    """Return in sentences what somebody pays with an offer, now and later."""
    words = [_now_and_later(reckoned, price)]
    if reckoned.trial_days:
        days = ngettext(
            "The first %(num)s day costs nothing.", "The first %(num)s days cost nothing.", reckoned.trial_days
        )
        words.insert(0, days)
    return words


def _now_and_later(reckoned: Reckoned, price: TierPrice) -> str:
    amount, then = money(reckoned.amount, price.currency), price_in_words(price)
    if price.interval == "once":
        return _("%(amount)s instead of %(price)s.", amount=amount, price=money(price.amount, price.currency))
    elif reckoned.payments is None:
        return _each(amount, price, money(price.amount, price.currency))
    elif price.interval == "month":
        return ngettext(
            "%(amount)s for the first month, then %(then)s.",
            "%(amount)s a month for %(num)s months, then %(then)s.",
            reckoned.payments,
            amount=amount,
            then=then,
        )
    else:
        return ngettext(
            "%(amount)s for the first year, then %(then)s.",
            "%(amount)s a year for %(num)s years, then %(then)s.",
            reckoned.payments,
            amount=amount,
            then=then,
        )


def _each(amount: str, price: TierPrice, instead: str) -> str:
    if price.interval == "month":
        return _("%(amount)s a month instead of %(price)s, for as long as you stay.", amount=amount, price=instead)
    return _("%(amount)s a year instead of %(price)s, for as long as you stay.", amount=amount, price=instead)


_GIFTS: dict[str, Any] = {
    "open": _lp("gift", "Not paid"),
    "closed": _lp("gift", "Not paid"),
    "paid": _lp("gift", "Not redeemed yet"),
    "redeemed": _lp("gift", "Redeemed"),
    "disputed": _lp("gift", "Disputed at the bank"),
    "given_back": _lp("gift", "Paid back"),
    "expired": _lp("gift", "Not redeemed in time"),
    "waits": _lp("gift", "Redeemed, begins later"),
}


def gift_state(gift: Gift, *, now: datetime) -> str:
    """Return where a gift stands."""
    if gift.is_expired(now=now):
        return str(_GIFTS["expired"])
    return str(_GIFTS["waits" if gift.waits else gift.state])
