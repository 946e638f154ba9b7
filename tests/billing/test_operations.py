"""Whatever goes wrong on the way to Stripe, what was asked for is made once."""

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from billing import operations
from billing.gateway import Refused, Unclear
from billing.operations import Operation, perform, unfinished
from tests.stripe.world import PLATFORM

SAM = {"name": "Sam Reyes"}


def _customers(money):
    return money.fake.world.all(PLATFORM, "customer")


def _row():
    db.session.expire_all()
    return db.session.scalars(select(Operation)).one()


def ask(subject="sam", **params):
    return perform("customer", subject, SAM | params, now=clock.now())


def test_what_was_made_is_not_made_again(hall, money):
    first, again = ask(), ask()
    assert first["id"] == again["id"] == _row().object_id
    assert len(_customers(money)) == 1
    assert unfinished() == []


@pytest.mark.parametrize("fault", ["unheard", "unanswered", "broken", "broken after", "busy"])
def test_an_answer_that_never_came_is_asked_for_with_the_same_key(hall, money, fault):
    # More often than the library tries by itself.
    money.fake.faults.plan(fault, "POST /v1/customers", times=3)
    with pytest.raises(Unclear):
        ask()
    assert unfinished() == [_row().id]
    money.fake.faults.planned.clear()
    # What was asked for first is what is asked for again.
    made = ask(name="Somebody else")
    assert made["name"] == "Sam Reyes"
    assert [one["id"] for one in _customers(money)] == [made["id"]]


def test_a_process_that_died_after_the_answer_finds_what_it_made(hall, money, monkeypatch):
    monkeypatch.setattr(operations, "_end", lambda *_, **__: None)
    made = ask()
    monkeypatch.undo()
    assert ask()["id"] == made["id"]
    assert len(_customers(money)) == 1


def test_when_stripe_has_forgotten_the_key_we_look_whether_it_was_done(hall, money, monkeypatch):
    monkeypatch.setattr(operations, "_end", lambda *_, **__: None)
    made = ask()
    monkeypatch.undo()
    money.fake.world.answers.clear()
    money.days_pass(2)
    assert ask()["id"] == made["id"]
    assert len(_customers(money)) == 1
    assert _row().state == "done"


def test_what_stripe_refuses_may_be_asked_for_anew(hall, money):
    with pytest.raises(Refused):
        perform("price", "tier", {"currency": "eur", "unit_amount": 1, "product": "prod_none"}, now=clock.now())
    assert _row().state == "refused"
    assert "resource_missing" in _row().problem
    with pytest.raises(Refused):
        perform("price", "tier", {"currency": "eur", "unit_amount": 1, "product": "prod_none"}, now=clock.now())
    assert len(db.session.scalars(select(Operation.key).distinct()).all()) == 2
