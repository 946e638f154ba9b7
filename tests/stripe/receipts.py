"""What stands on invoices besides their lines: tax, payments; and the invoice of what was paid once."""

from typing import Any

from tests.stripe.world import Thing, World


def tax_in(amount: int) -> int:
    """Return the tax that an amount holds: a fifth on top of what is taxed."""
    return round(amount / 6)


def taxes_in(amount: int) -> list[Thing]:
    """Return the same as invoices say it."""
    tax = tax_in(amount)
    told = {"taxability_reason": "standard_rated", "taxable_amount": amount - tax, "type": "tax_rate_details"}
    return [{"amount": tax, "tax_behavior": "inclusive", "tax_rate_details": {"tax_rate": "txr_usual"}, **told}]


def payment_of(world: World, invoice: Thing, intent: Thing, amount: int) -> Thing:
    """Return that an intent is to pay an amount of an invoice."""
    payment: dict[str, Any] = {
        "id": world.new_id("inpay"),
        "object": "invoice_payment",
        "amount_paid": None,
        "amount_requested": amount,
        "created": world.now(),
        "currency": invoice["currency"],
        "invoice": invoice["id"],
        "is_default": True,
        "livemode": False,
        "payment": {"type": "payment_intent", "payment_intent": intent["id"]},
        "status": "open",
        "status_transitions": {"canceled_at": None, "paid_at": None},
    }
    return payment


def receipt(world: World, account: str, session: Thing, customer: Thing, intent: Thing) -> Thing:
    """Return the invoice of what was paid once on a page that was asked to write one: paid when it is made."""
    from tests.stripe import invoices

    total, now = session["amount_total"], world.now()
    items = [{"id": None, "subscription": None, **item} for item in session["_items"]]
    lines = [invoices.line(world, item, item["amount_total"], now, now) | {"parent": None} for item in items]
    invoice = invoices.written(
        world,
        account,
        customer,
        lines,
        amount_due=total,
        amount_remaining=total,
        billing_reason="manual",
        currency=session["currency"],
        parent=None,
        subtotal=session["amount_subtotal"],
        total=total,
        total_taxes=taxes_in(total) if session["automatic_tax"]["enabled"] else [],
        discounts=[],
        total_discount_amounts=[],
    )
    invoice["payments"]["data"].append(payment_of(world, invoice, intent, total))
    invoices.paid(world, account, invoice)
    return invoice
