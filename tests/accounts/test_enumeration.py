"""Nothing that a stranger can see tells an address with an account from one without."""

import re
import time
from dataclasses import replace
from datetime import timedelta
from statistics import median

import pytest

from app.accounts.throttles import CODE
from app.core import clock
from tests.accounts.walking import DESIGNERS, ID, Walker, mailed_to, page_name
from tests.factories import PASSWORD

KNOWN, UNKNOWN = "maya@example.org", "none@example.org"


def seen(response, email):
    """Return all that a stranger sees of an answer, without the address they typed and what is random."""
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", response.text).replace(email, "ADDRESS")
    headers = {name: value for name, value in response.headers if name != "Set-Cookie"}
    return response.status_code, headers, text


def tell_apart(app, address, data):
    """Return what two strangers see, one with an address that has an account, one with one that has none."""
    answers = []
    for email in (KNOWN, UNKNOWN):
        walker = Walker(app)
        walker.enter()
        first = walker.post(ID + address, {**data, "email": email})
        answers.append((seen(first, email), seen(walker.follow(first), email)))
    return answers


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/sign-in", {"password": "four quiet wrong words"}),
        ("/sign-in", {"password": ""}),
        ("/sign-in", {"by": "code"}),
        ("/sign-up", {"name": "Maya", "password": "four quiet other words"}),
        ("/sign-up", {"name": "Maya", "password": "short"}),
        ("/sign-up", {"name": "Maya"}),
        ("/password/forgotten", {}),
    ],
)
def test_every_door_answers_both_in_the_same_words(app, maya, outbox, address, data):
    known, unknown = tell_apart(app, address, data)
    assert known == unknown


def test_both_get_the_same_mail(app, maya, outbox):
    tell_apart(app, "/sign-in", {"by": "code"})
    texts = {re.sub(r"\d{6}", "DIGITS", mailed_to(email)[0].text) for email in (KNOWN, UNKNOWN)}
    assert len(texts) == 1


def test_a_closed_account_looks_like_none_to_whoever_does_not_know_its_password(app, maya, outbox):
    maya.disable(why="spam", now=clock.now())
    for data in ({"password": "four quiet wrong words"}, {"by": "code"}):
        known, unknown = tell_apart(app, "/sign-in", data)
        assert known == unknown


def test_a_person_without_a_password_looks_like_nobody(app, maya, outbox):
    maya.password_hash = None
    known, unknown = tell_apart(app, "/sign-in", {"password": PASSWORD})
    assert known == unknown


def test_both_cost_the_same_statements(app, maya, outbox, statements):
    for address, data in (
        ("/sign-in", {"password": "four quiet wrong words"}),
        ("/sign-in", {"by": "code"}),
        ("/sign-up", {"name": "Maya"}),
        ("/password/forgotten", {}),
    ):
        sent = []
        for email in (KNOWN, UNKNOWN):
            statements.clear()
            Walker(app).post(ID + address, {**data, "email": email})
            sent.append(list(statements))
        assert sent[0] == sent[1], address


def test_both_take_the_same_time(app, maya, outbox):
    """Measured in processor time, which other work on the machine does not disturb."""
    took = {KNOWN: [], UNKNOWN: []}
    walker = Walker(app)
    for _ in range(7):
        for email, times in took.items():
            began = time.process_time()
            walker.post(f"{ID}/sign-in", {"email": email, "password": "four quiet wrong words"})
            times.append(time.process_time() - began)
    known, unknown = median(took[KNOWN]), median(took[UNKNOWN])
    assert unknown == pytest.approx(known, rel=0.4)


def test_both_are_limited_alike(app, maya, outbox):
    """The first twenty tries of an account are answered, then it has to wait, whether it exists or not."""
    walker = Walker(app)
    statuses = {
        email: [
            walker.post(f"{ID}/sign-in", {"email": email, "password": "four quiet wrong words"}).status_code
            for _ in range(22)
        ]
        for email in (KNOWN, UNKNOWN)
    }
    assert statuses[KNOWN] == statuses[UNKNOWN] == [422] * 20 + [429] * 2


def test_whoever_waits_is_told_how_long(app, maya, outbox):
    walker = Walker(app)
    for _ in range(21):
        answer = walker.post(f"{ID}/sign-in", {"email": KNOWN, "password": "four quiet wrong words"})
    assert int(answer.headers["Retry-After"]) > 0
    with clock.travel(to=clock.now() + timedelta(minutes=16)):
        walker.enter()
        assert walker.sign_in(KNOWN).status_code == 200
        assert walker.here == DESIGNERS


def test_guessing_at_one_account_from_many_browsers_is_limited(app, maya, outbox):
    last = [
        Walker(app).post(f"{ID}/sign-in", {"email": KNOWN, "password": "four quiet wrong words"}).status_code
        for _ in range(22)
    ]
    assert last[-2:] == [429, 429]


def test_codes_for_one_address_are_limited(app, maya, outbox):
    statuses = [Walker(app).post(f"{ID}/sign-in", {"email": KNOWN, "by": "code"}).status_code for _ in range(8)]
    assert statuses == [302] * 6 + [429] * 2
    assert len(mailed_to(KNOWN)) == 6


def test_codes_asked_for_from_one_address_are_limited(app, outbox):
    walker = Walker(app)
    statuses = [
        walker.post(f"{ID}/sign-in", {"email": f"somebody-{number}@example.org", "by": "code"}).status_code
        for number in range(62)
    ]
    assert statuses == [302] * 60 + [429] * 2
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    answer = walker.post(f"{ID}/sign-in", {"email": KNOWN, "by": "code"}, environ_overrides=elsewhere)
    assert answer.status_code == 302


def test_codes_asked_for_in_one_hall_are_limited(app, hall, outbox, monkeypatch):
    monkeypatch.setattr("app.accounts.signing_in.CODE", replace(CODE, hall=3))
    walker = Walker(app)
    walker.enter()
    statuses = [
        walker.post(f"{ID}/sign-in", {"email": f"somebody-{number}@example.org", "by": "code"}).status_code
        for number in range(5)
    ]
    assert statuses == [302] * 3 + [429] * 2


def test_a_password_still_opens_when_the_codes_are_used_up(app, maya, outbox):
    for _ in range(8):
        Walker(app).post(f"{ID}/sign-in", {"email": KNOWN, "by": "code"})
    walker = Walker(app)
    walker.enter()
    assert page_name(walker.sign_in(KNOWN)) != "Sign in"


def test_who_comes_in_by_password_starts_afresh(app, maya, outbox):
    walker = Walker(app)
    for _ in range(3):
        for _ in range(15):
            walker.post(f"{ID}/sign-in", {"email": KNOWN, "password": "four quiet wrong words"})
        Walker(app).sign_in(KNOWN)
    assert walker.post(f"{ID}/sign-in", {"email": KNOWN, "password": "no, wrong again"}).status_code == 422
