"""What comes to the webhooks' door: only what Stripe signed, once, and nothing of it is believed."""

import json
import time

import pytest
import stripe
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from billing import following
from billing.inbox import InboxEvent, Told, Unreadable, keep
from billing.jobs import replay
from billing.owners import own, owner_of
from billing.signatures import Unsigned, check
from tenants.context import platform_context, tenant_context
from tests.factories import run_jobs
from tests.money_fixtures import SECRETS
from tests.stripe.delivery import signed

BODY = json.dumps(
    {
        "id": "evt_1",
        "object": "event",
        "type": "thing.updated",
        "created": 1_795_300_000,
        "account": "acct_1",
        "data": {"object": {"id": "th_1", "object": "thing", "email": "maya@example.org", "status": "paid"}},
    }
).encode()
SECRET = SECRETS["connect"]


def _kept():
    db.session.expire_all()
    return {event.event_id: event for event in db.session.scalars(select(InboxEvent))}


def _now():
    return int(clock.now().timestamp())


def test_what_stripe_signed_is_accepted_as_its_library_accepts_it(app):
    header = stripe.WebhookSignature.generate_signature_header(BODY.decode(), SECRET)
    check(BODY, header, SECRET, now=clock.now())
    check(BODY, f"{header},v1=another,v0=older", SECRET, now=clock.now())


@pytest.mark.parametrize(
    ("why", "header", "secret"),
    [
        ("no secret", lambda: signed(BODY, ""), ""),
        ("no secret", lambda: signed(BODY, "  "), "  "),
        ("not of this body", lambda: signed(BODY, "whsec_other"), SECRET),
        ("not of this body", lambda: signed(BODY + b" ", SECRET), SECRET),
        ("not of this body", lambda: signed(BODY, SECRET).replace("t=", "t=1"), SECRET),
        ("seconds ago", lambda: signed(BODY, SECRET, at=_now() - 301), SECRET),
        ("ahead of our clock", lambda: signed(BODY, SECRET, at=_now() + 400), SECRET),
        ("no time", lambda: "", SECRET),
        ("no time", lambda: "v1=abc", SECRET),
        ("no time", lambda: "t=٣٤,v1=abc", SECRET),
        ("no time", lambda: "t=1,t=2,v1=abc", SECRET),
        ("no signature", lambda: "t=1795300000", SECRET),
        ("no signature", lambda: signed(BODY, SECRET).replace("v1=", "v0="), SECRET),
    ],
)
def test_what_is_not_signed_by_us_now_is_refused(app, why, header, secret):
    with pytest.raises(Unsigned, match=why):
        check(BODY, header(), secret, now=clock.now())


def test_each_endpoint_has_a_secret_of_its_own(hall, money):
    assert money.deliver(BODY, source="payments", signature=signed(BODY, SECRETS["connect"])).status_code == 400
    assert money.deliver(BODY, source="payments").status_code == 200


def test_without_secrets_nothing_is_let_in(hall, browser):
    answer = browser(host="localhost").post(
        "/webhooks/stripe/connect", data=BODY, headers={"Stripe-Signature": signed(BODY, "")}
    )
    assert answer.status_code == 400


def test_the_same_event_twice_is_kept_once_and_followed_once(hall, money, monkeypatch):
    seen = []
    monkeypatch.setitem(following._followers, ("connect", "thing"), [lambda *told: seen.append(told[:2])])
    own("acct_1")
    for _ in range(2):
        assert money.deliver(BODY).status_code == 200
    run_jobs()
    assert money.deliver(BODY).status_code == 200
    run_jobs()
    assert seen == [("th_1", "acct_1")]
    assert _kept()["evt_1"].state == "done"


def test_nothing_a_webhook_says_of_its_object_is_kept(hall, money):
    money.deliver(BODY)
    columns = [getattr(_kept()["evt_1"], column.key) for column in InboxEvent.__table__.c]
    assert "maya@example.org" not in str(columns)
    assert "paid" not in str(columns)


def test_an_object_that_nothing_here_depends_on_is_let_be(hall, money):
    own("acct_1")
    money.deliver(BODY)
    run_jobs()
    assert _kept()["evt_1"].state == "ignored"


def test_what_each_endpoint_is_told_of_has_followers_of_its_own(hall, money, monkeypatch):
    seen = []
    for source in ("connect", "platform"):
        both = [lambda *told, source=source, which=which: seen.append((source, which, told[1])) for which in "ab"]
        monkeypatch.setitem(following._followers, (source, "thing"), both)
    own("acct_1")
    money.deliver(BODY)
    run_jobs()
    assert seen == [("connect", "a", "acct_1"), ("connect", "b", "acct_1")]


