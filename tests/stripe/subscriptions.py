"""Subscriptions: begun by Checkout or by request, changed with proration, ended at once or at the end of what is paid."""

from typing import Any

from stripe import params

from tests.stripe import cards, discounts, invoices
from tests.stripe.periods import after
from tests.stripe.problems import Declined
from tests.stripe.repricing import reprice_or_refuse
from tests.stripe.routing import Call, require, route
from tests.stripe.world import DAY, Thing, World, a_list

LIVING = ("incomplete", "trialing", "active", "past_due", "unpaid", "paused")


def begin(
    world: World,
    account: str,
    customer: Thing,
    wanted: list[tuple[Thing, int]],
    *,
    trial_end: int | None = None,
    **more: Any,
) -> Thing:
    """Return a new subscription and its first invoice, neither paid nor told of yet: it is `incomplete`, or on trial.

    :param wanted: prices, each with its quantity; all of one currency and interval.
    """
    now = world.now()
    price = wanted[0][0]
    require(all(one["recurring"] for one, _ in wanted), "The price specified is set to `type=one_time`.", param="items")
    ends = trial_end or after(now, price["recurring"], anchor=now)
    coupon, code, session = (more.pop(name, None) for name in ("coupon", "code", "session"))
    usual = {
        "application_fee_percent": None,
        "cancel_at": None,
        "cancel_at_period_end": False,
        "canceled_at": None,
        "cancellation_details": {"comment": None, "feedback": None, "reason": None},
        "collection_method": "charge_automatically",
        "default_payment_method": None,
        "description": None,
        "discounts": [],
        "ended_at": None,
        "latest_invoice": None,
        "metadata": {},
        "pause_collection": None,
    }
    subscription = world.add(
        account,
        "sub",
        "subscription",
        billing_cycle_anchor=ends if trial_end else now,
        currency=price["currency"],
        customer=customer["id"],
        start_date=now,
        status="trialing" if trial_end else "incomplete",
        trial_end=trial_end,
        trial_start=now if trial_end else None,
        _pending=[],
        **usual | more,
    )
    if coupon:
        discount = discounts.new_discount(world, account, coupon, code, subscription=subscription, session=session)
        subscription["discounts"] = [discount["id"]]
    items = [_item(world, subscription, one, quantity, now, ends) for one, quantity in wanted]
    subscription["items"] = a_list(items, f"/v1/subscription_items?subscription={subscription['id']}")
    charged = [
        invoices.line(world, item, 0 if trial_end else item["price"]["unit_amount"] * item["quantity"], now, ends)
        for item in items
    ]
    invoices.new_invoice(world, account, subscription, charged, reason="subscription_create")
    return subscription


def _item(world: World, subscription: Thing, price: Thing, quantity: int, start: int, end: int) -> Thing:
    return {
        "id": world.new_id("si"),
        "object": "subscription_item",
        "created": start,
        "current_period_start": start,
        "current_period_end": end,
        "discounts": [],
        "metadata": {},
        "price": price,
        "quantity": quantity,
        "subscription": subscription["id"],
        "tax_rates": [],
    }


def settle(world: World, account: str, invoice: Thing) -> None:
    """Let a subscription follow from its invoice having been paid."""
    about = invoice["parent"]["subscription_details"]["subscription"]
    subscription = world.of(account, "subscription", about)
    unpaid = [
        other
        for other in world.all(account, "invoice", status="open")
        if other["parent"]["subscription_details"]["subscription"] == about
    ]
    if subscription["status"] in ("incomplete", "past_due", "unpaid") and not unpaid:
        world.change(account, subscription, "customer.subscription.updated", status="active")


def end(world: World, account: str, subscription: Thing, *, reason: str) -> None:
    """End a subscription now; its open invoices are tried no more."""
    details = subscription["cancellation_details"] | {"reason": reason}
    subscription |= {"ended_at": world.now(), "cancellation_details": details}
    subscription["canceled_at"] = subscription["canceled_at"] or world.now()
    for invoice in world.all(account, "invoice", status="open"):
        if invoice["parent"]["subscription_details"]["subscription"] == subscription["id"]:
            invoice["next_payment_attempt"], invoice["auto_advance"] = None, False
    world.change(account, subscription, "customer.subscription.deleted", status="canceled")


