"""Coupons, and the codes that people know them by: made, read, ended. What they take from a sum is in `discounts.py`."""

import re
from typing import Any

from stripe import params

from tests.stripe.discounts import as_it_stands, code_as_it_stands, is_usable
from tests.stripe.routing import Call, require, route
from tests.stripe.world import Thing

_CODE = re.compile(r"[A-Za-z0-9-]{1,500}")
_LONGEST_NAME = 40


@route("POST", "/v1/coupons", params.CouponCreateParams)
def create_coupon(call: Call) -> Thing:
    given = call.params
    _refuse_amount(given)
    _refuse_duration(given)
    require(len(given.get("name", "")) <= _LONGEST_NAME, "Invalid string: must be at most 40 characters", param="name")
    require(given.get("max_redemptions", 1) > 0, "Invalid positive integer", param="max_redemptions")
    require(given.get("redeem_by", call.now + 1) > call.now, "redeem_by must be in the future.", param="redeem_by")
    products = given.get("applies_to", {}).get("products")
    for product in products or ():
        call.of("product", product)
    coupon = call.add(
        "co",
        "coupon",
        amount_off=given.get("amount_off"),
        currency=given["currency"].lower() if "currency" in given else None,
        duration=given.get("duration", "once"),
        duration_in_months=given.get("duration_in_months"),
        max_redemptions=given.get("max_redemptions"),
        metadata=call.metadata(),
        name=given.get("name"),
        percent_off=given.get("percent_off"),
        redeem_by=given.get("redeem_by"),
        times_redeemed=0,
        valid=True,
        # Stripe tells of it only where it is asked to expand it.
        _products=products,
    )
    call.tell("coupon.created", coupon)
    return coupon


def _refuse_amount(given: dict[str, Any]) -> None:
    require(
        ("percent_off" in given) != ("amount_off" in given),
        "Coupons must have either an amount or percent off.",
        param="percent_off",
    )
    if "amount_off" in given:
        require(given["amount_off"] > 0, "Invalid positive integer", param="amount_off")
        require("currency" in given, "You must pass currency when passing amount_off", param="currency")
    else:
        require(0 < given["percent_off"] <= 100, "Invalid percent_off: must be between 0 and 100", param="percent_off")


def _refuse_duration(given: dict[str, Any]) -> None:
    repeats = given.get("duration", "once") == "repeating"
    require(
        repeats == ("duration_in_months" in given),
        "duration_in_months is for coupons with a duration of repeating, and they need it.",
        param="duration_in_months",
    )
    require(given.get("duration_in_months", 1) > 0, "Invalid positive integer", param="duration_in_months")


@route("GET", "/v1/coupons/:id", params.CouponRetrieveParams)
def retrieve_coupon(call: Call, id: str) -> Thing:
    return as_it_stands(call.world, call.of("coupon", id))


@route("GET", "/v1/coupons", params.CouponListParams)
def list_coupons(call: Call) -> Thing:
    for coupon in call.world.all(call.account, "coupon"):
        as_it_stands(call.world, coupon)
    return call.listed("coupon")


@route("DELETE", "/v1/coupons/:id", params.CouponDeleteParams)
def delete_coupon(call: Call, id: str) -> Thing:
    """Take a coupon away: whoever has its discount keeps it, and nobody gets it any more."""
    coupon = call.world.accounts[call.account].pop(call.of("coupon", id)["id"])
    for code in call.world.all(call.account, "promotion_code", active=True):
        if code["promotion"]["coupon"] == id:
            call.world.change(call.account, code, "promotion_code.updated", active=False)
    call.tell("coupon.deleted", coupon)
    return {"id": id, "object": "coupon", "deleted": True}


@route("POST", "/v1/promotion_codes", params.PromotionCodeCreateParams)
def create_code(call: Call) -> Thing:
    given = call.params
    require("coupon" in given["promotion"], "Missing required param: promotion[coupon].", param="promotion[coupon]")
    coupon = as_it_stands(call.world, call.of("coupon", given["promotion"]["coupon"]))
    require(coupon["valid"], "This coupon is no longer valid.", param="promotion[coupon]")
    code = given.get("code") or call.world.new_id("")[1:9].upper()
    require(_CODE.fullmatch(code) is not None, "Invalid code: use letters, digits and hyphens.", param="code")
    others = [one for one in call.world.all(call.account, "promotion_code") if one["code"].lower() == code.lower()]
    taken = any(code_as_it_stands(call.world, call.account, one)["active"] for one in others)
    require(not taken, f"An active promotion code with `code: {code}` already exists.", code="resource_already_exists")
    require(given.get("max_redemptions", 1) > 0, "Invalid positive integer", param="max_redemptions")
    require(given.get("expires_at", call.now + 1) > call.now, "expires_at must be in the future.", param="expires_at")
    if customer := given.get("customer"):
        call.of("customer", customer)
    asked = {"first_time_transaction": False, "minimum_amount": None, "minimum_amount_currency": None}
    made = call.add(
        "promo",
        "promotion_code",
        active=given.get("active", True),
        code=code,
        customer=customer,
        expires_at=given.get("expires_at"),
        max_redemptions=given.get("max_redemptions"),
        metadata=call.metadata(),
        promotion={"type": "coupon", "coupon": coupon["id"]},
        restrictions=asked | given.get("restrictions", {}),
        times_redeemed=0,
    )
    call.tell("promotion_code.created", made)
    return made


@route("POST", "/v1/promotion_codes/:id", params.PromotionCodeUpdateParams)
def update_code(call: Call, id: str) -> Thing:
    code = call.of("promotion_code", id)
    if call.params.get("active") and not code["active"]:
        require(is_usable(call.world, call.account, code), "This promotion code cannot be activated any more.")
    fields = call.given("active") | {"metadata": call.metadata(code["metadata"])}
    call.world.change(call.account, code, "promotion_code.updated", **fields)
    return code


@route("GET", "/v1/promotion_codes/:id", params.PromotionCodeRetrieveParams)
def retrieve_code(call: Call, id: str) -> Thing:
    return code_as_it_stands(call.world, call.account, call.of("promotion_code", id))


@route("GET", "/v1/promotion_codes", params.PromotionCodeListParams)
def list_codes(call: Call) -> Thing:
    for code in call.world.all(call.account, "promotion_code"):
        code_as_it_stands(call.world, call.account, code)
    listed = call.listed("promotion_code", "active", "code", "customer")
    if coupon := call.params.get("coupon"):
        listed["data"] = [code for code in listed["data"] if code["promotion"]["coupon"] == coupon]
    return listed
