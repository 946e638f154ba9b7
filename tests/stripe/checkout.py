"""Checkout sessions: opened by request, finished on a page by whoever pays."""

from typing import Any

from stripe.params import checkout

from tests.stripe import cards, discounts, invoices, payments, receipts, subscriptions
from tests.stripe.catalogue import create_price, create_product
from tests.stripe.customers import new_customer
from tests.stripe.problems import Declined
from tests.stripe.routing import Call, require, route
from tests.stripe.world import DAY, PLATFORM, Thing, World, a_list


class NeedsOwner(Exception):
    """The bank asks whoever pays; they decide on a page of its own."""


@route("POST", "/v1/checkout/sessions", checkout.SessionCreateParams)
def create(call: Call) -> Thing:
    given = call.params
    mode = given.get("mode", "payment")
    require(
        "success_url" in given, "Missing required param: success_url.", param="success_url", code="parameter_missing"
    )
    require(bool(given.get("line_items")), "Missing required param: line_items.", param="line_items")
    require(
        not ("customer" in given and "customer_email" in given), "You may only specify one: customer, customer_email."
    )
    if call.account != PLATFORM:
        able = call.world.account(call.account)["charges_enabled"]
        require(able, "Your account cannot currently make live charges.", status=403)
    items = [_item(call, item) for item in given["line_items"]]
    prices = [item["price"] for item in items]
    require(
        mode == "subscription" or all(price["type"] == "one_time" for price in prices),
        "You specified `payment` mode but passed a recurring price.",
        param="mode",
    )
    if customer := given.get("customer"):
        call.of("customer", customer)
    _ask_for_what_tax_needs(call)
    subtotal = sum(item["amount_subtotal"] for item in items)
    coupon, code = discounts.chosen(call, items)
    off = discounts.taken(coupon, [(item["price"]["product"], item["amount_subtotal"]) for item in items])
    is_tried_out = "trial_period_days" in given.get("subscription_data", {})
    fee = given.get("payment_intent_data", {}).get("application_fee_amount", 0)
    require(fee <= max(subtotal - off, 0), "Invalid fee", param="payment_intent_data[application_fee_amount]")
    session = call.add(
        "cs",
        "checkout.session",
        amount_subtotal=subtotal,
        # A trial costs nothing yet.
        amount_total=0 if is_tried_out else subtotal - off,
        automatic_tax={"enabled": _works_out_tax(given), "liability": None, "provider": None, "status": None},
        billing_address_collection=given.get("billing_address_collection"),
        cancel_url=given.get("cancel_url"),
        client_reference_id=given.get("client_reference_id"),
        currency=prices[0]["currency"],
        custom_fields=[],
        customer=customer,
        customer_details=None,
        customer_email=given.get("customer_email"),
        discounts=[{"coupon": None if code else coupon["id"], "promotion_code": code and code["id"]}] if coupon else [],
        expires_at=given.get("expires_at", call.now + DAY),
        invoice=None,
        locale=given.get("locale"),
        metadata=call.metadata(),
        mode=mode,
        payment_intent=None,
        payment_method_types=["card"],
        payment_status="unpaid",
        shipping_options=[],
        status="open",
        subscription=None,
        success_url=given["success_url"],
        tax_id_collection={"enabled": given.get("tax_id_collection", {}).get("enabled", False), "required": "never"},
        total_details={"amount_discount": 0 if is_tried_out else off, "amount_shipping": 0, "amount_tax": 0},
        ui_mode="hosted_page",
        _items=items,
        _of_subscription=given.get("subscription_data", {}),
        _of_intent=given.get("payment_intent_data", {}),
        _coupon=coupon,
        _code=code and code["id"],
        _writes_invoice=given.get("invoice_creation", {}).get("enabled", False),
        _asks_for_business=given.get("tax_id_collection", {}).get("enabled", False),
    )
    session["url"] = f"{call.world.base}/pay/{call.account}/{session['id']}"
    return session


def _works_out_tax(given: dict[str, Any]) -> bool:
    return bool(given.get("automatic_tax", {}).get("enabled"))


def _ask_for_what_tax_needs(call: Call) -> None:
    """Refuse a page of a known customer that could not keep what it has to ask them."""
    given = call.params
    if "customer" not in given:
        return
    kept = given.get("customer_update", {})
    if _works_out_tax(given):
        require(
            kept.get("address") == "auto" or bool(call.of("customer", given["customer"])["address"]),
            "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the"
            " Customer or set `customer_update[address]` to `auto`.",
            param="automatic_tax",
        )
    if given.get("tax_id_collection", {}).get("enabled"):
        require(kept.get("name") == "auto", "Tax ID collection requires `customer_update[name]` to be `auto`.")


def _item(call: Call, item: dict[str, Any]) -> Thing:
    quantity = item.get("quantity", 1)
    if "price" in item:
        price = call.of("price", item["price"])
        require(price["active"], f"The price specified is inactive: {price['id']}", param="line_items")
    else:
        price = _price_of(call, item["price_data"])
    amount = price["unit_amount"] * quantity
    return {"amount_subtotal": amount, "amount_total": amount, "price": price, "quantity": quantity}


def _price_of(call: Call, data: dict[str, Any]) -> Thing:
    """Return the price that is only described."""
    wanted = dict(data)
    if "product_data" in wanted:
        product = create_product(Call(call.world, call.account, call.path, wanted.pop("product_data")))
        wanted["product"] = product["id"]
    return create_price(Call(call.world, call.account, call.path, wanted))


