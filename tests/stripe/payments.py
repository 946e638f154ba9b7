"""Payment intents and the charges that come of them."""

from typing import Any

from stripe import params

from tests.stripe import cards
from tests.stripe.problems import Declined
from tests.stripe.routing import Call, require, route
from tests.stripe.world import PLATFORM, SETTLES_AFTER, Thing, World, shown

#: Seconds until a charge reaches the balance, where that is not at once.
_LATE = 5


def new_intent(world: World, account: str, amount: int, currency: str, **fields: Any) -> Thing:
    """Return a payment intent that waits for a payment method, and tell of it."""
    usual = {
        "amount_capturable": 0,
        "amount_received": 0,
        "application_fee_amount": None,
        "cancellation_reason": None,
        "canceled_at": None,
        "capture_method": "automatic_async",
        "confirmation_method": "automatic",
        "customer": None,
        "description": None,
        "last_payment_error": None,
        "latest_charge": None,
        "metadata": {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_types": ["card"],
        "receipt_email": None,
        "setup_future_usage": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }
    intent = world.add(account, "pi", "payment_intent", amount=amount, currency=currency, **usual | fields)
    intent["client_secret"] = f"{intent['id']}_secret_{world.new_id('x')[2:14]}"
    world.tell(account, "payment_intent.created", intent)
    return intent


def confirm(world: World, account: str, intent: Thing, card: Thing, *, off_session: bool) -> None:
    """Try to take the money of an intent.

    :raises Declined: when the bank says no; the intent then waits for another card.
    """
    intent["payment_method"] = card["id"]
    behaviour = card["_behaviour"]
    if behaviour == "asks" and not off_session and not intent.get("_authenticated"):
        where = {"url": f"{world.base}/authenticate/{account}/{intent['id']}", "return_url": None}
        action = {"type": "redirect_to_url", "redirect_to_url": where}
        world.change(account, intent, "payment_intent.requires_action", status="requires_action", next_action=action)
    elif behaviour == "declines" or (behaviour in ("declines later", "asks") and off_session):
        needs_owner = behaviour == "asks"
        _decline(world, account, intent, card, "authentication_required" if needs_owner else "card_declined")
    else:
        _succeed(world, account, intent, card)


def _decline(world: World, account: str, intent: Thing, card: Thing, code: str) -> None:
    charge = _charge(world, account, intent, card, status="failed", paid=False, amount_captured=0, captured=False)
    charge["failure_code"], charge["failure_message"] = code, "Your card was declined."
    world.tell(account, "charge.failed", charge)
    declined = Declined(code, "generic_decline" if code == "card_declined" else code, charge=charge["id"])
    world.change(
        account,
        intent,
        "payment_intent.payment_failed",
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        latest_charge=charge["id"],
        last_payment_error=declined.body["error"],
    )
    declined.body["error"]["payment_intent"] = shown(intent)
    raise declined


def _succeed(world: World, account: str, intent: Thing, card: Thing) -> None:
    charge = _charge(world, account, intent, card)
    if world.captures_late and intent["capture_method"] == "automatic_async":
        charge["_captured_at"] = world.now() + _LATE
    else:
        _capture(world, account, charge)
    world.tell(account, "charge.succeeded", charge)
    world.change(
        account,
        intent,
        "payment_intent.succeeded",
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=charge["id"],
        next_action=None,
        last_payment_error=None,
    )
    if card["_behaviour"] == "disputes":
        from tests.stripe.disputes import open_dispute

        open_dispute(world, account, charge)


def capture_what_is_late(world: World) -> None:
    """Let charges reach the balance that were paid and not there yet, and tell of it."""
    for account in list(world.accounts):
        for charge in world.all(account, "charge"):
            if charge.get("_captured_at", world.now() + 1) <= world.now():
                del charge["_captured_at"]
                _capture(world, account, charge)
                world.tell(account, "charge.updated", charge)


def _capture(world: World, account: str, charge: Thing) -> None:
    """Move the money of a charge to its account's balance, and what the platform and Stripe keep of it."""
    amount, currency, wanted = charge["amount"], charge["currency"], charge["application_fee_amount"]
    fees = [{"type": "stripe_fee", "amount": stripes_fee(amount), "currency": currency, "description": "Stripe fees"}]
    if wanted:
        fees.append(
            {"type": "application_fee", "amount": wanted, "currency": currency, "description": "Application fee"}
        )
        charge["application_fee"] = _take_fee(world, account, charge, wanted)["id"]
    moved = world.move_money(account, "charge", charge["id"], amount, currency, fees=fees, waits=SETTLES_AFTER)
    charge["balance_transaction"] = moved["id"]


def stripes_fee(amount: int) -> int:
    """Return what Stripe keeps of a payment: 1.5 % and 25 cents, never all of it."""
    return min(amount, (amount * 15 + 500) // 1000 + 25)


def _charge(world: World, account: str, intent: Thing, card: Thing, **fields: Any) -> Thing:
    usual = {
        "amount_captured": intent["amount"],
        "amount_refunded": 0,
        "application_fee": None,
        "balance_transaction": None,
        "captured": True,
        "disputed": False,
        "failure_code": None,
        "failure_message": None,
        "paid": True,
        "refunded": False,
        "status": "succeeded",
        "transfer_group": intent["transfer_group"],
    }
    kept = {name: intent[name] for name in ("amount", "currency", "customer", "description", "metadata")}
    return world.add(
        account,
        "ch",
        "charge",
        **kept | usual | fields,
        application_fee_amount=intent["application_fee_amount"],
        payment_intent=intent["id"],
        payment_method=card["id"],
    )


def _take_fee(world: World, account: str, charge: Thing, amount: int) -> Thing:
    currency = charge["currency"]
    fee = world.add(
        PLATFORM,
        "fee",
        "application_fee",
        account=account,
        amount=amount,
        amount_refunded=0,
        application="ca_guildhall",
        charge=charge["id"],
        currency=currency,
        originating_transaction=None,
        refunded=False,
    )
    moved = world.move_money(PLATFORM, "application_fee", fee["id"], amount, currency, waits=SETTLES_AFTER)
    fee["balance_transaction"] = moved["id"]
    world.tell(PLATFORM, "application_fee.created", fee)
    return fee


@route("POST", "/v1/payment_intents", params.PaymentIntentCreateParams)
def create(call: Call) -> Thing:
    amount, currency = call.params["amount"], call.params["currency"].lower()
    require(amount > 0, "Invalid positive integer", param="amount", code="parameter_invalid_integer")
    fee = call.params.get("application_fee_amount")
    require(
        fee is None or (call.account != PLATFORM and 0 <= fee <= amount), "Invalid fee", param="application_fee_amount"
    )
    if customer := call.params.get("customer"):
        call.of("customer", customer)
    kept = call.given(
        "customer", "description", "transfer_group", "on_behalf_of", "setup_future_usage", "receipt_email"
    )
    intent = new_intent(
        call.world, call.account, amount, currency, **kept, application_fee_amount=fee, metadata=call.metadata()
    )
    if given := call.params.get("payment_method"):
        intent["payment_method"] = cards.method(call.world, call.account, given)["id"]
        intent["status"] = "requires_confirmation"
    if call.params.get("confirm"):
        _confirm(call, intent)
    return intent


@route("POST", "/v1/payment_intents/:id/confirm", params.PaymentIntentConfirmParams)
def confirm_intent(call: Call, id: str) -> Thing:
    intent = call.of("payment_intent", id)
    if given := call.params.get("payment_method"):
        intent["payment_method"] = cards.method(call.world, call.account, given)["id"]
    _confirm(call, intent)
    return intent


def _confirm(call: Call, intent: Thing) -> None:
    _require_state(intent, "requires_payment_method", "requires_confirmation", "requires_action")
    require(
        bool(intent["payment_method"]), "You cannot confirm this PaymentIntent because it's missing a payment method."
    )
    card = call.of("payment_method", intent["payment_method"])
    confirm(call.world, call.account, intent, card, off_session=call.params.get("off_session") in (True, "true"))


@route("POST", "/v1/payment_intents/:id/cancel", params.PaymentIntentCancelParams)
def cancel(call: Call, id: str) -> Thing:
    intent = call.of("payment_intent", id)
    _require_state(intent, "requires_payment_method", "requires_confirmation", "requires_action")
    call.world.change(
        call.account,
        intent,
        "payment_intent.canceled",
        status="canceled",
        canceled_at=call.now,
        cancellation_reason=call.params.get("cancellation_reason"),
        next_action=None,
    )
    return intent


def _require_state(intent: Thing, *states: str) -> None:
    require(
        intent["status"] in states,
        f"This PaymentIntent's status is {intent['status']}.",
        code="payment_intent_unexpected_state",
        payment_intent=shown(intent),
    )


@route("POST", "/v1/payment_intents/:id", params.PaymentIntentUpdateParams)
def update(call: Call, id: str) -> Thing:
    intent = call.of("payment_intent", id)
    intent.update(call.given("description", "transfer_group", "amount"), metadata=call.metadata(intent["metadata"]))
    return intent


@route("GET", "/v1/payment_intents/:id", params.PaymentIntentRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    return call.of("payment_intent", id)


@route("GET", "/v1/payment_intents", params.PaymentIntentListParams)
def list_intents(call: Call) -> Thing:
    return call.listed("payment_intent", "customer")


@route("GET", "/v1/charges/:id", params.ChargeRetrieveParams)
def retrieve_charge(call: Call, id: str) -> Thing:
    return call.of("charge", id)


@route("GET", "/v1/charges", params.ChargeListParams)
def list_charges(call: Call) -> Thing:
    return call.listed("charge", "customer", "payment_intent", "transfer_group")
