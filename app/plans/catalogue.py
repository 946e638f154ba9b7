"""Plans at Stripe, in the platform's own account: a product for each, a price for each way to pay it. They are made when somebody
first wants one, and found by name ever after, whichever marketplace wanted it first.
"""

from datetime import datetime

from app.plans.words import plan_name
from billing import gateway
from billing.following import lock
from billing.gateway import Refused
from billing.operations import perform
from billing.plans import Choice, Plan


def price_id(choice: Choice, currency: str, *, now: datetime) -> str:
    """Return Stripe's name for the price of a choice.

    :raises Refused: when Stripe makes none.
    :raises Unclear: when it does not answer.
    """
    key = choice.lookup_key(currency)
    # Two marketplaces that want it first, at once: the second finds what the first made.
    lock(key)
    for found in gateway.each("price", {"lookup_keys": [key], "active": True}):
        return str(found["id"])
    wanted = {
        "product": _product(choice.plan, now=now),
        "lookup_key": key,
        "currency": currency.lower(),
        "unit_amount": choice.amount(currency),
        "recurring": {"interval": choice.interval},
        "nickname": choice.name,
    }
    return str(perform("price", key, wanted, now=now)["id"])


def _product(plan: Plan, *, now: datetime) -> str:
    name = f"guildhall_{plan.name}"
    try:
        return str(gateway.fetch("product", name)["id"])
    except Refused:
        return str(perform("product", name, {"id": name, "name": f"Guildhall: {plan_name(plan)}"}, now=now)["id"])
