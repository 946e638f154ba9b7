"""What no webhook told of is found at night, written down, and healed by following it."""

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from billing import following, reconciling
from billing.gateway import Refused, Unclear
from billing.jobs import reconcile_all
from billing.owners import own
from billing.reconciling import Comparison, Difference, Found, reconciles
from tenants.context import platform_context
from tests.factories import run_jobs


@pytest.fixture
def things(monkeypatch):
    """What differs, by kind; nothing else is compared."""
    monkeypatch.setattr(reconciling, "_comparers", {})
    monkeypatch.setattr(following, "_followers", dict(following._followers))
    own("acct_1")
    return {}


def a_night():
    db.session.commit()
    with platform_context():
        reconcile_all()
        db.session.commit()
    run_jobs()
    db.session.expire_all()
    return list(db.session.scalars(select(Found).order_by(Found.object_id)))


def test_a_difference_is_written_down_and_healed_and_found_again_is_the_same(hall, money, things):
    stands, followed = {"th_1": "open"}, []

    @reconciles("thing")
    def compare(_now):
        for one, state in stands.items():
            if state != "paid":
                yield Difference(one, "state", state, "paid", account="acct_1")

    @following.follows("connect", "thing")
    def follow(object_id, account, _now):
        followed.append((object_id, account))
        stands[object_id] = "paid"

    (found,) = a_night()
    assert (found.state, found.what, found.ours, found.theirs, found.times) == ("healed", "state", "open", "paid", 1)
    assert followed == [("th_1", "acct_1")]
    assert len(a_night()) == 1
    assert len(followed) == 1
    stands["th_1"] = "void"
    (again,) = a_night()
    assert (again.id, again.ours, again.times, again.state) == (found.id, "void", 2, "healed")


def test_what_cannot_be_healed_stands_with_its_problem_and_holds_up_nothing_else(hall, money, things):
    healed = []

    @reconciles("thing")
    def compare(_now):
        yield Difference("bal_1", "amount", "100", "90", kind="balance")
        yield Difference("th_1", "state", "open", "paid")
        yield Difference("th_2", "state", "open", "paid")

    @following.follows("platform", "thing")
    def follow(object_id, _account, _now):
        if object_id == "th_1":
            raise Refused("gone", "No such thing")
        healed.append(object_id)

    found = {one.object_id: one for one in a_night()}
    assert healed == ["th_2"]
    assert {name: one.state for name, one in found.items()} == {"bal_1": "stands", "th_1": "stands", "th_2": "healed"}
    assert found["th_1"].problem.startswith("Refused")


def test_spans_leave_no_moment_out_and_go_on_where_they_were(hall, money, things):
    spans, began = [], clock.now()

    @reconciles("thing", by_span=True)
    def compare(_now, since, until):
        spans.append((since, until))
        return iter(())

    a_night()
    assert spans[0][0] <= began - timedelta(days=89)
    assert spans[-1][1] >= began - timedelta(minutes=11)
    assert all(later[0] < earlier[1] <= later[1] for earlier, later in itertools.pairwise(spans))
    so_far = len(spans)
    with clock.travel(to=began + timedelta(days=1)):
        a_night()
    assert len(spans) == so_far + 1
    assert spans[-1][0] < began - timedelta(minutes=10)


def test_a_span_in_which_stripe_was_too_busy_is_compared_again(hall, money, things):
    asked = []

    @reconciles("thing", by_span=True)
    def compare(_now, since, until):
        asked.append(since)
        if len(asked) == 2:
            raise Unclear("too many requests")
        return iter(())

    with pytest.raises(Unclear):
        a_night()
    db.session.rollback()
    reached = db.session.execute(select(Comparison.until)).scalar_one()
    assert reached == asked[1] + timedelta(hours=1)
    a_night()
    assert asked[2] == asked[1]


def test_what_stripe_refuses_to_show_is_noted_and_the_rest_is_compared(hall, money, things):
    @reconciles("other")
    def refused(_now):
        raise Refused("account_invalid", "The access was revoked")

    @reconciles("thing")
    def compare(_now):
        yield Difference("th_1", "state", "open", "paid", kind="balance")

    assert len(a_night()) == 1
    problems = dict(db.session.execute(select(Comparison.kind, Comparison.problem)).all())
    assert problems == {"other": "account_invalid: The access was revoked", "thing": ""}


def test_what_was_healed_long_ago_is_forgotten(hall, money, things):
    stands = ["open"]

    @reconciles("thing")
    def compare(_now):
        yield from [Difference("th_1", "state", one, "paid") for one in stands]

    @following.follows("platform", "thing")
    def follow(*_):
        stands.clear()

    assert len(a_night()) == 1
    with clock.travel(to=clock.now() + timedelta(days=91)):
        assert a_night() == []
