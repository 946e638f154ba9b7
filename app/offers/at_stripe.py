"""An offer as Stripe knows it: a coupon says what is taken off, a promotion code who may have it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from app.core.ids import new_id
from app.memberships.at_stripe import product_at
from app.memberships.models import Tier
from billing.gateway import Params
from billing.operations import perform

if TYPE_CHECKING:
    from app.offers.models.discount import Discount

_DURATIONS = {"once": "once", "months": "repeating", "always": "forever"}


def open_code(offer: "Discount", tiers: Sequence[Tier], *, now: datetime) -> tuple[str, str]:
    """Return Stripe's names of an offer's coupon and of its code, made there now where it does not know them.

    :raises Refused: when Stripe will not.
    :raises Unclear: when it does not answer.
    """
    account, named = offer.account_id, {"offer": str(offer.id)}
    wanted: Params = {"name": offer.name, "duration": _DURATIONS[offer.lasts], "metadata": named}
    if offer.percent is not None:
        wanted["percent_off"] = offer.percent
    else:
        wanted |= {"amount_off": offer.amount, "currency": (offer.currency or "").lower()}
    if offer.months is not None:
        wanted["duration_in_months"] = offer.months
    if tiers:
        wanted["applies_to"] = {"products": [product_at(tier, account, now=now) for tier in tiers]}
    coupon = perform("coupon", f"offer {offer.id}", wanted, account=account, now=now)["id"]
    about: Params = {"promotion": {"type": "coupon", "coupon": coupon}, "code": offer.code, "metadata": named}
    if offer.most_uses is not None:
        about["max_redemptions"] = offer.most_uses
    if offer.until is not None:
        about["expires_at"] = int(offer.until.timestamp())
    return coupon, perform("promotion_code", f"code of offer {offer.id}", about, account=account, now=now)["id"]


def close_code(offer: "Discount", *, now: datetime) -> None:
    """Let Stripe take an offer's code no more; raises as `open_code`."""
    # A leader may have opened it again at Stripe: each end is asked for anew.
    wanted: Params = {"promotion_code": offer.promotion_id, "active": False}
    perform("promotion_code.change", f"end of offer {offer.id} {new_id()}", wanted, account=offer.account_id, now=now)