@route("GET", "/v1/checkout/sessions/:id/line_items", checkout.SessionLineItemListParams)
def list_items(call: Call, id: str) -> Thing:
    session = call.of("checkout.session", id)
    items = [
        {"id": f"li_{number}", "object": "item", "currency": session["currency"], **item}
        for number, item in enumerate(session["_items"])
    ]
    return a_list(items, call.path)


@route("GET", "/v1/checkout/sessions/:id", checkout.SessionRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    return call.of("checkout.session", id)


@route("GET", "/v1/checkout/sessions", checkout.SessionListParams)
def list_sessions(call: Call) -> Thing:
    return call.listed("checkout.session", "customer", "payment_intent", "status", "subscription")


@route("POST", "/v1/checkout/sessions/:id/expire", checkout.SessionExpireParams)
def expire(call: Call, id: str) -> Thing:
    session = call.of("checkout.session", id)
    require(session["status"] == "open", f'Only Checkout Sessions with a status in ["open"] can be expired: {id}')
    call.world.change(call.account, session, "checkout.session.expired", status="expired", url=None)
    return session


def pay(
    world: World, account: str, session: Thing, card_name: str, *, email: str, approved: bool | None = None
) -> None:
    """Finish a session as whoever pays: with which card, and what they answered their bank.

    :raises Declined: when the bank says no; the page stays open for another card.
    :raises NeedsOwner: when the bank asks, and nobody has answered yet.
    :raises Problem: when what is taken off was used up meanwhile.
    """
    require(session["status"] == "open", "This page has expired.")
    card = cards.method(world, account, card_name)
    if card["_behaviour"] == "asks" and approved is None:
        raise NeedsOwner
    if card["_behaviour"] == "declines" or (card["_behaviour"] == "asks" and not approved):
        raise Declined
    _redeem(world, account, session)
    customer = _customer(world, account, session, email)
    session["customer_details"] = {"email": email, "name": customer["name"] if customer else None}
    if customer is not None:
        cards.attach(world, account, card, customer)
        session["customer"] = customer["id"]
    if customer is not None and session["mode"] == "subscription":
        _subscribe(world, account, session, customer, card)
    else:
        _charge(world, account, session, customer, card)
    if session["automatic_tax"]["enabled"]:
        # A fifth on top of what is taxed, which the price holds already.
        session["total_details"]["amount_tax"] = receipts.tax_in(session["amount_total"])
        session["automatic_tax"] |= {"provider": "stripe", "status": "complete"}
    world.change(account, session, "checkout.session.completed", status="complete", url=None)


def _redeem(world: World, account: str, session: Thing) -> None:
    if session["_coupon"] is not None:
        # Written down and read again, the session's is a copy.
        coupon = world.of(account, "coupon", session["_coupon"]["id"])
        code = world.of(account, "promotion_code", session["_code"]) if session["_code"] else None
        discounts.redeem(world, account, coupon, code)


def _customer(world: World, account: str, session: Thing, email: str) -> Thing | None:
    """Return who pays; whoever pays once is a guest, unless they are somebody already."""
    if session["customer"]:
        return world.of(account, "customer", session["customer"])
    is_guest = session["mode"] == "payment" and not session["_writes_invoice"]
    return None if is_guest else new_customer(world, account, email=email)


def _subscribe(world: World, account: str, session: Thing, customer: Thing, card: Thing) -> None:
    data = session["_of_subscription"]
    days = data.get("trial_period_days")
    more = {name: data[name] for name in ("application_fee_percent", "description") if name in data}
    subscription = subscriptions.begin(
        world,
        account,
        customer,
        [(item["price"], item["quantity"]) for item in session["_items"]],
        trial_end=world.now() + days * DAY if days else None,
        coupon=session["_coupon"],
        code=world.of(account, "promotion_code", session["_code"]) if session["_code"] else None,
        session=session["id"],
        default_payment_method=card["id"],
        metadata=data.get("metadata", {}),
        _is_taxed=session["automatic_tax"]["enabled"],
        **more,
    )
    invoice = world.of(account, "invoice", subscription["latest_invoice"])
    _collect(world, account, invoice, card)
    if subscription["status"] == "incomplete":
        subscription["status"] = "active"
    world.tell(account, "customer.subscription.created", subscription)
    session |= {
        "subscription": subscription["id"],
        "invoice": invoice["id"],
        "amount_total": invoice["total"],
        "payment_status": "paid" if invoice["total"] else "no_payment_required",
    }


def _collect(world: World, account: str, invoice: Thing, card: Thing) -> None:
    """Take a first payment: its owner is there, and has answered whatever the bank asked."""
    later, card["_behaviour"] = card["_behaviour"], "disputes" if card["_behaviour"] == "disputes" else "pays"
    invoices.collect(world, account, invoice, card=card, off_session=False)
    # A bank that asked once does not for what was agreed to come.
    card["_behaviour"] = "pays" if later == "asks" else later


def _charge(world: World, account: str, session: Thing, customer: Thing | None, card: Thing) -> None:
    data = session["_of_intent"]
    kept = (
        "application_fee_amount", "capture_method", "description", "metadata", "setup_future_usage", "transfer_group",
    )  # fmt: skip
    fields = {name: data[name] for name in kept if name in data}
    amount, currency = session["amount_total"], session["currency"]
    if not amount:
        session["payment_status"] = "no_payment_required"
        return
    intent = payments.new_intent(
        world, account, amount, currency, customer=customer["id"] if customer else None, **fields
    )
    intent["_authenticated"] = True
    payments.confirm(world, account, intent, card, off_session=False)
    session |= {"payment_intent": intent["id"], "payment_status": "paid"}
    if customer is not None and session["_writes_invoice"]:
        session["invoice"] = receipts.receipt(world, account, session, customer, intent)["id"]
