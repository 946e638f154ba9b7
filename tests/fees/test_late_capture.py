"""A fee whose money reaches the balance after it is paid is followed again."""

import pytest

from app.core import clock
from app.core.database import db
from billing.following import follow
from billing.gateway import NotSettled
from billing.statements import balances
from tests.factories import a_gig, a_member


def books():
    return {one.account: one.amount for one in balances()}


def test_a_fee_that_comes_late_is_followed_again(till, monkeypatch):
    monkeypatch.setattr("app.fees.buying.CAPTURED_AT_ONCE", {})
    world = till.money.fake.world
    world.captures_late = True
    gig = a_gig(by=a_member())
    page = till.open_page(gig)
    till.pay(page)
    with pytest.raises(NotSettled):
        till.money.arrive()
    db.session.expire_all()
    assert (books(), gig.state) == ({}, "draft")
    till.money.days_pass(0.1)
    follow("connect", "checkout.session", page["id"], till.account, now=clock.now())
    assert books()["fees.listing"] == -500
    db.session.refresh(gig)
    assert gig.state == "open"
