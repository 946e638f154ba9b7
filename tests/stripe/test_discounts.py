"""Coupons and promotion codes at the stand-in: refused as Stripe refuses them, and taken off what is paid."""

import pytest
import stripe

from tests.stripe.conftest import SHOP, a_price, opened
from tests.stripe.cycle import advance
from tests.stripe.world import DAY


def a_code(ours, leader, **told):
    """Return a promotion code; what is not about the code is the coupon's."""
    about = {name: told.pop(name) for name in ("code", "max_redemptions", "expires_at", "restrictions") if name in told}
    coupon = ours.v1.coupons.create(told, leader)
    wanted = {"promotion": {"type": "coupon", "coupon": coupon.id}, **about}
    return ours.v1.promotion_codes.create(wanted, leader)


def a_page(ours, leader, price, code=None, mode="subscription", **more):
    wanted = {"mode": mode, "line_items": [{"price": price.id, "quantity": 1}], **SHOP, **more}
    if code is not None:
        wanted["discounts"] = [{"promotion_code": code.id}]
    return ours.v1.checkout.sessions.create(wanted, leader)


def invoices(fake, leader):
    return [one["total"] for one in fake.world.all(leader["stripe_account"], "invoice")]


def pays(session, card="pm_card_visa"):
    status, _said = opened(session.url, card=card, email="sam@example.org")
    return status


@pytest.mark.parametrize(
    ("coupon", "param"),
    [
        ({}, "percent_off"),
        ({"percent_off": 10, "amount_off": 100, "currency": "eur"}, "percent_off"),
        ({"amount_off": 100}, "currency"),
        ({"percent_off": 101}, "percent_off"),
        ({"percent_off": 10, "duration": "repeating"}, "duration_in_months"),
        ({"percent_off": 10, "duration": "weekly"}, "duration"),
        ({"percent_off": 10, "redeem_by": 5}, "redeem_by"),
        ({"percent_off": 10, "applies_to": {"products": ["prod_none"]}}, "id"),
    ],
)
def test_a_coupon_that_stripe_would_refuse_is_refused(ours, leader, coupon, param):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        ours.v1.coupons.create(coupon, leader)
    assert refusal.value.param == param


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"percent_off": 50, "duration": "once"}, [450, 900, 900, 900]),
        ({"percent_off": 50, "duration": "repeating", "duration_in_months": 2}, [450, 450, 900, 900]),
        ({"percent_off": 33, "duration": "forever"}, [603, 603, 603, 603]),
        ({"amount_off": 200, "currency": "eur", "duration": "once"}, [700, 900, 900, 900]),
        ({"percent_off": 100, "duration": "once"}, [0, 900, 900, 900]),
    ],
)
def test_it_is_taken_off_for_as_long_as_it_lasts(fake, ours, leader, told, expected):
    page = a_page(ours, leader, a_price(ours, leader), a_code(ours, leader, **told))
    assert (page.amount_subtotal, page.amount_total, page.total_details.amount_discount) == (
        900,
        expected[0],
        900 - expected[0],
    )
    assert pays(page) == 303
    for _ in range(3):
        advance(fake.world, 31 * DAY)
    assert invoices(fake, leader) == expected
    paid = [one["amount"] for one in fake.world.all(leader["stripe_account"], "charge")]
    assert paid == [amount for amount in expected if amount]


def test_months_are_counted_from_the_beginning_and_a_trial_uses_up_nothing_that_is_once(fake, ours, leader):
    trial = {"subscription_data": {"trial_period_days": 40}}
    for told in ({"duration": "once"}, {"duration": "repeating", "duration_in_months": 2}):
        page = a_page(ours, leader, a_price(ours, leader), a_code(ours, leader, percent_off=50, **told), **trial)
        assert (page.amount_total, pays(page)) == (0, 303)
    advance(fake.world, 75 * DAY)
    # Both tried it out for nothing; then the one was used up, and the other's two months were over.
    assert invoices(fake, leader) == [0, 0, 450, 450, 900, 900]


