"""Invoices: their lines, and the tries to be paid."""

from typing import Any

from stripe import params

from tests.stripe import discounts, payments
from tests.stripe.problems import Declined
from tests.stripe.receipts import payment_of, taxes_in
from tests.stripe.routing import Call, require, route
from tests.stripe.world import DAY, Thing, World, a_list

#: When a failed payment is tried again, in days after each failure.
RETRIES = (3, 5, 7)


def line(world: World, item: Thing, amount: int, start: int, end: int, *, proration: bool = False) -> Thing:
    """Return a line of an invoice for a subscription's item."""
    price = item["price"]
    details = {
        "invoice_item": None,
        "proration": proration,
        "proration_details": None,
        "subscription": item["subscription"],
        "subscription_item": item["id"],
    }
    return {
        "id": world.new_id("il"),
        "object": "line_item",
        "amount": amount,
        "currency": price["currency"],
        "description": price["nickname"] or price["product"],
        "discount_amounts": [],
        "discountable": not proration,
        "discounts": [],
        "livemode": False,
        "metadata": {},
        "parent": {
            "type": "subscription_item_details",
            "subscription_item_details": details,
            "invoice_item_details": None,
        },
        "period": {"start": start, "end": end},
        "pricing": {
            "type": "price_details",
            "price_details": {"price": price["id"], "product": price["product"]},
            "unit_amount_decimal": price["unit_amount_decimal"],
        },
        "quantity": item["quantity"],
        "subtotal": amount,
        "taxes": [],
    }


def new_invoice(world: World, account: str, subscription: Thing, lines: list[Thing], *, reason: str) -> Thing:
    """Return a finalized invoice of a subscription: open, with what is due after its discount and the customer's credit."""
    customer = world.of(account, "customer", subscription["customer"])
    subtotal = sum(part["amount"] for part in lines)
    discount, taken_off = discounts.on_invoice(world, account, subscription, lines)
    total = subtotal - taken_off
    # What is left of a downgrade stays as credit, and is used up by what comes next.
    credit = min(max(-customer["balance"], 0), max(total, 0))
    if total < 0 or credit:
        world.change(account, customer, "customer.updated", balance=customer["balance"] + credit + min(total, 0))
    details = {
        "subscription": subscription["id"],
        "metadata": subscription["metadata"],
        "subscription_proration_date": None,
    }
    invoice = written(
        world,
        account,
        customer,
        lines,
        amount_due=max(total, 0) - credit,
        amount_remaining=max(total, 0) - credit,
        billing_reason=reason,
        currency=subscription["currency"],
        parent={"type": "subscription_details", "subscription_details": details, "quote_details": None},
        subtotal=subtotal,
        total=total,
        total_taxes=taxes_in(max(total, 0)) if subscription.get("_is_taxed") else [],
        discounts=[discount["id"]] if discount else [],
        total_discount_amounts=[{"amount": taken_off, "discount": discount["id"]}] if discount else [],
    )
    subscription["latest_invoice"] = invoice["id"]
    discounts.use_up(subscription, discount)
    world.tell(account, "invoice.created", invoice)
    world.tell(account, "invoice.finalized", invoice)
    return invoice


def written(world: World, account: str, customer: Thing, lines: list[Thing], **fields: Any) -> Thing:
    """Return a finalized invoice, open and not yet told of."""
    number = 1 + len(world.all(account, "invoice"))
    usual = {
        "amount_overpaid": 0,
        "amount_paid": 0,
        "amount_shipping": 0,
        "attempt_count": 0,
        "attempted": False,
        "auto_advance": True,
        "collection_method": "charge_automatically",
        "customer": customer["id"],
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "due_date": None,
        "metadata": {},
        "next_payment_attempt": None,
        "number": f"G-{number:04d}",
        "period_end": world.now(),
        "period_start": world.now(),
        "status": "open",
        "status_transitions": dict.fromkeys(("marked_uncollectible_at", "paid_at", "voided_at"))
        | {"finalized_at": world.now()},
        "_tries": 0,
    }
    invoice = world.add(account, "in", "invoice", **usual, **fields)
    invoice["hosted_invoice_url"] = f"{world.base}/invoice/{account}/{invoice['id']}"
    invoice["invoice_pdf"] = f"{invoice['hosted_invoice_url']}/pdf"
    invoice["lines"] = a_list(
        [part | {"invoice": invoice["id"]} for part in lines], f"/v1/invoices/{invoice['id']}/lines"
    )
    invoice["payments"] = a_list([], "/v1/invoice_payments")
    return invoice


