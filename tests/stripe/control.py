"""What tests and newcomers may do to the fake beyond Stripe's interface: move its clock, let banks and owners decide."""

from typing import Any

from tests.stripe.accounts import disconnect, set_stage
from tests.stripe.cycle import advance
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.returning import fail_refund
from tests.stripe.routing import require
from tests.stripe.transfers import reverse_by_hand
from tests.stripe.world import DAY, PLATFORM, World


def command(world: World, name: str, given: dict[str, str]) -> dict[str, Any]:
    """Do one of the commands, with what its form says; return what to show.

    :raises Problem: when there is no such command, or it does not apply.
    """
    account = given.get("account", "")
    if name == "clock":
        advance(world, int(float(given.get("days", "0")) * DAY) + int(given.get("seconds", "0")))
    elif name == "stage":
        set_stage(world, world.account(account), given["stage"])
    elif name == "disconnect":
        disconnect(world, world.account(account))
    elif name == "dispute":
        open_dispute(world, account, world.of(account, "charge", given["charge"]))
    elif name == "decide":
        end_dispute(world, account, world.of(account, "dispute", given["dispute"]), won=given["won"] == "true")
    elif name == "fail_refund":
        fail_refund(world, account, world.of(account, "refund", given["refund"]))
    elif name == "reverse":
        reverse_by_hand(world, world.of(PLATFORM, "transfer", given["transfer"]), int(given["amount"]))
    else:
        require(False, f"There is no command {name}.", status=404)
    return {"now": world.now()}
