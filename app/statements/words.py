"""What transactions are called."""

from typing import Any

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "membership": _l("Membership paid"),
    "discount": _l("Taken off by an offer"),
    "refund": _l("Paid back"),
    "dispute": _l("Taken back by a bank"),
    "fee": _l("Fee"),
    "gig fee": _l("Fee for a gig"),
    "plan.returned": _l("Plan paid back"),
    "stripe_fee": _l("Fee of Stripe's"),
    "gig_payment": _l("Paid in for a gig"),
    "gig_release": _l("Work accepted"),
    "gig_transfer": _l("Sent to the account at Stripe"),
    "gig_reversal": _l("Fetched back from the account at Stripe"),
    "gig_debt": _l("Could not be fetched back"),
    "gig_kept": _l("Kept for what was owed"),
    "gig_refund_failed": _l("Did not arrive at the client's bank"),
    "gig_refund": _l("Given back"),
    "gig_refunded": _l("Paid back"),
    "gig_dispute": _l("Taken back by a bank"),
    "gig_dispute_lost": _l("Kept by a bank"),
    "plan": _l("Plan paid"),
}


def kind_name(kind: str) -> str:
    """Return what a transaction of a kind is called."""
    return str(KINDS.get(kind) or _("Booking"))
