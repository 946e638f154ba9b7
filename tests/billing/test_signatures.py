"""Who is not Stripe, and what Stripe did not say so or not now, is refused: logged without the body, and nothing of it kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from app.core import clock
from app.factory import Guildhall
from tests.billing.test_webhooks import BODY, SECRET, _kept, _now
from tests.money_fixtures import SECRETS
from tests.stripe.delivery import signed


@pytest.mark.parametrize("secret", ["", "   "])
def test_an_endpoint_with_an_empty_secret_lets_nobody_in_whatever_they_sign_with(hall, money, app, secret):
    settings = app.extensions["guildhall"].config
    app.extensions["guildhall"] = Guildhall(replace(settings, webhook_secrets=SECRETS | {"connect": secret}))
    for signature in (signed(BODY, secret), signed(BODY, ""), signed(BODY, SECRET), ""):
        assert _refused(money, BODY, signature) == "this endpoint has no secret"


def test_a_wrong_secret_is_refused(hall, money):
    assert "not of this body and our secret" in _refused(money, BODY, signed(BODY, "whsec_guess"))


def test_a_changed_body_is_refused(hall, money):
    changed = BODY.replace(b'"paid"', b'"void"')
    assert "not of this body and our secret" in _refused(money, changed, signed(BODY, SECRET, at=_now()))


def test_an_old_signature_is_refused(hall, money):
    assert _refused(money, BODY, signed(BODY, SECRET, at=_now() - 301)).endswith("seconds ago")


def test_a_signature_of_times_to_come_is_refused(hall, money):
    assert "ahead of our clock" in _refused(money, BODY, signed(BODY, SECRET, at=_now() + 400))


def test_a_replayed_webhook_is_kept_once_and_after_five_minutes_refused(hall, money):
    header = signed(BODY, SECRET, at=_now())
    for _ in range(3):
        assert money.deliver(BODY, signature=header).status_code == 200
    assert list(_kept()) == ["evt_1"]
    money.travels.enter_context(clock.travel(to=clock.now() + timedelta(minutes=6)))
    assert "seconds ago" in _refused(money, BODY, header, kept=1)


def test_a_signature_of_another_endpoint_is_refused(hall, money):
    assert "our secret" in _refused(money, BODY, signed(BODY, SECRETS["payments"], at=_now()))


def test_no_signature_at_all_is_refused(hall, money):
    assert _refused(money, BODY, "") == "the header names no time"


def _refused(money, body, signature, *, kept=0):
    """Return why a webhook was refused, as the log says it: without a word of its body, and with nothing kept of it."""
    with capture_logs() as logs:
        answer = money.deliver(body, signature=signature)
    assert (answer.status_code, answer.text) == (400, "refused\n")
    (line,) = [line for line in logs if line["event"] == "webhook refused"]
    assert set(line) == {"event", "log_level", "source", "why", "bytes"}
    assert not any(word in str(logs) for word in ("maya@example.org", "th_1", "evt_1", "whsec"))
    assert len(_kept()) == kept
    return line["why"]
