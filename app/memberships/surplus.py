"""What was paid and gives nothing: a second membership, or one of somebody who has left. It is ended and given back."""

from contextlib import suppress
from datetime import datetime

import structlog

from app.memberships.models.paying import Purchase
from billing import gateway
from billing.following import follow
from billing.gateway import Answer, Refused
from billing.operations import was_begun
from billing.refunding import refund_all

log = structlog.get_logger("memberships")


def give_back(purchase: Purchase, *, now: datetime, subscription: Answer | None = None, charge: str = "") -> None:
    """Give back what was paid and is one too many, fee and all, and end its subscription.

    :raises Unclear: when Stripe does not answer; doing it again is safe.
    """
    account = purchase.account_id
    if subscription is not None:
        charge = _charge_of(subscription, account)
    if charge:
        refund_all(_subject(purchase), charge, account=account, now=now)
        log.warning("a surplus purchase was given back", purchase=str(purchase.id), charge=charge)
    if subscription is not None:
        # After the refund: while it runs it is found again, however often Stripe or our process fails before. Refused where
        # it had ended.
        with suppress(Refused):
            gateway.end("subscription", subscription["id"], account=account)
    if charge and subscription is not None:
        follow("connect", "invoice", subscription["latest_invoice"], account, now=now)
    if charge:
        follow("connect", "charge", charge, account, now=now)


def is_surplus(purchase: Purchase) -> bool:
    """Return whether what was paid for a purchase goes, or has gone, back: it gives nothing, whatever ended meanwhile."""
    return was_begun("refund", _subject(purchase))


def _subject(purchase: Purchase) -> str:
    return f"surplus of purchase {purchase.id}"


def _charge_of(subscription: Answer, account: str) -> str:
    """Return the payment of a subscription's newest invoice; empty where nothing was paid."""
    if not subscription["latest_invoice"]:
        return ""
    invoice = gateway.fetch("invoice", subscription["latest_invoice"], account=account, expand=("payments",))
    for payment in invoice["payments"]["data"]:
        intent = payment["payment"].get("payment_intent")
        if payment["status"] == "paid" and intent:
            return str(gateway.fetch("payment_intent", intent, account=account)["latest_charge"])
    return ""
