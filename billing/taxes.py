"""What every page on which something is bought has: its language, an invoice, and tax where Stripe works it out."""

from app.core.languages import language
from billing import gateway
from billing.connections import connection
from billing.gateway import Answer, Params

#: Of what is paid once Stripe writes an invoice only where it is asked to.
WITH_INVOICE: Params = {"invoice_creation": {"enabled": True}}

# Stripe's pages speak these of ours.
_SPOKEN = ("en", "de", "es")


def page_language() -> str:
    """Return the language in which Stripe shows a page to whoever reads ours."""
    return language() if language() in _SPOKEN else "auto"


def taxed(session: Params) -> Params:
    """Return what a page on which is bought asks besides: an invoice; the address, and for businesses their tax number,
    by which Stripe works the tax out. No tax where the leader has not switched it on.

    Prices include the tax: what somebody was told is what they pay.
    """
    if session["mode"] == "payment":
        session = session | WITH_INVOICE
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


def tax_of_page(session: Answer) -> int:
    """Return how much of what was paid on a page is tax."""
    return int((session.get("total_details") or {}).get("amount_tax") or 0)


def invoice_page(session: Answer, account: str | None) -> str:
    """Return where the invoice of what was paid on a page can be read; empty where it has none.

    :raises Unclear: when Stripe does not answer.
    """
    named = session.get("invoice")
    return str(gateway.fetch("invoice", named, account=account).get("hosted_invoice_url") or "") if named else ""
