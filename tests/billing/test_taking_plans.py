"""A marketplace takes a plan, changes it, cannot pay it, gives it up; what it has is always what Stripe's subscription says."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.factory import Guildhall
from billing import statements
from billing.entitlements import application_fee_points, current_plan
from billing.following import follow
from billing.gateway import Unclear
from billing.ledger import Transaction
from billing.plan_accounts import PlanSubscription, living_subscription, plan_account, plan_invoices
from billing.plan_following import compare_plans
from tests.billing.conftest import at_stripe
from tests.factories import a_member, run_jobs
from tests.stripe import invoices
from tests.stripe import subscriptions as theirs
from tests.stripe.cycle import advance
from tests.stripe.subscriptions import change_card
from tests.stripe.world import PLATFORM


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def plan():
    db.session.expire_all()
    return current_plan(now=clock.now()).name


def subscriptions(money):
    return money.fake.world.all(PLATFORM, "subscription")


def test_a_leader_sees_what_is_used_takes_a_plan_and_finds_its_invoice(hall, money, ines, takes):
    page = words(ines.get("/desk/plan").text)
    assert "This is only a rehearsal" in page
    assert "1 of 100" in page
    assert "€390 a year" in page
    before = words(ines.get("/desk/plan/choices/hall-month").text)
    assert "€39 a month, from today on" in before
    page = takes("hall-month", business="Letterform GmbH", line1="Gasse 1", country="AT", vat="ATU12345678").text
    assert "Your marketplace has the plan “Hall” now." in page
    assert "1 of 5,000" in words(page)
    assert "Letterform GmbH" in page
    assert "VAT number ATU12345678" in page
    assert "G-0001" in page
    # Its webhooks come after: nothing changes, and it is booked once.
    money.arrive()
    (invoice,) = plan_invoices()
    assert (invoice.state, invoice.total, invoice.paid, plan()) == ("paid", 3900, 3900, "hall")
    assert statements.balance("plan", "EUR") == 3900
    assert statements.balance("card", "EUR") == -3900
    assert [one.source for one in db.session.scalars(select(Transaction))] == [f"plan invoice {invoice.invoice_id}"]


def test_webhooks_alone_are_enough_and_a_page_is_asked_for_once(hall, money, ines):
    first = ines.post("/desk/plan/choices/hall-month").headers["Location"]
    assert ines.post("/desk/plan/choices/hall-month").headers["Location"] == first
    other = ines.post("/desk/plan/choices/hall-year").headers["Location"]
    # The page before is closed: nobody can pay on two.
    assert at_stripe(first, card="pm_card_visa") is None
    at_stripe(other, card="pm_card_visa")
    money.arrive()
    assert plan() == "hall"
    assert living_subscription().interval == "year"
    # Another tab that was left open leads to no second plan.
    answer = ines.post("/desk/plan/choices/hall-year")
    assert answer.status_code == 409
    assert len(subscriptions(money)) == 1


def test_a_larger_plan_begins_at_once_and_a_smaller_one_when_what_is_paid_ends(hall, money, ines, takes):
    takes("hall-month")
    page = words(ines.get("/desk/plan/choices/hall-year").text)
    assert "€351 today" in page
    assert "€390 a year" in page
    assert ines.post("/desk/plan/choices/hall-year").status_code == 303
    assert living_subscription().interval == "year"
    assert ines.post("/desk/plan/choices/company-month").status_code == 303
    money.arrive()
    assert plan() == "company"
    assert "stand to your credit" in words(ines.get("/desk/plan").text)
    page = words(ines.get("/desk/plan/choices/hall-month").text)
    assert "Nothing today" in page
    charged = len(money.fake.world.all(PLATFORM, "charge"))
    ines.post("/desk/plan/choices/hall-month")
    assert plan() == "company"
    assert "the plan “Hall” begins" in words(ines.get("/desk/plan").text)
    assert ines.post("/desk/plan/choices/hall-year").status_code == 409
    ines.post("/desk/plan/continuation")
    assert (plan(), living_subscription().plan) == ("company", "company")
    ines.post("/desk/plan/choices/hall-month")
    assert len(money.fake.world.all(PLATFORM, "charge")) == charged
    money.days_pass(32)
    money.arrive()
    assert plan() == "hall"
    assert living_subscription().amount == 3900


def test_a_change_that_the_bank_refuses_changes_nothing(hall, money, ines, takes):
    takes("hall-month", card="pm_card_chargeCustomerFail")
    answer = ines.post("/desk/plan/choices/hall-year")
    assert answer.status_code == 402
    assert "nothing has changed" in answer.text
    money.arrive()
    assert (plan(), living_subscription().interval) == ("hall", "month")


def test_giving_up_ends_with_what_is_paid_and_can_be_taken_back(hall, money, ines, takes):
    takes("hall-month")
    assert "is paid until" in words(ines.get("/desk/plan/end").text)
    ines.post("/desk/plan/end")
    assert "Your plan ends on" in words(ines.get("/desk/plan").text)
    ines.post("/desk/plan/continuation")
    assert living_subscription().cancels_at is None
    ines.post("/desk/plan/end")
    assert plan() == "hall"
    money.days_pass(32)
    money.arrive()
    assert (plan(), living_subscription()) == ("free", None)
    assert "It costs nothing" in words(ines.get("/desk/plan").text)
    # And begins anew.
    takes("hall-year")
    assert plan() == "hall"


def test_a_night_notices_a_plan_that_was_given_up_though_nobody_heard_of_it(hall, money, ines, takes):
    takes("hall-month")
    money.arrive()
    (told,) = subscriptions(money)
    theirs.cancel_later(told, True, now=int(clock.now().timestamp()))
    (found,) = compare_plans(clock.now())
    assert "until" in found.ours
    assert "ends" in found.theirs
    follow("platform", "subscription", told["id"], None, now=clock.now())
    assert list(compare_plans(clock.now())) == []


def test_an_unpaid_plan_goes_on_for_a_while_then_rests_and_comes_back_when_it_is_paid(hall, money, ines, takes, outbox):
    takes("hall-month", card="pm_card_chargeCustomerFail")
    money.days_pass(32)
    money.arrive()
    assert (living_subscription().state, plan()) == ("past_due", "hall")
    assert "The last payment failed" in ines.get("/desk/plan").text
    assert "Your plan could not be paid" in ines.get("/desk/members").text
    since = living_subscription().past_due_at
    money.days_pass(4)
    money.arrive()
    # Further tries of the bank's begin no new grace.
    assert living_subscription().past_due_at == since
    for days in (5.5, 3):
        money.days_pass(days)
        money.arrive()
    assert plan() == "free"
    assert "Your plan rests" in ines.get("/desk/plan").text
    customer = money.fake.world.of(PLATFORM, "customer", plan_account().customer_id)
    change_card(money.fake.world, PLATFORM, customer, "pm_card_visa")
    money.arrive()
    assert (living_subscription().state, plan()) == ("active", "hall")
    assert [mail.subject for mail in reversed(outbox.all)] == [
        "The plan of Designers could not be paid",
        "The plan of Designers is still not paid",
        "Designers has the free plan now",
        "The plan of Designers is paid",
    ]


def test_a_second_subscription_beside_a_living_one_is_ended_and_given_back(hall, money, ines, takes):
    takes("hall-month")
    money.arrive()
    (first,) = subscriptions(money)
    world = money.fake.world
    customer = world.of(PLATFORM, "customer", first["customer"])
    second = theirs.begin(
        world, PLATFORM, customer, [(first["items"]["data"][0]["price"], 1)],
        default_payment_method=first["default_payment_method"],
    )  # fmt: skip
    invoices.collect(world, PLATFORM, world.of(PLATFORM, "invoice", second["latest_invoice"]))
    second["status"] = "active"
    # Stripe fails in the middle of it.
    for request in ("POST /v1/refunds", "DELETE /v1/subscriptions"):
        money.fake.faults.plan("busy", request)
        with pytest.raises(Unclear):
            follow("platform", "subscription", second["id"], None, now=clock.now())
    # Of the refund nobody but the plan knows: its event comes to nothing.
    world.untold = [told for told in world.untold if told[1]["data"]["object"]["object"] != "refund"]
    world.tell(PLATFORM, "customer.subscription.created", second)
    money.arrive()
    assert (first["status"], second["status"]) == ("active", "canceled")
    assert [refund["amount"] for refund in world.all(PLATFORM, "refund")] == [3900]
    assert statements.balance("plan", "EUR") == 3900
    assert [one.subscription_id for one in db.session.scalars(select(PlanSubscription))] == [first["id"]]


def test_the_share_of_what_is_sold_is_the_plans_unless_the_installation_sets_one(hall, money, takes):
    before = money.app.extensions["guildhall"]
    money.app.extensions["guildhall"] = Guildhall(replace(before.config, membership_fee=None))
    assert application_fee_points() == 500
    takes("hall-month")
    assert application_fee_points() == 100
    money.app.extensions["guildhall"] = Guildhall(replace(before.config, membership_fee=250))
    assert application_fee_points() == 250


def test_what_is_no_plan_of_ours_gives_none(hall, money, ines, takes):
    takes("hall-month")
    ines.post("/desk/plan/end")
    advance(money.fake.world, 32 * 86_400)
    world = money.fake.world
    (old,) = subscriptions(money)
    other = dict(old) | {"id": "sub_other", "status": "active"}
    price = dict(old["items"]["data"][0]["price"]) | {"lookup_key": "something else"}
    other["items"] = {"object": "list", "data": [dict(old["items"]["data"][0]) | {"price": price}]}
    world.accounts[PLATFORM]["sub_other"] = other
    world.tell(PLATFORM, "customer.subscription.created", other)
    money.arrive()
    assert plan() == "free"


def test_only_leaders_see_and_change_the_plan_and_without_keys_the_page_says_so(hall, browser, ines):
    assert "Payments are not set up" in ines.get("/desk/plan").text
    assert ines.post("/desk/plan/choices/hall-month").status_code == 409
    admin = browser(a_member(roles=("admin",)))
    for path in ("/desk/plan", "/desk/plan/choices/hall-month", "/desk/plan/end"):
        assert admin.get(path).status_code == 403
    assert ines.get("/desk/plan/choices/palace-month").status_code == 404
    run_jobs()
