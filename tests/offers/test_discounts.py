"""An offer takes off what it says, for as long as it says, for those it is for; and the books know what it cost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock
from app.core.database import db
from app.factory import Guildhall
from app.memberships.buying import bought_membership
from app.memberships.models import TierPrice
from app.offers.booking import costs
from app.offers.failures import (
    CodeTaken,
    DoesNotFit,
    NoSuchCode,
    OfferEnded,
    OfferUsedBefore,
    OfferUsedUp,
    OtherCurrency,
    OverBeforeItBegins,
    TooLittleLeft,
)
from app.offers.finding import offer_for, reckoned_for
from app.offers.models import Discount
from app.offers.reckoning import reckon
from app.offers.words import in_words, paid_in_words
from billing.gateway import Unclear
from billing.reconciling import Found
from tenants.isolation import scoped
from tests.factories import a_member
from tests.offers.conftest import books
from tests.stripe import invoices
from tests.stripe.periods import after
from tests.stripe.subscriptions import begin
from tests.stripe.world import DAY, World


@pytest.fixture
def sam(fair):
    return a_member("Sam Reyes")


@pytest.fixture
def keeps_ten_percent(app):
    before = app.extensions["guildhall"]
    app.extensions["guildhall"] = Guildhall(replace(before.config, membership_fee=1000))
    yield
    app.extensions["guildhall"] = before


def found(code="SPRING", member=None):
    return offer_for(code, asker="somebody", member_id=member and member.id, now=clock.now())


def test_it_is_taken_off_the_first_payment_and_in_the_books(fair, sam):
    offer = fair.offer()
    fair.begin(sam)
    assert bought_membership(sam.id).state == "active"
    assert (books()["memberships"], books()["discounts"], books()["discounts.forgone"]) == (-450, 450, -450)
    assert fair.world.balance(fair.account, "eur", available=False) == books()["stripe"]
    fair.money.days_pass(32)
    fair.money.arrive()
    assert (books()["memberships"], costs()) == (-1350, {offer.id: [("EUR", 450)]})
    assert (offer.uses, sum(books().values())) == (1, 0)


def test_it_lasts_as_long_as_it_says(fair, sam):
    fair.offer(lasts="months", months=2, amount=300)
    fair.begin(sam)
    for _ in range(2):
        fair.money.days_pass(31)
        fair.money.arrive()
    assert [one["amount"] for one in fair.all("charge")] == [600, 600, 900]
    assert books()["discounts"] == 600


def test_bought_once_it_is_taken_off_with_the_platforms_share_of_what_is_left(fair, sam, keeps_ten_percent):
    fair.offer(percent=20, lasts="always")
    fair.begin(sam, fair.price(interval="once"))
    assert (books()["memberships"], books()["fees.platform"], books()["discounts"]) == (-21600, 2160, 5400)
    assert bought_membership(sam.id).paid_until is None


def test_a_trial_comes_first_and_the_offer_after_it(fair, sam):
    fair.journeyman.revise(by=fair.leader, trial_days=14)
    offer = fair.offer(lasts="months", months=2)
    words = paid_in_words(reckoned_for(offer, fair.price(), member_id=sam.id, now=clock.now()), fair.price())
    assert words == ["The first 14 days cost nothing.", "€4.50 a month for 2 months, then €9 a month."]
    fair.begin(sam)
    assert (bought_membership(sam.id).state, offer.uses) == ("trialing", 1)
    fair.money.days_pass(80)
    fair.money.arrive()
    assert [one["amount"] for one in fair.all("charge")] == [450, 450, 900]


def test_whoever_begins_for_nothing_has_it_and_pays_from_the_next_month(fair, sam):
    fair.offer(percent=100)
    fair.begin(sam)
    assert (bought_membership(sam.id).state, books()) == ("active", {"discounts": 900, "discounts.forgone": -900})
    fair.money.days_pass(32)
    fair.money.arrive()
    assert books()["memberships"] == -900


def test_a_code_that_cannot_be_used_says_why(fair, sam):
    with pytest.raises(NoSuchCode):
        found("SUMMER")
    offer = fair.offer(most_uses=1)
    assert found(" spr-ing ") is offer
    fair.begin(sam)
    with pytest.raises(OfferUsedBefore):
        found(member=sam)
    with pytest.raises(OfferUsedUp):
        found(member=a_member("Ada Adams"))
    late = fair.offer(code="EARLY", until=clock.now() + timedelta(days=1))
    fair.money.days_pass(2)
    with pytest.raises(OfferEnded):
        found("EARLY")
    # What is over gives its code free.
    assert fair.offer(code="EARLY") is not late
    with pytest.raises(CodeTaken):
        fair.offer(code="EARLY")


def test_it_is_for_its_tiers_its_currency_and_what_can_be_charged(fair, sam):
    masters = fair.offer(code="MASTERS", tiers=[fair.master.id])
    dollars = fair.offer(code="DOLLARS", amount=100, currency="USD")
    nearly_all = fair.offer(code="NEARLY", amount=880)
    everything = fair.offer(code="ALL", percent=100)
    brief = fair.offer(code="BRIEF", lasts="months", months=1)
    fair.journeyman.revise(by=fair.leader, trial_days=60)
    for offer, price, why in (
        (masters, fair.price(), DoesNotFit),
        (dollars, fair.price(), OtherCurrency),
        (nearly_all, fair.price(), TooLittleLeft),
        (everything, fair.price(interval="once"), TooLittleLeft),
        (brief, fair.price(), OverBeforeItBegins),
    ):
        with pytest.raises(why):
            reckoned_for(offer, price, member_id=sam.id, now=clock.now())
    fair.begin(sam, fair.price(fair.master), "MASTERS")
    assert books()["memberships"] == -750


def test_ended_nobody_begins_with_it_and_who_has_it_keeps_it(fair, sam):
    offer = fair.offer(lasts="always")
    fair.begin(sam)
    page = fair.begin_page(a_member("Ada Adams"))
    offer.end(by=fair.leader, now=clock.now())
    db.session.commit()
    with pytest.raises(OfferEnded):
        found()
    (code,) = fair.all("promotion_code")
    assert (code["active"], page["status"]) == (False, "open")
    fair.money.days_pass(32)
    fair.money.arrive()
    assert [one["amount"] for one in fair.all("charge")] == [450, 450]


def test_an_answer_that_is_lost_makes_one_offer(fair, money):
    money.fake.faults.plan("broken after", "POST /v1/promotion_codes", times=3)
    offer = Discount.draft(
        by=fair.leader, now=clock.now(), name="Spring", code="SPRING", percent=50, lasts="once", tiers=[fair.master.id]
    )
    with pytest.raises(Unclear):
        offer.open(now=clock.now())
    with pytest.raises(NoSuchCode):
        found()
    money.fake.faults.planned.clear()
    offer.open(now=clock.now())
    assert found() is offer
    assert (len(fair.all("coupon")), len(fair.all("promotion_code"))) == (1, 1)


def test_what_no_webhook_told_of_is_found_at_night(fair, sam):
    offer, second = fair.offer(), fair.offer(code="OTHER")
    fair.pay(fair.begin_page(sam))
    fair.pay(fair.begin_page(a_member("Ada Adams"), fair.price(interval="once")))
    fair.world.of(fair.account, "promotion_code", second.promotion_id)["active"] = False
    fair.a_night_passes()
    fair.a_night_passes()
    assert books()["discounts"] == 450 + 13500
    assert (offer.ended_at, second.ended_at is None) == (None, False)
    assert {one.state for one in db.session.query(Found).filter(scoped(Found))} == {"healed"}


def test_what_is_taken_off_in_words(fair):
    words = [in_words(fair.offer(code=f"CODE{number}", **told)) for number, told in enumerate((
        {}, {"lasts": "months", "months": 1}, {"lasts": "months", "months": 3, "amount": 250}, {"lasts": "always"},
    ))]  # fmt: skip
    assert words == [
        "50% off the first payment",
        "50% off for 1 month",
        "€2.50 off for 3 months",
        "50% off every payment",
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    price=st.integers(50, 2_000_00),
    off=st.one_of(st.tuples(st.just("percent"), st.integers(1, 100)), st.tuples(st.just("amount"), st.integers(1, 999_00))),
    lasts=st.one_of(st.tuples(st.sampled_from(["once", "always"]), st.none()), st.tuples(st.just("months"), st.integers(1, 15))),
    interval=st.sampled_from(["month", "year"]),
    trial=st.sampled_from([0, 7, 30, 45]),
    begins=st.integers(1_700_000_000, 1_800_000_000),
)  # fmt: skip
def test_what_is_shown_is_what_stripe_takes(fair, price, off, lasts, interval, trial, begins):
    """Whatever is offered: never less than nothing, and to the cent what every invoice at the stand-in then asks."""
    now = datetime.fromtimestamp(begins, UTC)
    offer = Discount(percent=None, amount=None, currency=None, lasts=lasts[0], months=lasts[1])
    setattr(offer, off[0], off[1])
    try:
        shown = reckon(offer, TierPrice(amount=price, currency="EUR", interval=interval), trial_days=trial, now=now)
    except (TooLittleLeft, OverBeforeItBegins):
        return
    assert 0 <= shown.amount <= shown.then == price
    asked = _asked_by_the_stand_in(price, off, lasts, interval, trial, begins)
    expected = [
        shown.amount if shown.payments is None or number < shown.payments else price for number in range(len(asked))
    ]
    assert asked == expected


def _asked_by_the_stand_in(price, off, lasts, interval, trial, begins):
    """Return the totals of what is paid in four years and a bit, or as many months."""
    world = World(clock=lambda: begins, seed=1)
    world.accounts["acct_1"] = {}
    customer = world.add(
        "acct_1", "cus", "customer", balance=0, email="", name="", invoice_settings={"default_payment_method": None}
    )
    stripes = world.add(
        "acct_1", "price", "price", unit_amount=price, currency="eur", product="prod_1", nickname=None,
        recurring={"interval": interval, "interval_count": 1}, unit_amount_decimal=str(price),
    )  # fmt: skip
    coupon = {
        "id": "co_1", "object": "coupon", "percent_off": off[1] if off[0] == "percent" else None,
        "amount_off": off[1] if off[0] == "amount" else None, "currency": "eur", "duration_in_months": lasts[1],
        "duration": {"once": "once", "months": "repeating", "always": "forever"}[lasts[0]], "_products": None,
    }  # fmt: skip
    bought = begin(
        world, "acct_1", customer, [(stripes, 1)], trial_end=begins + trial * DAY if trial else None, coupon=coupon
    )
    if not trial:
        bought["status"] = "active"
    for _ in range(4 if interval == "year" else 17):
        _renews(world, bought)
    totals = [one["total"] for one in world.all("acct_1", "invoice")]
    return totals[1:] if trial else totals


def _renews(world, subscription):
    """Let the next period begin, as the clock would, paid or not."""
    starts = min(item["current_period_end"] for item in subscription["items"]["data"])
    world.offset += starts - world.now()
    for item in subscription["items"]["data"]:
        ends = after(starts, item["price"]["recurring"], anchor=subscription["billing_cycle_anchor"])
        item |= {"current_period_start": starts, "current_period_end": ends}
        line = invoices.line(world, item, item["price"]["unit_amount"], starts, ends)
        invoices.new_invoice(world, "acct_1", subscription, [line], reason="subscription_cycle")
