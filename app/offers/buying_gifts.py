"""Buying a membership for somebody else, on a page of Stripe's in the leader's own account; and giving the money back."""

from datetime import datetime
from uuid import UUID

from app.activity.recording import record
from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.core.jobs import job
from app.core.languages import ngettext
from app.core.tokens import digest
from app.memberships.at_stripe import customer_at
from app.memberships.failures import NotForSale
from app.memberships.models import Tier, TierPrice
from app.offers.codes import code_of
from app.offers.failures import NotUnredeemed
from app.offers.models import Gift
from billing.connections import charging_connection
from billing.entitlements import application_fee_points
from billing.following import follow
from billing.gateway import CAPTURED_AT_ONCE, Params
from billing.operations import perform
from billing.refunding import refund_all
from billing.taxes import page_language, taxed
from tenants.context import Actor, current_tenant_id

_STEPS = {"month": 1, "year": 12}


def price_of(price: TierPrice, months: int) -> int:
    """Return what so many months cost at a price, in minor units; a year's price is for whole years.

    :raises NotForSale: when a price does not come in so many months.
    """
    step = _STEPS.get(price.interval)
    if step is None or months < 1 or months % step:
        raise NotForSale
    return price.amount * (months // step)


def buy_gift(
    price: TierPrice, months: int, *, recipient: str, message: str, by: Actor, now: datetime, success: str, cancel: str
) -> str:
    """Return Stripe's page on which a member pays a gift.

    :raises NotForSale: when the tier or its price was closed.
    :raises CannotCharge: when Stripe does not let us charge.
    :raises Refused: when Stripe opens no page.
    :raises Unclear: when it does not answer; trying again is safe.
    """
    tier = db.session.get_one(Tier, (current_tenant_id(), price.tier_id))
    if price.is_archived or not tier.is_selling:
        raise NotForSale
    account, gift_id, amount = charging_connection().account_id or "", new_id(), price_of(price, months)
    wanted = _session(tier, months, amount, price.currency, str(gift_id)) | {
        "customer": customer_at(by.id, by.name, account, now=now),
        "success_url": success,
        "cancel_url": cancel,
        "locale": page_language(),
    }
    session = perform("checkout.session", f"gift {gift_id}", taxed(wanted), account=account, now=now)
    db.session.add(
        Gift(
            id=gift_id,
            tier_id=tier.id,
            months=months,
            amount=amount,
            currency=price.currency,
            member_id=by.id,
            recipient=recipient,
            message=message,
            code_digest=digest(code_of(gift_id)),
            account_id=account,
            session_id=session["id"],
            opened_at=now,
        )
    )
    db.session.flush()
    return str(session["url"])


def _session(tier: Tier, months: int, amount: int, currency: str, named: str) -> Params:
    """Return what is to be paid, and what of it is the platform's."""
    titled = ngettext(
        "A gift: %(tier)s for %(num)s month", "A gift: %(tier)s for %(num)s months", months, tier=tier.name
    )
    about: Params = {"metadata": {"gift": named}, **CAPTURED_AT_ONCE}
    if of_it := amount * application_fee_points() // 10_000:
        about["application_fee_amount"] = of_it
    price = {
        "currency": currency.lower(),
        "unit_amount": amount,
        "tax_behavior": "inclusive",
        "product_data": {"name": titled},
    }
    return {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "client_reference_id": named,
        "metadata": {"gift": named},
        "payment_intent_data": about,
    }


def refund(gift: Gift, *, by: Actor, now: datetime) -> None:
    """Give back what was paid for a gift that nobody has redeemed. From this moment its code is worth nothing.

    :raises NotUnredeemed: when somebody was faster, or it was given back before.
    """
    db.session.refresh(gift, with_for_update=True)
    if gift.state != "paid":
        raise NotUnredeemed
    gift.take_back("given_back", now=now)
    record("gave_back", gift, by=by, kind="gift")
    give_back.enqueue(gift_id=gift.id)


@job("offers.give_back", queue="money", retries=8)
def give_back(*, gift_id: str) -> None:
    """Give back what was paid for a gift, the platform's share and all; once, however often this runs."""
    gift, now = db.session.get_one(Gift, (current_tenant_id(), UUID(gift_id))), clock.now()
    charge_id = gift.charge_id or ""
    refund_all(f"gift {gift.id}", charge_id, account=gift.account_id, now=now)
    follow("connect", "charge", charge_id, gift.account_id, now=now)


def title_of(gift: Gift, tier: Tier) -> str:
    """Return what a gift is, in words."""
    return ngettext("%(tier)s for %(num)s month", "%(tier)s for %(num)s months", gift.months, tier=tier.name)


def offered(tier: Tier, months: int, amount: str) -> str:
    """Return what can be bought, in words: “Journeyman for 3 months, €27”."""
    return ngettext(
        "%(tier)s for %(num)s month, %(amount)s",
        "%(tier)s for %(num)s months, %(amount)s",
        months,
        tier=tier.name,
        amount=amount,
    )
