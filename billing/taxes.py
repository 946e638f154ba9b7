"""What a marketplace that has Stripe work out taxes adds to whatever is bought from it."""

from billing.connections import connection
from billing.gateway import Params


def taxed(session: Params) -> Params:
    """Return what a page on which is bought asks besides: the address, and for businesses their tax number, by which Stripe works
    the tax out and writes the invoice. Nothing where the leader has not switched it on.

    Prices include the tax: what somebody was told is what they pay.
    """
    living = connection()
    if living is None or not living.works_out_tax:
        return session
    asked: Params = {
        "automatic_tax": {"enabled": True},
        "tax_id_collection": {"enabled": True},
        "billing_address_collection": "required",
    }
    if "customer" in session:
        # What they type on the page is kept with the customer, and stands on their invoices.
        asked["customer_update"] = {"address": "auto", "name": "auto"}
    return session | asked
