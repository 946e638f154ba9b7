"""Money between accounts and out of them: transfers, reversals, payouts, balances."""

from typing import Any

from stripe import params

from tests.stripe.routing import Call, require, route
from tests.stripe.world import DAY, PLATFORM, Thing, World, a_list


@route("POST", "/v1/transfers", params.TransferCreateParams)
def create(call: Call) -> Thing:
    require("amount" in call.params, "Missing required param: amount.", param="amount", code="parameter_missing")
    amount, currency = call.params["amount"], call.params["currency"].lower()
    require(amount > 0, "Invalid positive integer", param="amount", code="parameter_invalid_integer")
    destination = call.world.account(call.params["destination"])
    require(
        destination["capabilities"].get("transfers") == "active",
        "Your destination account needs to have at least one of the following capabilities enabled: transfers",
        code="insufficient_capabilities_for_transfer",
    )
    group = call.params.get("transfer_group")
    waits = 0
    if source := call.params.get("source_transaction"):
        charge, waits = _source(call, source, amount, currency)
        group = group or charge["transfer_group"] or f"group_{charge['payment_intent']}"
    else:
        enough = call.world.balance(PLATFORM, currency) >= amount
        require(enough, "You have insufficient available funds in your Stripe account.", code="balance_insufficient")
    transfer = call.add(
        "tr",
        "transfer",
        amount=amount,
        amount_reversed=0,
        currency=currency,
        description=call.params.get("description"),
        destination=destination["id"],
        metadata=call.metadata(),
        reversed=False,
        source_transaction=source,
        source_type="card",
        transfer_group=group,
    )
    transfer["reversals"] = a_list([], f"/v1/transfers/{transfer['id']}/reversals")
    moved = call.world.move_money(PLATFORM, "transfer", transfer["id"], -amount, currency, waits=waits)
    transfer["balance_transaction"] = moved["id"]
    payment = call.world.move_money(destination["id"], "payment", transfer["id"], amount, currency, waits=waits)
    transfer["destination_payment"] = payment["id"].replace("txn_", "py_")
    call.tell("transfer.created", transfer)
    return transfer


def _source(call: Call, source: str, amount: int, currency: str) -> tuple[Thing, int]:
    """Return the charge that a transfer is taken from, and how long until its money is there."""
    charge = call.of("charge", source)
    require(charge["paid"] and charge["currency"] == currency, "The charge cannot be the source of this transfer.")
    taken = sum(other["amount"] for other in call.world.all(PLATFORM, "transfer", source_transaction=source))
    require(
        taken + amount <= charge["amount"],
        "The sum of the transfers is more than the amount of their source_transaction.",
        code="transfer_source_amount_exceeded",
    )
    settled = call.of("balance_transaction", charge["balance_transaction"])["available_on"]
    return charge, max(0, settled - call.now)


def reverse_by_hand(world: World, transfer: Thing, amount: int) -> Thing:
    """Fetch back what was transferred, as somebody on the platform's dashboard."""
    return reverse(Call(world, PLATFORM, "", {"amount": amount}), transfer["id"])


@route("POST", "/v1/transfers/:id/reversals", params.TransferReversalCreateParams)
def reverse(call: Call, id: str) -> Thing:
    transfer = call.of("transfer", id)
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = call.params.get("amount", left)
    require(left > 0, f"Transfer {id} is already fully reversed.", code="transfer_already_reversed")
    require(0 < amount <= left, f"Reversal amount ({amount}) is greater than unreversed amount on transfer ({left})")
    require(
        not call.world.account(transfer["destination"]).get("_empty"),
        "The connected account has too little to reverse this.",
        code="balance_insufficient",
    )
    reversal = call.add(
        "trr",
        "transfer_reversal",
        amount=amount,
        currency=transfer["currency"],
        destination_payment_refund=None,
        metadata=call.metadata(),
        source_refund=None,
        transfer=id,
    )
    moved = call.world.move_money(PLATFORM, "transfer_refund", reversal["id"], amount, transfer["currency"])
    reversal["balance_transaction"] = moved["id"]
    # A worker who was paid out already owes it: Stripe lets the balance go below zero.
    call.world.move_money(transfer["destination"], "payment_refund", reversal["id"], -amount, transfer["currency"])
    transfer["reversals"]["data"].append(reversal)
    reversed_ = transfer["amount_reversed"] + amount
    call.world.change(
        PLATFORM, transfer, "transfer.reversed", amount_reversed=reversed_, reversed=reversed_ == transfer["amount"]
    )
    return reversal


