"""Tiers, prices and memberships, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.core.languages import ngettext
from app.core.wording import day, money
from app.memberships.models import LIMITS, Membership, Tier, TierPrice
from tenants.context import current_tenant

STATES = {
    "draft": _lp("tier", "Draft"),
    "selling": _l("On sale"),
    "closed": _lp("tier", "Closed"),
}


#: What a membership can be needed for, as it stands in a sentence: “you need one for …”.
PURPOSES = {
    "see": _l("seeing gigs and people"),
    "post": _l("posting gigs"),
    "apply": _l("raising your hand"),
    "contact": _l("writing to somebody first"),
}


def price_in_words(price: TierPrice) -> str:
    """Return what is paid and how often: “€9 a month”."""
    return amount_in_words(price.amount, price.currency, price.interval)


def amount_in_words(amount: int, currency: str, interval: str) -> str:
    """Return an amount with how often it is paid: “€9 a month”."""
    paid = money(amount, currency)
    if interval == "month":
        return _("%(amount)s a month", amount=paid)
    elif interval == "year":
        return _("%(amount)s a year", amount=paid)
    else:
        return _("%(amount)s once", amount=paid)


def how_often(interval: str) -> str:
    """Return what stands below a price."""
    return {"month": _("a month"), "year": _("a year"), "once": _("once, for good")}[interval]


def limits_in_words(tier: Tier, limited: set[str]) -> list[str]:
    """Return what a tier allows, where any tier of the hall sets a limit, and what it includes of featuring."""
    said = [_limit(limit, getattr(tier, limit)) for limit in LIMITS if limit in limited]
    return [*said, featuring_in_words(tier)] if tier.featured_a_month else said


def featuring_in_words(tier: Tier) -> str:
    """Return how many gigs of its members stand out each month."""
    span = ngettext("%(num)s day", "%(num)s days", tier.featured_days)
    return ngettext(
        "%(num)s featured gig a month, for %(span)s",
        "%(num)s featured gigs a month, for %(span)s each",
        tier.featured_a_month,
        span=span,
    )


def _limit(limit: str, most: int | None) -> str:
    if most is None:
        return _UNLIMITED[limit]
    elif limit == "posts_a_month":
        return ngettext("%(num)s gig a month", "%(num)s gigs a month", most)
    elif limit == "open_applications":
        return ngettext("%(num)s hand raised at a time", "%(num)s hands raised at a time", most)
    elif limit == "categories":
        return ngettext("Posting in %(num)s category", "Posting in %(num)s categories", most)
    else:
        return ngettext("%(num)s alert", "%(num)s alerts", most)


_UNLIMITED: dict[str, Any] = {
    "posts_a_month": _l("As many gigs as you like"),
    "open_applications": _l("Raise your hand as often as you like"),
    "categories": _l("Posting in every category"),
    "alerts": _l("As many alerts as you need"),
}


def without_in_words(limits: Mapping[str, int]) -> list[str]:
    """Return what members without a membership may, as far as it is limited."""
    return [_limit(limit, limits[limit]) for limit in LIMITS if limit in limits]


def limited(tiers: list[Tier]) -> set[str]:
    """Return which limits any of the tiers sets."""
    return {limit for limit in LIMITS if any(getattr(tier, limit) is not None for tier in tiers)}


def standing(membership: Membership, price: TierPrice | None, *, now: datetime) -> str:
    """Return where a membership stands, in a sentence."""
    until = membership.paid_until and on(membership.paid_until)
    if membership.is_past_due:
        if membership.gives_access(now=now):
            return _(
                "Your last payment failed. You keep everything until %(day)s; until then, give another card.",
                day=on(membership.grace_until or now),
            )
        return _("Your last payment failed, so this membership rests. Give another card, and it goes on.")
    elif membership.cancels_at is not None:
        return _("It ends on %(day)s, and nothing more is paid.", day=on(membership.cancels_at))
    elif price is not None and membership.state == "trialing":
        return _("You are trying it out. From %(day)s it is %(price)s.", day=until, price=price_in_words(price))
    elif price is not None and membership.renews:
        return _("It goes on by itself on %(day)s, for %(price)s.", day=until, price=price_in_words(price))
    elif membership.paid_until is not None:
        return _("It is yours until %(day)s.", day=until)
    else:
        return _("It is yours for good.")


def on(moment: datetime) -> str:
    """Return the day of a moment in the hall's time zone."""
    return day(moment.astimezone(ZoneInfo(current_tenant().time_zone)).date())