@route("POST", "/v1/subscriptions", params.SubscriptionCreateParams)
def create(call: Call) -> Thing:
    require("customer" in call.params and "items" in call.params, "Missing required param: items.", param="items")
    customer = call.of("customer", call.params["customer"])
    wanted = [(call.of("price", item["price"]), item.get("quantity", 1)) for item in call.params["items"]]
    trial = call.params.get("trial_period_days")
    subscription = begin(
        call.world,
        call.account,
        customer,
        wanted,
        trial_end=call.now + trial * DAY if trial else call.params.get("trial_end"),
        metadata=call.metadata(),
        **call.given("application_fee_percent", "description", "default_payment_method"),
    )
    invoice = call.of("invoice", subscription["latest_invoice"])
    behaviour = call.params.get("payment_behavior", "allow_incomplete")
    if behaviour != "default_incomplete":
        if invoices.collect(call.world, call.account, invoice, off_session=call.params.get("off_session", False)):
            _start(subscription)
        elif behaviour == "error_if_incomplete":
            del call.world.accounts[call.account][subscription["id"]]
            raise Declined
    call.tell("customer.subscription.created", subscription)
    return subscription


def _start(subscription: Thing) -> None:
    if subscription["status"] == "incomplete":
        subscription["status"] = "active"


@route("POST", "/v1/subscriptions/:id", params.SubscriptionUpdateParams)
def update(call: Call, id: str) -> Thing:
    subscription = call.of("subscription", id)
    require(
        subscription["status"] in LIVING,
        "A canceled subscription can only update its cancellation_details and metadata.",
    )
    before = {name: subscription[name] for name in ("status", "cancel_at_period_end", "metadata", "latest_invoice")}
    fields = call.given("application_fee_percent", "default_payment_method", "description", "pause_collection")
    subscription |= fields | {"metadata": call.metadata(subscription["metadata"])}
    if "cancel_at_period_end" in call.params:
        cancel_later(subscription, call.params["cancel_at_period_end"], now=call.now)
    if call.params.get("trial_end") == "now" and subscription["status"] == "trialing":
        subscription["trial_end"] = call.now
    if "items" in call.params:
        reprice_or_refuse(call, subscription)
    call.world.tell(call.account, "customer.subscription.updated", subscription, **before)
    return subscription


def cancel_later(subscription: Thing, later: bool, *, now: int) -> None:
    """Let a subscription end with what is paid for, or run on after all."""
    ends = max(item["current_period_end"] for item in subscription["items"]["data"])
    subscription["cancel_at_period_end"] = later
    subscription["cancel_at"] = ends if later else None
    subscription["canceled_at"] = now if later else None


@route("DELETE", "/v1/subscriptions/:id", params.SubscriptionCancelParams)
def cancel(call: Call, id: str) -> Thing:
    subscription = call.of("subscription", id)
    require(subscription["status"] in LIVING, f"No such subscription: '{id}'", status=404, code="resource_missing")
    end(call.world, call.account, subscription, reason="cancellation_requested")
    return subscription


@route("GET", "/v1/subscriptions/:id", params.SubscriptionRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    return call.of("subscription", id)


@route("GET", "/v1/subscriptions", params.SubscriptionListParams)
def list_subscriptions(call: Call) -> Thing:
    status = call.params.get("status")
    if status == "all":
        del call.params["status"]
    listed = call.listed("subscription", "customer", "status")
    if status is None:
        listed["data"] = [one for one in listed["data"] if one["status"] != "canceled"]
    return listed


def change_card(world: World, account: str, customer: Thing, given: str) -> None:
    """Give a customer another card for all they owe, and try what is open with it, as the portal does."""
    card = cards.method(world, account, given)
    cards.attach(world, account, card, customer)
    for subscription in world.all(account, "subscription", customer=customer["id"]):
        if subscription["status"] in LIVING:
            world.change(account, subscription, "customer.subscription.updated", default_payment_method=card["id"])
    for invoice in world.all(account, "invoice", customer=customer["id"], status="open"):
        if invoice["auto_advance"] and invoices.collect(world, account, invoice, off_session=False):
            settle(world, account, invoice)
