"""A member changes what they have bought: to another tier or interval, to an end, or on after all.

What a change costs is shown first, as Stripe reckons it, and that is what is paid: what was shown travels on, signed, to the
confirmation. Where the bank does not pay it, nothing is changed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.database import db
from app.core.ids import new_id
from app.core.tokens import sign, unsign
from app.memberships.at_stripe import price_at
from app.memberships.failures import NotForSale, NothingToChange, OldPreview
from app.memberships.models import Membership, Tier, TierPrice
from billing import gateway
from billing.following import follow
from billing.gateway import Answer, Params
from billing.operations import perform
from tenants.context import current_tenant_id

_PURPOSE = "membership change"
# What was shown is paid, whatever the clock says, but not for ever.
_HOLDS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would cost, in minor units of the price's currency.

    :ivar due: what is paid at once.
    :ivar credit: what is left of what was paid before, and pays for what comes.
    :ivar next_at: when `price` is paid next.
    :ivar token: what the confirmation sends back.
    """

    tier: Tier
    price: TierPrice
    due: int
    credit: int
    next_at: datetime
    token: str


def preview(membership: Membership, price: TierPrice, *, now: datetime) -> Preview:
    """Return what it costs to change to another price; nothing is changed.

    :raises NothingToChange: where it has no subscription, owes something, or pays that price already.
    :raises NotForSale: when the tier or its price was closed, or is in another currency.
    :raises Refused: when Stripe reckons nothing.
    :raises Unclear: when it does not answer.
    """
    tier = _refuse(membership, price)
    account, at = membership.account_id or "", int(now.timestamp())
    due, credit, next_at = 0, 0, membership.paid_until or now
    if membership.state == "active":
        change = _change(membership, price_at(price, tier, account, now=now), at)
        wanted = {"subscription": membership.subscription_id, "subscription_details": change}
        invoice = gateway.upcoming_invoice(wanted, account=account)
        due, credit = invoice["amount_due"], max(0, -invoice["ending_balance"])
        ends = max((line["period"]["end"] for line in invoice["lines"]["data"]), default=next_at.timestamp())
        next_at = datetime.fromtimestamp(ends, UTC)
    told = [str(membership.id), str(membership.price_id), str(price.id), at, str(new_id())]
    return Preview(tier, price, due, credit, next_at, sign(told, _PURPOSE))


def change(membership: Membership, price: TierPrice, token: str, *, now: datetime) -> None:
    """Change to another price, for what was shown. Confirmed twice, it is done once.

    :raises OldPreview: when that was too long ago, or of another change.
    :raises Declined: when the bank does not pay; nothing has changed.
    :raises Refused: as that, when Stripe will not.
    :raises Unclear: when nobody knows whether it was done; confirming again is safe.
    """
    told = unsign(token, _PURPOSE, within=_HOLDS)
    if told is None or told[:2] != [str(membership.id), str(membership.price_id)] or told[2] != str(price.id):
        raise OldPreview
    tier = _refuse(membership, price)
    account = membership.account_id or ""
    wanted = _change(membership, price_at(price, tier, account, now=now), told[3])
    wanted |= {"subscription": membership.subscription_id, "cancel_at_period_end": False}
    if membership.state == "active":
        wanted["payment_behavior"] = "error_if_incomplete"
    changed = perform("subscription.change", f"change {told[4]}", wanted, account=account, now=now)
    _follow(membership, changed, now=now)


def cancel(membership: Membership, *, now: datetime) -> None:
    """Let it end with what is paid for.

    :raises NothingToChange: where there is no subscription.
    :raises Unclear: when Stripe does not answer; doing it again is safe.
    """
    _set(membership, {"cancel_at_period_end": True}, now=now)


def resume(membership: Membership, *, now: datetime) -> None:
    """Let it go on after all; raises as `cancel`."""
    _set(membership, {"cancel_at_period_end": False}, now=now)


def _set(membership: Membership, wanted: Params, *, now: datetime) -> None:
    if membership.subscription_id is None or membership.state == "ended":
        raise NothingToChange
    named = {"subscription": membership.subscription_id, **wanted}
    subject = f"setting {new_id()}"
    changed = perform("subscription.change", subject, named, account=membership.account_id, now=now)
    _follow(membership, changed, now=now)


def _follow(membership: Membership, changed: Answer, *, now: datetime) -> None:
    follow("connect", "subscription", changed["id"], membership.account_id, now=now)
    if changed["latest_invoice"]:
        follow("connect", "invoice", changed["latest_invoice"], membership.account_id, now=now)


def _refuse(membership: Membership, price: TierPrice) -> Tier:
    """Return the tier of a price that a membership may change to; raises as `preview`."""
    tier = db.session.get_one(Tier, (current_tenant_id(), price.tier_id))
    pays = membership.price_id and db.session.get(TierPrice, (current_tenant_id(), membership.price_id))
    runs = membership.subscription_id is not None and membership.state in ("active", "trialing")
    if not runs or not pays or price is pays:
        raise NothingToChange
    elif price.is_archived or not tier.is_selling or price.interval == "once" or price.currency != pays.currency:
        raise NotForSale
    return tier


def _change(membership: Membership, price_id: str, at: int) -> dict[str, Any]:
    """Return a change of price as Stripe takes it; while it is tried out, it costs nothing."""
    theirs = gateway.fetch("subscription", membership.subscription_id or "", account=membership.account_id)
    item: dict[str, Any] = {"id": theirs["items"]["data"][0]["id"], "price": price_id}
    if membership.state == "trialing":
        return {"items": [item], "proration_behavior": "none"}
    return {"items": [item], "proration_behavior": "always_invoice", "proration_date": at}
