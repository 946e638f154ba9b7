"""Cards by what their banks do. The names are Stripe's own for tests."""

from typing import Any

from tests.stripe.problems import NoSuch
from tests.stripe.world import Thing, World

#: What each does: pays; is declined; asks its owner; pays while its owner is there and is declined later; pays and disputes.
BEHAVIOURS = {
    "pm_card_visa": "pays",
    "pm_card_chargeDeclined": "declines",
    "pm_card_authenticationRequired": "asks",
    "pm_card_chargeCustomerFail": "declines later",
    "pm_card_createDispute": "disputes",
}


def method(world: World, account: str, given: str) -> Thing:
    """Return a payment method by its id, made anew where it is one of Stripe's test cards.

    :raises NoSuch: when it is neither.
    """
    if given in BEHAVIOURS:
        return world.add(
            account,
            "pm",
            "payment_method",
            type="card",
            customer=None,
            metadata={},
            billing_details={"address": None, "email": None, "name": None, "phone": None, "tax_id": None},
            card={
                "brand": "visa",
                "last4": "4242",
                "exp_month": 12,
                "exp_year": 2034,
                "country": "FR",
                "funding": "credit",
            },
            _behaviour=BEHAVIOURS[given],
        )
    elif given.startswith("pm_card_"):
        raise NoSuch("payment_method", given)
    else:
        return world.of(account, "payment_method", given)


def attach(world: World, account: str, card: Thing, customer: Thing, *, default: bool = True) -> None:
    """Keep a payment method for a customer."""
    if card["customer"] != customer["id"]:
        world.change(account, card, "payment_method.attached", customer=customer["id"])
    if default:
        settings: dict[str, Any] = customer["invoice_settings"] | {"default_payment_method": card["id"]}
        world.change(account, customer, "customer.updated", invoice_settings=settings)