def test_an_object_of_the_platform_is_of_whoever_owns_what_it_hangs_on(hall, money, monkeypatch):
    seen = []
    monkeypatch.setitem(following._followers, ("platform", "thing"), [lambda *told: seen.append(told[:2])])
    own("cus_1")
    of_a_customer = BODY.replace(b'"account": "acct_1", ', b"").replace(b'"status"', b'"customer": "cus_1", "status"')
    money.deliver(of_a_customer, source="platform")
    run_jobs()
    money.deliver(of_a_customer.replace(b"evt_1", b"evt_2").replace(b"cus_1", b"cus_2"), source="platform")
    with pytest.raises(Exception, match="th_1"):
        run_jobs()
    assert seen == [("th_1", None)]


def test_an_event_of_an_account_that_is_nobodys_ends_after_a_while(hall, money, monkeypatch):
    monkeypatch.setitem(following._followers, ("connect", "thing"), [lambda *_: pytest.fail("it is nobody's")])
    money.deliver(BODY)
    money.days_pass(0.01)
    run_jobs()
    event = _kept()["evt_1"]
    assert (event.state, event.problem) == ("ignored", "no marketplace owns it")


def test_an_event_that_comes_before_its_account_is_known_finds_it(hall, money, monkeypatch):
    seen = []
    monkeypatch.setitem(following._followers, ("connect", "thing"), [lambda *told: seen.append(told[0])])
    money.deliver(BODY)
    with pytest.raises(Exception, match="acct_1"):
        run_jobs()
    own("acct_1")
    db.session.commit()
    with platform_context():
        replay("connect", "evt_1")
        db.session.commit()
    run_jobs()
    assert seen == ["th_1"]


def test_a_failure_is_noted_and_tried_again(hall, money, monkeypatch):
    answers = iter([RuntimeError("Stripe does not answer"), None])

    def follow(*_):
        if (problem := next(answers)) is not None:
            raise problem

    monkeypatch.setitem(following._followers, ("connect", "thing"), [follow])
    own("acct_1")
    money.deliver(BODY)
    with pytest.raises(RuntimeError):
        run_jobs()
    assert (_kept()["evt_1"].tries, _kept()["evt_1"].problem) == (1, "RuntimeError: Stripe does not answer")
    assert _kept()["evt_1"].state == "waiting"
    db.session.commit()
    with platform_context():
        replay("connect", "evt_1")
        db.session.commit()
    run_jobs()
    assert _kept()["evt_1"].state == "done"


def test_only_the_tenant_itself_says_what_is_its(hall, other_hall):
    own("acct_1")
    db.session.commit()
    with tenant_context(other_hall):
        own("acct_1")
        db.session.commit()
        assert owner_of("acct_1") == hall.id


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b"\xff", b"null", b'{"id": "evt_1"}',
        BODY.replace(b'"evt_1"', b'"evt_\\u0000"'),
        BODY.replace(b'"th_1"', b'"' + b"x" * 300 + b'"'),
        BODY.replace(b"1795300000", b"1e400"),
        BODY.replace(b"1795300000", b"99999999999999999999"),
        BODY.replace(b'{"id": "th_1"', b'["id", "th_1"').replace(b'"paid"}', b'"paid"]').replace(b'": "thing"', b'", "thing"'),
    ],
)  # fmt: skip
def test_a_signed_body_that_tells_of_no_event_is_refused_and_breaks_nothing(hall, money, body):
    with pytest.raises(Unreadable):
        Told.of(body)
    assert money.deliver(body).status_code == 400


def test_a_hundred_webhooks_take_little_time_to_keep(hall, money):
    """Each is one statement and one job; what they mean is looked into later. (The rate is measured by the benchmarks.)"""
    bodies = [BODY.replace(b"evt_1", f"evt_{number}".encode()) for number in range(100)]
    began = time.process_time()
    assert {money.deliver(body).status_code for body in bodies} == {200}
    assert time.process_time() - began < 10
    assert len(_kept()) == 100


def test_of_many_events_about_one_object_stripe_is_asked_once(hall, money, monkeypatch):
    """Whatever was told before Stripe is asked is older than its answer; what is told meanwhile is followed by itself."""
    seen = []

    def follow(object_id, *_):
        seen.append(object_id)
        if len(seen) == 1:
            keep("connect", Told.of(BODY.replace(b"evt_1", b"evt_late")), now=clock.now())

    monkeypatch.setitem(following._followers, ("connect", "thing"), [follow])
    own("acct_1")
    for number in range(5):
        money.deliver(BODY.replace(b"evt_1", f"evt_{number}".encode()))
    money.deliver(BODY.replace(b"evt_1", b"evt_other").replace(b"th_1", b"th_2"))
    run_jobs()
    assert sorted(seen) == ["th_1", "th_2"]
    states = {name: event.state for name, event in _kept().items()}
    assert states.pop("evt_late") == "waiting"
    assert set(states.values()) == {"done"}


def test_what_nothing_depends_on_is_let_be_without_a_job(hall, money):
    money.deliver(BODY)
    assert _kept()["evt_1"].state == "ignored"
    assert run_jobs() == 0
