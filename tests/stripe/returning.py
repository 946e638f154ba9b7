"""Money that goes back: refunds, and application fees."""

from stripe import params

from tests.stripe.routing import Call, require, route
from tests.stripe.world import PLATFORM, Thing, World


@route("POST", "/v1/refunds", params.RefundCreateParams)
def create(call: Call) -> Thing:
    charge = _charge(call)
    left = charge["amount"] - charge["amount_refunded"]
    require(left > 0, f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    require(not _is_charged_back(call, charge), "This charge has been charged back.", code="charge_disputed")
    amount = call.params.get("amount", left)
    require(0 < amount <= left, f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})")
    refund = call.add(
        "re",
        "refund",
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        failure_balance_transaction=None,
        metadata=call.metadata(),
        payment_intent=charge["payment_intent"],
        reason=call.params.get("reason"),
        receipt_number=None,
        source_transfer_reversal=None,
        status="succeeded",
        transfer_reversal=None,
    )
    moved = call.world.move_money(call.account, "refund", refund["id"], -amount, charge["currency"])
    refund["balance_transaction"] = moved["id"]
    call.tell("refund.created", refund)
    refunded = charge["amount_refunded"] + amount
    call.world.change(
        call.account, charge, "charge.refunded", amount_refunded=refunded, refunded=refunded == charge["amount"]
    )
    if call.params.get("refund_application_fee"):
        _return_fee(call, charge, amount)
    return refund


def _is_charged_back(call: Call, charge: Thing) -> bool:
    """Whether a bank has it: what was won may be refunded like any other."""
    disputes = call.world.all(call.account, "dispute") if charge["disputed"] else ()
    return any(one["charge"] == charge["id"] and one["status"] != "won" for one in disputes)


def _charge(call: Call) -> Thing:
    if intent := call.params.get("payment_intent"):
        charge = call.of("payment_intent", intent)["latest_charge"]
    else:
        require("charge" in call.params, "One of the following params should be provided: payment_intent or charge.")
        charge = call.params["charge"]
    found = call.of("charge", charge)
    require(found["paid"], "This charge did not succeed.")
    return found


def _return_fee(call: Call, charge: Thing, amount: int) -> None:
    """Give back as much of the application fee as the refund is of the charge."""
    if not charge["application_fee"]:
        return
    fee = call.world.of(PLATFORM, "application_fee", charge["application_fee"])
    share = min(fee["amount"] * amount // charge["amount"], fee["amount"] - fee["amount_refunded"])
    if charge["refunded"]:
        share = fee["amount"] - fee["amount_refunded"]
    if share:
        moved = call.world.move_money(PLATFORM, "application_fee_refund", fee["id"], -share, fee["currency"])
        call.world.move_money(call.account, "application_fee_refund", moved["id"], share, fee["currency"])
        returned = fee["amount_refunded"] + share
        call.world.change(
            PLATFORM, fee, "application_fee.refunded", amount_refunded=returned, refunded=returned == fee["amount"]
        )


def fail_refund(world: World, account: str, refund: Thing, *, why: str = "lost_or_stolen_card") -> None:
    """Let a bank not take a refund that had left: its amount is back on the account's balance."""
    require(refund["status"] == "succeeded", "This refund has ended otherwise.")
    charge = world.of(account, "charge", refund["charge"])
    moved = world.move_money(account, "refund_failure", refund["id"], refund["amount"], refund["currency"])
    charge |= {"amount_refunded": charge["amount_refunded"] - refund["amount"], "refunded": False}
    failure = {"failure_reason": why, "failure_balance_transaction": moved["id"]}
    world.change(account, refund, "refund.failed", status="failed", **failure)


@route("GET", "/v1/refunds/:id", params.RefundRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    return call.of("refund", id)


@route("GET", "/v1/refunds", params.RefundListParams)
def list_refunds(call: Call) -> Thing:
    return call.listed("refund", "charge", "payment_intent")


@route("GET", "/v1/application_fees/:id", params.ApplicationFeeRetrieveParams)
def retrieve_fee(call: Call, id: str) -> Thing:
    return call.of("application_fee", id)


@route("GET", "/v1/application_fees", params.ApplicationFeeListParams)
def list_fees(call: Call) -> Thing:
    return call.listed("application_fee", "charge")