@route("GET", "/v1/transfers/:id/reversals/:reversal", params.TransferReversalRetrieveParams)
def retrieve_reversal(call: Call, id: str, reversal: str) -> Thing:
    call.of("transfer", id)
    return call.of("transfer_reversal", reversal)


@route("GET", "/v1/transfers/:id/reversals", params.TransferReversalListParams)
def list_reversals(call: Call, id: str) -> Thing:
    call.params["transfer"] = call.of("transfer", id)["id"]
    return call.listed("transfer_reversal", "transfer")


@route("GET", "/v1/transfers/:id", params.TransferRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    return call.of("transfer", id)


@route("GET", "/v1/transfers", params.TransferListParams)
def list_transfers(call: Call) -> Thing:
    return call.listed("transfer", "destination", "transfer_group")


@route("POST", "/v1/payouts", params.PayoutCreateParams)
def create_payout(call: Call) -> Thing:
    amount, currency = call.params["amount"], call.params["currency"].lower()
    enough = 0 < amount <= call.world.balance(call.account, currency)
    require(
        enough, "You have insufficient funds in your Stripe account for this transfer.", code="balance_insufficient"
    )
    return pay_out(call.world, call.account, amount, currency, metadata=call.metadata())


def pay_out(world: World, account: str, amount: int, currency: str, **fields: Any) -> Thing:
    """Send money from an account's balance to its bank; it arrives two days later."""
    usual = {"automatic": False, "failure_code": None, "failure_message": None, "method": "standard", "metadata": {}}
    payout = world.add(
        account,
        "po",
        "payout",
        amount=amount,
        currency=currency,
        arrival_date=world.now() + 2 * DAY,
        status="pending",
        type="bank_account",
        **usual | fields,
    )
    moved = world.move_money(account, "payout", payout["id"], -amount, currency)
    payout["balance_transaction"] = moved["id"]
    world.tell(account, "payout.created", payout)
    return payout


@route("GET", "/v1/payouts/:id", params.PayoutRetrieveParams)
def retrieve_payout(call: Call, id: str) -> Thing:
    return call.of("payout", id)


@route("GET", "/v1/payouts", params.PayoutListParams)
def list_payouts(call: Call) -> Thing:
    return call.listed("payout", "status")


@route("GET", "/v1/balance", params.BalanceRetrieveParams)
def balance(call: Call) -> Thing:
    moved = call.world.all(call.account, "balance_transaction")
    sums: dict[bool, dict[str, int]] = {True: {}, False: {}}
    for part in moved:
        side = sums[part["available_on"] <= call.now]
        side[part["currency"]] = side.get(part["currency"], 0) + part["net"]
    available, pending = (
        [{"amount": amount, "currency": currency} for currency, amount in sums[side].items()] for side in (True, False)
    )
    return {"object": "balance", "livemode": False, "available": available, "pending": pending}


@route("GET", "/v1/balance_transactions/:id", params.BalanceTransactionRetrieveParams)
def retrieve_transaction(call: Call, id: str) -> Thing:
    return call.of("balance_transaction", id)


@route("GET", "/v1/balance_transactions", params.BalanceTransactionListParams)
def list_transactions(call: Call) -> Thing:
    return call.listed("balance_transaction", "type", "source", "currency")