def collect(world: World, account: str, invoice: Thing, *, card: Thing | None = None, off_session: bool = True) -> bool:
    """Try to have an invoice paid, with the customer's usual card; return whether it is. A failure plans the next try."""
    if invoice["amount_remaining"] == 0:
        paid(world, account, invoice)
        return True
    intent = _intent(world, account, invoice)
    invoice["attempted"], invoice["attempt_count"] = True, invoice["attempt_count"] + 1
    customer = world.of(account, "customer", invoice["customer"])
    usual = _default_card(world, account, invoice) or customer["invoice_settings"]["default_payment_method"]
    card = card or (world.of(account, "payment_method", usual) if usual else None)
    try:
        if card is None:
            raise Declined("card_declined", "no_card")
        payments.confirm(world, account, intent, card, off_session=off_session)
    except Declined:
        tries = invoice["_tries"]
        after = world.now() + RETRIES[tries] * DAY if tries < len(RETRIES) else None
        invoice["_tries"], invoice["next_payment_attempt"] = tries + 1, after
        world.tell(account, "invoice.payment_failed", invoice)
        return False
    if intent["status"] != "succeeded":
        world.tell(account, "invoice.payment_action_required", invoice)
        return False
    paid(world, account, invoice)
    return True


def _default_card(world: World, account: str, invoice: Thing) -> str | None:
    about = invoice["parent"]["subscription_details"]["subscription"]
    card: str | None = world.of(account, "subscription", about)["default_payment_method"]
    return card


def _intent(world: World, account: str, invoice: Thing) -> Thing:
    """Return the payment intent of an invoice, made at its first try."""
    if invoice["payments"]["data"]:
        return world.of(account, "payment_intent", invoice["payments"]["data"][0]["payment"]["payment_intent"])
    about = invoice["parent"]["subscription_details"]["subscription"]
    percent = world.of(account, "subscription", about)["application_fee_percent"]
    amount = invoice["amount_remaining"]
    fee = round(amount * percent / 100) if percent else None
    customer, currency = invoice["customer"], invoice["currency"]
    words = f"Invoice {invoice['number']}"
    intent = payments.new_intent(
        world, account, amount, currency, customer=customer, application_fee_amount=fee, description=words
    )
    invoice["payments"]["data"].append(payment_of(world, invoice, intent, amount))
    return intent


def paid(world: World, account: str, invoice: Thing) -> None:
    invoice["status_transitions"]["paid_at"] = world.now()
    for payment in invoice["payments"]["data"]:
        payment |= {"status": "paid", "amount_paid": invoice["amount_remaining"]}
    invoice |= {
        "status": "paid",
        "amount_paid": invoice["amount_due"],
        "amount_remaining": 0,
        "next_payment_attempt": None,
    }
    world.tell(account, "invoice.paid", invoice)
    world.tell(account, "invoice.payment_succeeded", invoice)


def void(world: World, account: str, invoice: Thing) -> None:
    """End an open invoice unpaid."""
    invoice["status_transitions"]["voided_at"] = world.now()
    world.change(account, invoice, "invoice.voided", status="void", next_payment_attempt=None)


def _is_of(invoice: Thing, subscription: str) -> bool:
    return bool(invoice["parent"]) and invoice["parent"]["subscription_details"]["subscription"] == subscription


@route("GET", "/v1/invoices/:id", params.InvoiceRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    return call.of("invoice", id)


@route("GET", "/v1/invoices", params.InvoiceListParams)
def list_invoices(call: Call) -> Thing:
    listed = call.listed("invoice", "customer", "status")
    if about := call.params.get("subscription"):
        of = [one for one in listed["data"] if _is_of(one, about)]
        listed["data"] = of
    return listed


@route("POST", "/v1/invoices/:id/pay", params.InvoicePayParams)
def pay(call: Call, id: str) -> Thing:
    invoice = call.of("invoice", id)
    require(invoice["status"] == "open", "Invoice is already paid", code="invoice_not_payable")
    card = call.params.get("payment_method")
    with_card = call.of("payment_method", card) if card else None
    if not collect(call.world, call.account, invoice, card=with_card, off_session=call.params.get("off_session", True)):
        raise Declined
    from tests.stripe.subscriptions import settle

    settle(call.world, call.account, invoice)
    return invoice


@route("POST", "/v1/invoices/:id/void", params.InvoiceVoidInvoiceParams)
def void_invoice(call: Call, id: str) -> Thing:
    invoice = call.of("invoice", id)
    require(invoice["status"] == "open", "You can only void open invoices.")
    void(call.world, call.account, invoice)
    return invoice
