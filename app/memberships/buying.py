"""A member buys a tier: on a page of Stripe's, in the leader's own account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.core.ids import new_id
from app.memberships.at_stripe import customer_at, price_at
from app.memberships.failures import AlreadyMember, NotForSale
from app.memberships.models import Membership, Purchase, Tier, TierPrice
from app.memberships.references import reference
from billing import gateway
from billing.connections import charging_connection
from billing.entitlements import application_fee_points
from billing.following import follow, lock
from billing.gateway import CAPTURED_AT_ONCE, AccessLost, Params, Refused
from billing.operations import perform
from billing.taxes import page_language, taxed
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped


@dataclass(frozen=True, slots=True)
class TakenOff:
    """What an offer takes off a purchase, in minor units of its price; that it may, `app.offers` has seen to.

    :ivar promotion_id: Stripe's name of the code.
    """

    discount_id: UUID
    promotion_id: str
    amount: int


def bought_membership(member_id: UUID) -> Membership | None:
    """Return what a member has bought and not ended, or None."""
    return db.session.scalars(
        select(Membership).where(
            scoped(Membership),
            Membership.member_id == member_id,
            Membership.source == "bought",
            Membership.state != "ended",
        )
    ).one_or_none()


def buy(
    price: TierPrice, *, by: Actor, now: datetime, success_url: str, cancel_url: str, taken_off: TakenOff | None = None
) -> str:
    """Return Stripe's page on which a member pays a price. A page that they left open before is closed; so nothing that
    was begun and not finished keeps anybody from buying, and nothing is paid twice.

    :raises AlreadyMember: when they have bought one, perhaps a moment ago in another tab.
    :raises NotForSale: when the tier or its price was closed.
    :raises CannotCharge: when Stripe does not let us charge.
    :raises Refused: when Stripe opens no page.
    :raises Unclear: when it does not answer; trying again is safe.
    """
    lock(f"purchases of {current_tenant_id()} {by.id}")
    close_pages(by.id, now=now)
    if bought_membership(by.id) is not None:
        raise AlreadyMember
    tier = db.session.get_one(Tier, (current_tenant_id(), price.tier_id))
    if price.is_archived or not tier.is_selling:
        raise NotForSale
    account = charging_connection().account_id or ""
    purchase_id = new_id()
    wanted = _session(price, price_at(price, tier, account, now=now), purchase_id, trial_days(tier, by.id), taken_off)
    wanted |= {
        "customer": customer_at(by.id, by.name, account, now=now),
        "success_url": success_url,
        "cancel_url": cancel_url,
        "locale": page_language(),
    }
    session = perform("checkout.session", f"purchase {purchase_id}", taxed(wanted), account=account, now=now)
    db.session.add(
        Purchase(
            id=purchase_id,
            member_id=by.id,
            price_id=price.id,
            discount_id=taken_off.discount_id if taken_off else None,
            account_id=account,
            session_id=session["id"],
            opened_at=now,
        )
    )
    db.session.flush()
    return str(session["url"])


def trial_days(tier: Tier, member_id: UUID) -> int:
    """Return for how many days a member may try a tier out: whoever bought one before knows what it is."""
    had = select(Membership.id).where(
        scoped(Membership), Membership.member_id == member_id, Membership.source == "bought"
    )
    return 0 if db.session.scalars(had.limit(1)).first() else tier.trial_days


def _session(price: TierPrice, price_id: str, purchase_id: UUID, tried_out: int, taken_off: TakenOff | None) -> Params:
    """Return what is to be paid, and what of it is the platform's."""
    named, fee = reference(purchase_id), application_fee_points()
    wanted: Params = {
        "line_items": [{"price": price_id, "quantity": 1}],
        "client_reference_id": named,
        "metadata": {"reference": named},
    }
    if taken_off is not None:
        wanted["discounts"] = [{"promotion_code": taken_off.promotion_id}]
    about: dict[str, Any] = {"metadata": {"reference": named}}
    if price.interval == "once":
        about |= CAPTURED_AT_ONCE
        of_it = (price.amount - (taken_off.amount if taken_off else 0)) * fee // 10_000
        about |= {"application_fee_amount": of_it} if of_it else {}
        return wanted | {"mode": "payment", "payment_intent_data": about}
    about |= {"application_fee_percent": fee / 100} if fee else {}
    about |= {"trial_period_days": tried_out} if tried_out else {}
    return wanted | {"mode": "subscription", "subscription_data": about}


def close_pages(member_id: UUID, *, now: datetime) -> None:
    """Close the pages that a member left open; one that was paid meanwhile is followed.

    :raises Unclear: when Stripe does not answer.
    """
    left_open = select(Purchase).where(scoped(Purchase), Purchase.member_id == member_id, Purchase.state == "open")
    for purchase in db.session.scalars(left_open).all():
        try:
            gateway.end("checkout.session", purchase.session_id, account=purchase.account_id)
        except AccessLost:
            purchase.end("closed", now=now)
            continue
        except Refused:
            # It was paid, or closed, while nobody looked.
            pass
        follow("connect", "checkout.session", purchase.session_id, purchase.account_id, now=now)
    db.session.flush()
