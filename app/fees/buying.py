"""Paying for a gig, on a page of Stripe's in the leader's own account."""

from datetime import datetime

from sqlalchemy import select

from app.core.database import db
from app.core.ids import new_id
from app.core.languages import gettext as _
from app.fees.asking import NothingToPay, fee_due, fee_of
from app.fees.disputes import taken_back
from app.fees.models import GigFee, GigPurchase
from app.gigs.models import Gig
from app.memberships.at_stripe import customer_at
from billing import gateway
from billing.connections import charging_connection
from billing.entitlements import application_fee_points
from billing.following import follow, lock
from billing.gateway import CAPTURED_AT_ONCE, AccessLost, Params, Refused
from billing.operations import perform
from billing.taxes import page_language, taxed
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped


def pay_for(gig: Gig, kind: str, *, by: Actor, now: datetime, success_url: str, cancel_url: str) -> str:
    """Return Stripe's page on which a gig's author pays for publishing it, or for having it stand out. A page that they left
    open before is closed, so nothing is paid twice.

    :raises NothingToPay: when it was paid, perhaps in another tab, or costs nothing.
    :raises Refused: when Stripe opens no page.
    :raises Unclear: when it does not answer; trying again is safe.
    """
    lock(f"fee {current_tenant_id()} {gig.id} {kind}")
    close_page(gig, kind, now=now)
    fee = fee_due(gig, by.id) if kind == "listing" else fee_of(kind, gig.category_id)
    if fee is None or not _is_to_be_paid(gig, kind):
        raise NothingToPay
    account, purchase_id = charging_connection().account_id or "", new_id()
    wanted = _session(gig, fee, str(purchase_id)) | {
        "customer": customer_at(by.id, by.name, account, now=now),
        "success_url": success_url,
        "cancel_url": cancel_url,
        "locale": page_language(),
    }
    wanted = taxed(wanted)
    session = perform("checkout.session", f"gig fee {purchase_id}", wanted, account=account, now=now)
    db.session.add(
        GigPurchase(
            id=purchase_id,
            gig_id=gig.id,
            member_id=by.id,
            kind=kind,
            amount=fee.amount,
            currency=fee.currency,
            days=fee.days,
            account_id=account,
            session_id=session["id"],
            opened_at=now,
        )
    )
    db.session.flush()
    return str(session["url"])


def _is_to_be_paid(gig: Gig, kind: str) -> bool:
    """Whether a gig is where it can be paid for: still a draft, or at rest since a bank kept its fee; open to stand out."""
    if kind == "featured":
        return gig.state == "open"
    lost = taken_back(gig) if gig.state == "paused" else None
    return gig.state == "draft" or (lost is not None and lost.state == "lost")


def open_purchase(gig: Gig, kind: str) -> GigPurchase | None:
    """Return the purchase whose page is open, if one is."""
    left_open = select(GigPurchase).where(
        scoped(GigPurchase), GigPurchase.gig_id == gig.id, GigPurchase.kind == kind, GigPurchase.state == "open"
    )
    return db.session.scalars(left_open).one_or_none()


def close_page(gig: Gig, kind: str, *, now: datetime) -> None:
    """Close the page that was left open; one that was paid meanwhile is followed.

    :raises Unclear: when Stripe does not answer.
    """
    purchase = open_purchase(gig, kind)
    if purchase is None:
        return
    try:
        gateway.end("checkout.session", purchase.session_id, account=purchase.account_id)
    except AccessLost:
        purchase.state, purchase.ended_at = "closed", now
    except Refused:
        # It was paid, or closed, while nobody looked.
        follow("connect", "checkout.session", purchase.session_id, purchase.account_id, now=now)
    else:
        follow("connect", "checkout.session", purchase.session_id, purchase.account_id, now=now)
    db.session.flush()


def _session(gig: Gig, fee: GigFee, named: str) -> Params:
    """Return what is to be paid, and what of it is the platform's."""
    title = gig.title[:200]
    titled = _("Posting “%(title)s”", title=title) if fee.kind == "listing" else _("Featuring “%(title)s”", title=title)
    about: Params = {"metadata": {"gig_purchase": named}, **CAPTURED_AT_ONCE}
    if of_it := fee.amount * application_fee_points() // 10_000:
        about["application_fee_amount"] = of_it
    price = {
        "currency": fee.currency.lower(),
        "unit_amount": fee.amount,
        "tax_behavior": "inclusive",
        "product_data": {"name": titled},
    }
    return {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "client_reference_id": named,
        "metadata": {"gig_purchase": named},
        "payment_intent_data": about,
    }
