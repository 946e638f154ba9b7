"""A company pays for the people who were really there, counted once a month."""

import re

from app.core import clock
from app.plans.changing import report_people
from billing.plan_accounts import plan_invoices
from billing.presence import billable, was_here
from tests.factories import a_member
from tests.stripe.world import PLATFORM


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def subscriptions(money):
    return money.fake.world.all(PLATFORM, "subscription")


def test_a_company_pays_for_who_was_here_and_not_for_whoever_was_not(hall, money, ines, takes):
    here = [a_member(f"Here {number}") for number in range(3)]
    a_member("Away")
    for member in here:
        was_here(member.id, now=clock.now())
        was_here(member.id, now=clock.now())
    ines.get("/desk/plan")
    # And the leader, who signed in.
    assert billable(now=clock.now()) == 4
    assert "for 4 active people" in words(ines.get("/desk/plan/choices/company-month").text)
    takes("company-month")
    assert subscriptions(money)[0]["items"]["data"][0]["quantity"] == 4
    assert plan_invoices()[0].total == 1200


def test_on_the_first_the_people_of_the_last_month_are_counted_once(hall, money, ines, takes):
    takes("company-month")
    for number in range(5):
        was_here(a_member(f"Here {number}").id, now=clock.now())
    money.days_pass(9)
    for _ in range(2):
        assert report_people(now=clock.now()) == 6
    assert subscriptions(money)[0]["items"]["data"][0]["quantity"] == 6
    invoices_before = len(money.fake.world.all(PLATFORM, "invoice"))
    money.days_pass(23)
    money.arrive()
    latest = plan_invoices()[0]
    assert (latest.total, len(money.fake.world.all(PLATFORM, "invoice"))) == (1800, invoices_before + 1)
