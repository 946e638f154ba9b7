"""Giving back all of a payment on a leader's account, the platform's share of it too."""

from datetime import datetime

from billing import gateway
from billing.gateway import Params, Refused
from billing.operations import perform


def refund_all(subject: str, charge_id: str, *, account: str | None, now: datetime) -> None:
    """Give back a payment once, however often this runs. Nothing is left to give back where it went already: by hand, or to the
    bank of whoever paid.

    :param subject: what the refund is named by among operations.
    :raises NotSettled: when it was paid a moment ago.
    :raises Refused: when Stripe will not for another reason.
    :raises Unclear: when Stripe does not answer; doing it again is safe.
    """
    charge = gateway.settled_charge(charge_id, account=account)
    if charge["refunded"]:
        return
    wanted: Params = {"charge": charge_id}
    if charge.get("application_fee"):
        wanted["refund_application_fee"] = True
    try:
        perform("refund", subject, wanted, account=account, now=now)
    except Refused:
        if not _went_otherwise(charge_id, account):
            raise


def _went_otherwise(charge_id: str, account: str | None) -> bool:
    """Whether a payment has gone back meanwhile, or its bank has it until it has decided."""
    if gateway.fetch("charge", charge_id, account=account)["refunded"]:
        return True
    return any(one["status"] != "won" for one in gateway.each("dispute", {"charge": charge_id}, account=account))