def test_an_invoice_names_the_discount_and_by_which_code_it_was_had(fake, ours, leader):
    code = a_code(ours, leader, percent_off=50, code="SPRING")
    pays(a_page(ours, leader, a_price(ours, leader), code))
    (invoice,) = fake.world.all(leader["stripe_account"], "invoice")
    wanted = {"expand": ["total_discount_amounts.discount"]}
    (taken,) = ours.v1.invoices.retrieve(invoice["id"], wanted, leader).total_discount_amounts
    assert (taken.amount, taken.discount.promotion_code) == (450, code.id)
    assert taken.discount.source.coupon == code.promotion.coupon


def test_a_code_is_unique_while_it_is_active_and_used_no_more_often_than_it_may(fake, ours, leader):
    price = a_price(ours, leader)
    code = a_code(ours, leader, percent_off=10, code="SPRING", max_redemptions=1)
    with pytest.raises(stripe.InvalidRequestError):
        a_code(ours, leader, percent_off=20, code="spring")
    first, second = (a_page(ours, leader, price, code) for _ in range(2))
    assert pays(first) == 303
    # Whoever is slower reads it on the page, and can go back.
    assert pays(second) == 409
    assert not ours.v1.promotion_codes.retrieve(code.id, None, leader).active
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        a_page(ours, leader, price, code)
    assert refusal.value.code == "promotion_code_inactive"
    assert a_code(ours, leader, percent_off=20, code="SPRING").active


@pytest.mark.parametrize("how", ["ended", "coupon deleted", "too late"])
def test_what_is_over_opens_no_page_and_takes_nothing_from_those_who_have_it(fake, ours, leader, how):
    price = a_price(ours, leader)
    last = {"redeem_by": fake.world.now() + DAY} if how == "too late" else {}
    code = a_code(ours, leader, percent_off=50, duration="forever", **last)
    pays(a_page(ours, leader, price, code))
    if how == "ended":
        ours.v1.promotion_codes.update(code.id, {"active": False}, leader)
    elif how == "coupon deleted":
        ours.v1.coupons.delete(code.promotion.coupon, None, leader)
    else:
        advance(fake.world, 2 * DAY)
    with pytest.raises(stripe.InvalidRequestError):
        a_page(ours, leader, price, code)
    advance(fake.world, 31 * DAY)
    assert invoices(fake, leader) == [450, 450]


def test_it_holds_for_its_products_and_its_currency_alone(fake, ours, leader):
    cheap, dear = a_price(ours, leader), a_price(ours, leader, amount=1500)
    code = a_code(ours, leader, percent_off=10, applies_to={"products": [dear.product]})
    dollars = a_code(ours, leader, amount_off=100, currency="usd")
    for price, wrong in ((cheap, code), (cheap, dollars)):
        with pytest.raises(stripe.InvalidRequestError):
            a_page(ours, leader, price, wrong)
    assert a_page(ours, leader, dear, code).amount_total == 1350


def test_paid_once_it_is_taken_off_too_with_no_more_fee_than_is_left(fake, ours, leader):
    product = ours.v1.products.create({"name": "For good"}, leader)
    price = ours.v1.prices.create({"product": product.id, "currency": "eur", "unit_amount": 5000}, leader)
    half = a_code(ours, leader, percent_off=50)
    too_much = {"payment_intent_data": {"application_fee_amount": 2501}}
    with pytest.raises(stripe.InvalidRequestError):
        a_page(ours, leader, price, half, "payment", **too_much)
    page = a_page(ours, leader, price, half, "payment", payment_intent_data={"application_fee_amount": 250})
    assert pays(page) == 303
    (charge,) = fake.world.all(leader["stripe_account"], "charge")
    assert (charge["amount"], charge["application_fee_amount"]) == (2500, 250)
