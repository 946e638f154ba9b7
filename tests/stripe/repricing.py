"""Another price for a subscription: what of the old one was not used, what is due at once, and what that would be."""

from copy import deepcopy
from typing import Any

from stripe import params

from tests.stripe import discounts, invoices
from tests.stripe.periods import after
from tests.stripe.problems import Declined
from tests.stripe.routing import Call, require, route
from tests.stripe.world import Thing, World


def reprice_or_refuse(call: Call, subscription: Thing) -> None:
    """Put other prices in the items' places, and ask for what is due; with `error_if_incomplete`, all or nothing."""
    customer = call.of("customer", subscription["customer"])
    before = deepcopy(subscription), deepcopy(customer)
    if not (due := _reprice(call, subscription, call.params)):
        return
    invoice = invoices.new_invoice(call.world, call.account, subscription, due, reason="subscription_update")
    if invoices.collect(call.world, call.account, invoice):
        return
    if call.params.get("payment_behavior") == "error_if_incomplete":
        invoices.void(call.world, call.account, invoice)
        subscription |= before[0]
        customer |= before[1]
        raise Declined
    subscription["status"] = "past_due"


def _reprice(call: Call, subscription: Thing, given: dict[str, Any]) -> list[Thing]:
    """Put another price in an item's place; what was paid for and not used counts. Return the lines that are due at once."""
    how = given.get("proration_behavior", "create_prorations")
    items = {item["id"]: item for item in subscription["items"]["data"]}
    now = given.get("proration_date", call.now)
    renews = False
    for wanted in given["items"]:
        require(wanted.get("id") in items, f"No such subscription_item: '{wanted.get('id')}'", param="items")
        item = items[wanted["id"]]
        price, quantity = (
            call.of("price", wanted.get("price", item["price"]["id"])),
            wanted.get("quantity", item["quantity"]),
        )
        require(price["currency"] == subscription["currency"], "The price's currency is not the subscription's.")
        renews |= _replace(call.world, subscription, item, price, quantity, at=now, prorate=how != "none")
    if subscription["status"] == "trialing" or not (renews or how == "always_invoice"):
        return []
    lines, subscription["_pending"] = subscription["_pending"], []
    return lines


def _replace(
    world: World, subscription: Thing, item: Thing, price: Thing, quantity: int, *, at: int, prorate: bool
) -> bool:
    """Give an item another price; return whether its period begins anew, as it does with another interval."""
    now, start, ends = at, item["current_period_start"], item["current_period_end"]
    if (item["price"]["id"], item["quantity"]) == (price["id"], quantity):
        return False
    old = item["price"]
    another = (old["recurring"]["interval"], old["recurring"]["interval_count"]) != (
        price["recurring"]["interval"],
        price["recurring"]["interval_count"],
    )
    is_paid = subscription["status"] != "trialing"
    left = (ends - now) / (ends - start)
    if prorate and is_paid:
        back = -round(old["unit_amount"] * item["quantity"] * left)
        subscription["_pending"].append(invoices.line(world, item, back, now, ends, proration=True))
    item |= {"price": price, "quantity": quantity}
    if another and is_paid:
        subscription["billing_cycle_anchor"] = now
        item |= {"current_period_start": now, "current_period_end": after(now, price["recurring"], anchor=now)}
        full = invoices.line(world, item, price["unit_amount"] * quantity, now, item["current_period_end"])
        subscription["_pending"].append(full)
    elif prorate and is_paid:
        more = round(price["unit_amount"] * quantity * left)
        subscription["_pending"].append(invoices.line(world, item, more, now, ends, proration=True))
    return another


@route("POST", "/v1/invoices/create_preview", params.InvoiceCreatePreviewParams)
def preview(call: Call) -> Thing:
    """Return what an invoice would be: nothing of it is kept."""
    require("subscription" in call.params, "Missing required param: subscription.", param="subscription")
    subscription = deepcopy(call.of("subscription", call.params["subscription"]))
    customer = call.of("customer", subscription["customer"])
    lines = _reprice(call, subscription, call.params.get("subscription_details", {"items": []}))
    subtotal = sum(line["amount"] for line in lines)
    total = subtotal - discounts.on_invoice(call.world, call.account, subscription, lines)[1]
    credit = min(max(-customer["balance"], 0), max(total, 0))
    return {
        "id": call.world.new_id("upcoming_in"),
        "object": "invoice",
        "amount_due": max(total, 0) - credit,
        "amount_remaining": max(total, 0) - credit,
        "billing_reason": "subscription_update",
        "currency": subscription["currency"],
        "customer": customer["id"],
        "starting_balance": customer["balance"],
        "ending_balance": customer["balance"] + credit + min(total, 0),
        "lines": {"object": "list", "data": lines, "has_more": False, "url": call.path},
        "status": "draft",
        "subtotal": subtotal,
        "total": total,
    }
