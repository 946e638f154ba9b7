"""What was paid and gives nothing: a second membership, or one of somebody who has left. It is ended and given back."""

from contextlib import suppress
from datetime import datetime

import structlog

from app.memberships.models.paying import Purchase
from billing import gateway
from billing.following import follow
from billing.gateway import Answer, Params, Refused
from billing.operations import perform

log = structlog.get_logger("memberships")


def give_back(purchase: Purchase, *, now: datetime, subscription: Answer | None = None, charge: str = "") -> None:
    """End a subscription that is one too many, and give back what was paid for it, fee and all.

    :raises Unclear: when Stripe does not answer; doing it again is safe.
    """
    account = purchase.account_id
    if subscription is not None:
        charge = _charge_of(subscription, account)
        # Refused where it had ended before.
        with suppress(Refused):
            gateway.end("subscription", subscription["id"], account=account)
    if not charge:
        return
    wanted: Params = {"charge": charge}
    if gateway.fetch("charge", charge, account=account).get("application_fee"):
        wanted["refund_application_fee"] = True
    perform("refund", f"surplus of purchase {purchase.id}", wanted, account=account, now=now)
    log.warning("a surplus purchase was given back", purchase=str(purchase.id), charge=charge)
    if subscription is not None:
        follow("connect", "invoice", subscription["latest_invoice"], account, now=now)
    follow("connect", "charge", charge, account, now=now)


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
