"""What is taken off: which coupon and code a page may be opened with, and what a discount takes from a sum."""

from decimal import ROUND_HALF_UP, Decimal

from tests.stripe.periods import after
from tests.stripe.problems import Problem
from tests.stripe.routing import Call, require
from tests.stripe.world import Thing, World


def as_it_stands(world: World, coupon: Thing) -> Thing:
    """Return a coupon that says whether it can be used: not after its last moment, and no more often than it may."""
    used_up = coupon["max_redemptions"] is not None and coupon["times_redeemed"] >= coupon["max_redemptions"]
    over = coupon["redeem_by"] is not None and coupon["redeem_by"] <= world.now()
    coupon["valid"] = not used_up and not over
    return coupon


def is_usable(world: World, account: str, code: Thing) -> bool:
    coupon = world.accounts[account].get(code["promotion"]["coupon"])
    used_up = code["max_redemptions"] is not None and code["times_redeemed"] >= code["max_redemptions"]
    over = code["expires_at"] is not None and code["expires_at"] <= world.now()
    return coupon is not None and bool(as_it_stands(world, coupon)["valid"]) and not used_up and not over


def code_as_it_stands(world: World, account: str, code: Thing) -> Thing:
    code["active"] = bool(code["active"]) and is_usable(world, account, code)
    return code


def chosen(call: Call, items: list[Thing]) -> tuple[Thing | None, Thing | None]:
    """Return the coupon that a page is to be opened with, and the code by which it was named.

    :raises Problem: when it cannot be used, or not for this.
    """
    given = call.params.get("discounts") or []
    if not given:
        return None, None
    require(len(given) == 1, "You may only specify one discount.", param="discounts")
    require(
        ("coupon" in given[0]) != ("promotion_code" in given[0]),
        "Specify one: coupon, promotion_code.",
        param="discounts",
    )
    code = None
    if "promotion_code" in given[0]:
        code = call.of("promotion_code", given[0]["promotion_code"])
        _refuse_code(call, code, items)
    coupon = call.of("coupon", code["promotion"]["coupon"] if code else given[0]["coupon"])
    require(as_it_stands(call.world, coupon)["valid"], "This coupon is no longer valid.", param="discounts")
    currency = items[0]["price"]["currency"]
    require(
        coupon["amount_off"] is None or coupon["currency"] == currency,
        "The currency of this coupon does not match the currency of the line items.",
        param="discounts",
    )
    fits = coupon["_products"] is None or any(item["price"]["product"] in coupon["_products"] for item in items)
    require(fits, "This coupon cannot be redeemed because it doesn't apply to anything in this order.")
    return coupon, code


def _refuse_code(call: Call, code: Thing, items: list[Thing]) -> None:
    usable = code_as_it_stands(call.world, call.account, code)["active"]
    require(usable, "This promotion code is no longer valid.", param="discounts", code="promotion_code_inactive")
    customer, asked = call.params.get("customer"), code["restrictions"]
    require(code["customer"] in (None, customer), "This promotion code cannot be redeemed by this customer.")
    if asked["first_time_transaction"]:
        paid = [one for one in call.world.all(call.account, "charge", customer=customer) if customer and one["paid"]]
        require(not paid, "This promotion code cannot be redeemed because the customer has prior transactions.")
    if asked["minimum_amount"] is not None:
        subtotal = sum(item["amount_subtotal"] for item in items)
        require(subtotal >= asked["minimum_amount"], "This order does not reach the minimum amount of the code.")


def taken(coupon: Thing | None, parts: list[tuple[str, int]]) -> int:
    """Return what a coupon takes from amounts, each of a product: never more than there is to pay."""
    if coupon is None:
        return 0
    eligible = sum(amount for product, amount in parts if coupon["_products"] is None or product in coupon["_products"])
    if eligible <= 0:
        return 0
    elif coupon["percent_off"] is not None:
        part = Decimal(eligible) * Decimal(str(coupon["percent_off"])) / 100
        return min(eligible, int(part.quantize(Decimal(1), ROUND_HALF_UP)))
    else:
        return min(eligible, int(coupon["amount_off"]))


def redeem(world: World, account: str, coupon: Thing, code: Thing | None) -> None:
    """Count a use; what cannot be used again says so.

    :raises Problem: when somebody else was faster.
    """
    usable = is_usable(world, account, code) and code["active"] if code else as_it_stands(world, coupon)["valid"]
    require(bool(usable), "This promotion code is no longer valid.", code="promotion_code_inactive")
    world.change(account, coupon, "coupon.updated", times_redeemed=coupon["times_redeemed"] + 1)
    as_it_stands(world, coupon)
    if code is not None:
        uses = code["times_redeemed"] + 1
        world.change(account, code, "promotion_code.updated", times_redeemed=uses)
        world.change(account, code, "promotion_code.updated", active=is_usable(world, account, code))


def new_discount(
    world: World, account: str, coupon: Thing, code: Thing | None, *, subscription: Thing, session: str | None = None
) -> Thing:
    """Return the discount that a subscription has from now on. `repeating` counts months from its beginning, trial or not."""
    months = {"interval": "month", "interval_count": coupon["duration_in_months"] or 1}
    ends = after(world.now(), months, anchor=world.now()) if coupon["duration"] == "repeating" else None
    discount: Thing = {
        "id": world.new_id("di"),
        "object": "discount",
        "checkout_session": session,
        "customer": subscription["customer"],
        "end": ends,
        "invoice": None,
        "invoice_item": None,
        "promotion_code": code["id"] if code else None,
        "source": {"type": "coupon", "coupon": coupon["id"]},
        "start": world.now(),
        "subscription": subscription["id"],
        "subscription_item": None,
        "_coupon": coupon,
    }
    world.accounts[account][discount["id"]] = discount
    return discount


def on_invoice(world: World, account: str, subscription: Thing, lines: list[Thing]) -> tuple[Thing | None, int]:
    """Return the discount that takes something from a subscription's next invoice, and how much."""
    for name in subscription["discounts"]:
        discount = world.of(account, "discount", name)
        if discount["end"] is not None and discount["end"] <= world.now():
            continue
        parts = [(line["pricing"]["price_details"]["product"], line["amount"]) for line in lines]
        if amount := taken(discount["_coupon"], parts):
            return discount, amount
    return None, 0


def use_up(subscription: Thing, discount: Thing | None) -> None:
    """Note that a discount took something: one that does so once is over."""
    if discount is not None and discount["_coupon"]["duration"] == "once":
        subscription["discounts"] = [name for name in subscription["discounts"] if name != discount["id"]]


def refusal_of(problem: Problem) -> str:
    """Return a refusal in the words that whoever pays reads."""
    return str(problem.body["error"]["message"])
