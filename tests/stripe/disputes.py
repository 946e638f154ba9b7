"""Disputes: a bank takes a payment back, and gives it back or not."""

from stripe import params

from tests.stripe.routing import Call, require, route
from tests.stripe.world import DAY, Thing, World

_COSTS = 2000
_OPEN = ("needs_response", "under_review", "warning_needs_response")


def open_dispute(world: World, account: str, charge: Thing, *, reason: str = "fraudulent") -> Thing:
    """Take a charge back, as its owner's bank would."""
    dispute = world.add(
        account,
        "du",
        "dispute",
        amount=charge["amount"],
        charge=charge["id"],
        currency=charge["currency"],
        evidence={},
        evidence_details={
            "due_by": world.now() + 7 * DAY,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        is_charge_refundable=False,
        metadata={},
        payment_intent=charge["payment_intent"],
        reason=reason,
        status="needs_response",
        balance_transactions=[],
    )
    fees = [{"type": "stripe_fee", "amount": _COSTS, "currency": charge["currency"], "description": "Dispute fee"}]
    moved = world.move_money(account, "adjustment", dispute["id"], -charge["amount"], charge["currency"], fees=fees)
    dispute["balance_transactions"].append(moved)
    charge["disputed"] = True
    world.tell(account, "charge.dispute.created", dispute)
    world.tell(account, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def end_dispute(world: World, account: str, dispute: Thing, *, won: bool) -> None:
    """Let a bank decide."""
    require(dispute["status"] in _OPEN, "This dispute is already closed.")
    if won:
        moved = world.move_money(account, "adjustment", dispute["id"], dispute["amount"], dispute["currency"])
        dispute["balance_transactions"].append(moved)
        world.tell(account, "charge.dispute.funds_reinstated", dispute)
    world.change(account, dispute, "charge.dispute.closed", status="won" if won else "lost")


@route("GET", "/v1/disputes/:id", params.DisputeRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    return call.of("dispute", id)


@route("GET", "/v1/disputes", params.DisputeListParams)
def list_disputes(call: Call) -> Thing:
    return call.listed("dispute", "charge", "payment_intent")


@route("POST", "/v1/disputes/:id", params.DisputeUpdateParams)
def update(call: Call, id: str) -> Thing:
    dispute = call.of("dispute", id)
    dispute["evidence"] |= call.params.get("evidence", {})
    if call.params.get("submit"):
        call.world.change(call.account, dispute, "charge.dispute.updated", status="under_review")
    return dispute


@route("POST", "/v1/disputes/:id/close", params.DisputeCloseParams)
def close(call: Call, id: str) -> Thing:
    dispute = call.of("dispute", id)
    end_dispute(call.world, call.account, dispute, won=False)
    return dispute
