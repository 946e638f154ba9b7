"""Stripe may say that something is paid before its money is in the balance: then nothing is lost, and nothing is made up."""

import pytest
from sqlalchemy import select

from app.core.database import db
from app.memberships.buying import bought_membership
from app.memberships.models import Payment
from billing.gateway import NotSettled
from billing.statements import balances
from tenants.isolation import scoped
from tests.factories import a_member


@pytest.fixture
def sam(shop):
    shop.world.captures_late = True
    return a_member("Sam Reyes")


def books():
    return {one.account: one.amount for one in balances()}


def booked():
    db.session.expire_all()
    return db.session.scalars(select(Payment).where(scoped(Payment))).all()


def test_a_subscription_is_had_at_once_and_booked_when_its_money_has_come(shop, sam, browser):
    page = shop.open_page(sam)
    shop.pay(page)
    answer = browser(sam).get(f"/membership/return?session={page['id']}", follow_redirects=True)
    assert "Welcome! Your membership has begun." in answer.text
    assert (bought_membership(sam.id).state, booked(), books()) == ("active", [], {})

    with pytest.raises(NotSettled):
        shop.money.arrive()
    assert booked() == []
    shop.money.days_pass(0.1)
    shop.money.arrive()
    assert [one.amount for one in booked()] == [900]
    assert books()["memberships"] == -900


def test_what_is_bought_once_is_in_the_balance_when_it_is_paid(shop, sam):
    bought = shop.sell(sam, shop.price(interval="once"))
    assert (bought.state, len(booked())) == ("active", 1)


def test_should_it_come_late_all_the_same_whoever_comes_back_is_told_and_has_it_a_moment_later(
    shop, sam, browser, monkeypatch
):
    monkeypatch.setattr("app.memberships.buying.CAPTURED_AT_ONCE", {})
    page = shop.open_page(sam, shop.price(interval="once"))
    shop.pay(page)
    answer = browser(sam).get(f"/membership/return?session={page['id']}")
    assert answer.status_code == 200
    assert "your membership will be here in a little while" in answer.text

    shop.money.days_pass(0.1)
    shop.money.arrive()
    assert bought_membership(sam.id).state == "active"
    assert len(booked()) == 1
