"""Tokens and signed values."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock, tokens

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_tokens_differ_and_match_only_their_own_digest():
    one, other = tokens.new_token(), tokens.new_token()
    assert one != other
    assert tokens.matches(one, tokens.digest(one))
    assert not tokens.matches(other, tokens.digest(one))
    assert len(tokens.new_code()) == 6
    assert tokens.new_code().isdecimal()


def test_a_code_is_hashed_under_our_secret_and_for_one_purpose(app: Flask):
    assert tokens.keyed_digest("123456", "sign-in") != tokens.digest("123456")
    assert tokens.keyed_digest("123456", "sign-in") != tokens.keyed_digest("123456", "reset")


def test_a_signed_value_serves_one_purpose_for_a_while(app: Flask):
    with clock.travel(to=NOON):
        signed = tokens.sign({"member": "m1"}, "unsubscribe")
        assert tokens.unsign(signed, "unsubscribe") == {"member": "m1"}
        assert tokens.unsign(signed, "sign-in") is None
    with clock.travel(to=NOON + timedelta(minutes=2)):
        assert tokens.unsign(signed, "unsubscribe", within=timedelta(minutes=3))
        assert tokens.unsign(signed, "unsubscribe", within=timedelta(minutes=1)) is None
        assert tokens.unsign(signed, "unsubscribe")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_a_forged_value_is_nothing(app: Flask, forged: str):
    assert tokens.unsign(forged, "unsubscribe", within=timedelta(days=1)) is None
    assert not tokens.matches(forged, tokens.digest("another"))
