"""Another plan of the marketplace's changes what the platform keeps of memberships that run; a tier's name follows at Stripe."""

from dataclasses import replace

import pytest

from app.core import clock
from app.core.database import db
from app.factory import Guildhall
from app.memberships.naming import rename
from app.memberships.platform_share import heed_plan, walk
from billing.gateway import Unclear
from billing.plan_accounts import PlanAccount
from tests.factories import a_member, run_jobs
from tests.memberships.test_running import a_night_passes


def keeps(shop, points):
    """Let the platform keep so much from now on, in hundredths of a percent."""
    guildhall = shop.money.app.extensions["guildhall"]
    shop.money.app.extensions["guildhall"] = Guildhall(replace(guildhall.config, membership_fee=points))


def percents(shop):
    return [float(one["application_fee_percent"] or 0) for one in shop.all("subscription")]


@pytest.fixture
def three(shop):
    for name in ("Sam Reyes", "Ada Adams", "Leo Lund"):
        shop.sell(a_member(name))
    return percents(shop)


def test_another_plan_is_another_share_of_what_runs_and_goes_on_where_it_stopped(shop, three, monkeypatch):
    monkeypatch.setattr("app.memberships.platform_share._AT_A_TIME", 2)
    keeps(shop, 100)
    shop.money.fake.faults.plan("broken after", "POST /v1/subscriptions/", times=3)
    with pytest.raises(Unclear):
        walk(after="")
    db.session.rollback()
    shop.money.fake.faults.planned.clear()
    db.session.add(PlanAccount(customer_id="cus_hall"))
    heed_plan(None, clock.now())
    db.session.commit()
    run_jobs()
    shop.money.days_pass(0.001)
    run_jobs()
    assert percents(shop) == [1.0, 1.0, 1.0]
    asked = len(shop.money.fake.log)
    walk(after="")
    assert len(shop.money.fake.log) == asked
    shop.money.days_pass(32)
    shop.money.arrive()
    assert {one["application_fee_amount"] for one in shop.all("charge")[-3:]} == {9}


def test_a_share_that_is_not_todays_is_found_at_night(shop, three):
    keeps(shop, 0)
    a_night_passes(shop)
    assert percents(shop) == [0.0, 0.0, 0.0]


def test_a_tier_that_is_renamed_is_renamed_at_stripe(shop):
    shop.sell(a_member("Sam Reyes"))
    shop.journeyman.revise(by=shop.leader, name="Traveller")
    for _twice in range(2):
        rename.enqueue(tier_id=shop.journeyman.id)
        db.session.commit()
        run_jobs()
    assert sorted(one["name"] for one in shop.all("product")) == ["Master", "Traveller"]
    assert sum(words.startswith("POST /v1/products/") for words in shop.money.fake.log) == 1
