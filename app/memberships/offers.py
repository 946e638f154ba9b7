"""What the page of memberships shows: the tiers side by side at the interval and currency that were chosen, and one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from app.core.database import db
from app.core.wording import money
from app.memberships.buying import bought_membership
from app.memberships.forms import INTERVALS
from app.memberships.limits import limits_without
from app.memberships.models import Membership, Tier, TierPrice, current_membership
from app.memberships.queries import tiers_on_sale
from app.memberships.words import how_often, limited, limits_in_words, standing, without_in_words
from billing.connections import connection
from tenants.context import Actor, current_tenant, current_tenant_id


@dataclass(frozen=True, slots=True)
class Own:
    """What a member has: of what, and what of it they pay for.

    :ivar standing: where it stands, in a sentence.
    """

    membership: Membership
    tier: Tier
    price: TierPrice | None
    bought: Membership | None
    standing: str
    gives_access: bool

    @property
    def is_for_good(self) -> bool:
        return self.gives_access and self.membership.paid_until is None


@dataclass(frozen=True, slots=True)
class Offer:
    """A tier with the price that is shown, if it has one at this interval; `how` says what can be done about it."""

    tier: Tier
    price: TierPrice | None
    amount: str
    per: str
    includes: list[str]
    is_own: bool
    how: str


@dataclass(frozen=True, slots=True)
class Offers:
    """All tiers on sale, and the ways to see other prices of theirs: tabs of intervals and of currencies."""

    tiers: list[Offer]
    intervals: list[dict[str, Any]]
    currencies: list[dict[str, Any]]
    may_charge: bool
    #: What one may without any, as far as it is limited.
    without: list[str]


def own(member_id: UUID, *, now: datetime) -> Own | None:
    """Return what a member has, or None."""
    found = current_membership(member_id)
    if found is None:
        return None
    here = current_tenant_id()
    bought = found if found.is_bought else bought_membership(member_id)
    if bought is not None and bought.tier_id == found.tier_id:
        # Of what is given and paid for as well, what is paid is what one has to know.
        found = bought
    tier, price = db.session.get_one(Tier, (here, found.tier_id)), None
    if found.price_id is not None:
        price = db.session.get_one(TierPrice, (here, found.price_id))
    return Own(found, tier, price, bought, standing(found, price, now=now), found.gives_access(now=now))


def lacking_here(viewer: Actor | None) -> frozenset[str]:
    """Return for which purposes whoever looks needs a membership that they do not have."""
    needs = current_tenant().needs
    return needs.lacking(viewer.roles, viewer.cover) if viewer else needs.lacking_outside()


def offers(asked: Mapping[str, str], mine: Own | None) -> Offers:
    """Return the tiers on sale; `asked` may name an interval (`per`) and a currency (`in`)."""
    tiers = tiers_on_sale()
    prices = {tier.id: tier.prices for tier in tiers}
    every = [price for sold in prices.values() for price in sold]
    currency = _currency(asked.get("in", ""), every, mine)
    here = [price for price in every if price.currency == currency]
    known = [one for one in INTERVALS if any(price.interval == one for price in here)]
    interval = asked.get("per", "")
    if interval not in known:
        interval = mine.price.interval if mine and mine.price and mine.price.interval in known else (known or [""])[0]
    limits, living = limited(tiers), connection()
    shown = [_offer(tier, prices[tier.id], interval, currency, limits, mine) for tier in tiers]
    return Offers(
        shown,
        _tabs(((one, str(INTERVALS[one])) for one in known), "per", interval, {"in": asked.get("in")}),
        _tabs(((one, one) for one in sorted({price.currency for price in every})), "in", currency, {"per": interval}),
        living is not None and living.may_charge,
        without_in_words(limits_without()),
    )


def _currency(asked: str, every: list[TierPrice], mine: Own | None) -> str:
    """Return the currency to show: what one pays in already, what was asked for, the hall's, or any."""
    sold = sorted({price.currency for price in every})
    wanted = [mine.price.currency if mine and mine.price and mine.bought else "", asked, current_tenant().currency]
    return next((one for one in wanted if one in sold), sold[0] if sold else current_tenant().currency)


def _offer(
    tier: Tier, sold: list[TierPrice], interval: str, currency: str, limits: set[str], mine: Own | None
) -> Offer:
    price = next((one for one in sold if (one.interval, one.currency) == (interval, currency)), None)
    is_own = mine is not None and mine.tier.id == tier.id
    return Offer(
        tier,
        price,
        money(price.amount, price.currency) if price else "",
        how_often(price.interval) if price else "",
        [*tier.includes, *limits_in_words(tier, limits)],
        is_own,
        _how(tier, price, mine),
    )


def _how(tier: Tier, price: TierPrice | None, mine: Own | None) -> str:
    """Return what a member can do about a price: `buy` it, `change` to it, they `have` it, or nothing."""
    bought = mine.bought if mine else None
    if price is None:
        return ""
    elif mine is not None and bought is None and mine.is_for_good and tier.position <= mine.tier.position:
        # Nobody should pay for what they were given.
        return "have" if tier.id == mine.tier.id else ""
    elif bought is None:
        return "buy"
    elif bought.price_id == price.id:
        return "have"
    elif bought.subscription_id is None or bought.is_past_due or price.interval == "once":
        return ""
    else:
        return "change"


def _tabs(words: Any, name: str, current: str, kept: dict[str, str | None]) -> list[dict[str, Any]]:
    """Return tabs that lead to the same page at another price; none where there is nothing to choose."""
    others = {key: value for key, value in kept.items() if value}
    listed = [
        {"label": label, "href": url_for("memberships.show", **{name: key}, **others), "current": key == current}
        for key, label in words
    ]
    return listed if len(listed) > 1 else []
