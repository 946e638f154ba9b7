"""Limits: so many tries at once, then one more each so often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.core import clock, limits
from app.core.database import db
from app.core.errors import TooMany
from app.factory import create_app
from tests.app_fixtures import settings_for
from tests.database import TestDatabase

MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def tries(at: datetime, *, key: str = "maya@example.com", limit: int = 3) -> int:
    """Return how many tries in a row are let through at a moment."""
    with clock.travel(to=at):
        for number in range(100):
            try:
                limits.allow("sign-in", key, limit=limit, per=MINUTE)
            except TooMany:
                return number
    raise AssertionError("nothing was refused")


def test_as_many_as_the_limit_may_come_at_once(app: Flask):
    assert tries(NOON) == 3
    assert tries(NOON) == 0


def test_the_bucket_leaks_one_try_at_a_time(app: Flask):
    assert tries(NOON) == 3
    assert tries(NOON + timedelta(seconds=21)) == 1
    assert tries(NOON + timedelta(minutes=5)) == 3


def test_a_refusal_says_how_long_to_wait_and_that_is_true(app: Flask):
    tries(NOON)
    with clock.travel(to=NOON), pytest.raises(TooMany) as refused:
        limits.allow("sign-in", "maya@example.com", limit=3, per=MINUTE, message="Too many codes. Wait a little.")
    assert refused.value.message == "Too many codes. Wait a little."
    assert 19 <= refused.value.retry_after <= 20
    assert tries(NOON + timedelta(seconds=refused.value.retry_after + 1)) == 1


def test_keys_and_scopes_are_counted_apart_and_case_does_not_matter(app: Flask):
    tries(NOON)
    assert tries(NOON, key="sam@example.com") == 3
    assert tries(NOON, key=" Maya@Example.COM ") == 0
    limits.allow("sign-up", "maya@example.com", limit=1, per=MINUTE)


def test_a_forgotten_bucket_starts_afresh(app: Flask):
    tries(NOON)
    limits.forget("sign-in", "maya@example.com")
    assert tries(NOON) == 3


def test_no_address_is_stored(app: Flask):
    tries(NOON)
    stored = db.session.execute(text("SELECT string_agg(key, ' ') FROM rate_buckets")).scalar_one()
    assert "maya" not in stored


def test_empty_buckets_are_swept_away(app: Flask):
    tries(NOON)
    with clock.travel(to=NOON + timedelta(hours=1)):
        limits.sweep()
    assert db.session.execute(text("SELECT count(*) FROM rate_buckets")).scalar_one() == 0


def test_a_try_counts_although_the_request_fails_and_under_a_rush(fresh_database: TestDatabase, tmp_path: Path):
    application = create_app(settings_for(fresh_database, tmp_path))

    def attempt(_: int) -> bool:
        with application.app_context():
            try:
                limits.allow("seat", "gig", limit=5, per=timedelta(hours=1))
            except TooMany:
                return False
            finally:
                db.session.rollback()
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(40))) == 5
    with application.app_context():
        db.engine.dispose()
