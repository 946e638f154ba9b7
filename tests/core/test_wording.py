"""Words for amounts, spans and moments."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import wording

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (125000, "EUR", "€1,250"),
        (125050, "EUR", "€1,250.50"),
        (5, "USD", "$0.05"),
        (-1999, "GBP", "−£19.99"),
        (1250, "JPY", "¥1,250"),
        (1250, "KWD", "KWD\u00a01.250"),
        (0, "EUR", "€0"),
        (100000, "CHF", "CHF\u00a01,000"),
    ],
)
def test_money_in_words(minor: int, currency: str, words: str):
    assert wording.money(minor, currency) == words


def test_a_range_of_money_in_words():
    assert wording.money_range(4000, 6000, "EUR") == "€40–60"
    assert wording.money_range(4000, 4000, "EUR") == "€40"
    assert wording.money_range(4000, None, "EUR") == "from €40"


def test_hours_in_words():
    words = [wording.hours(minutes).replace("\u00a0", " ") for minutes in (0, 45, 60, 90, 60_000)]
    assert words == ["0 min", "45 min", "1 h", "1 h 30 min", "1,000 h"]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=3, minutes=50), "3 h ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=10), "10 days ago"),
        (timedelta(days=21), "3 weeks ago"),
        (timedelta(days=100), "3 months ago"),
        (timedelta(days=800), "2 years ago"),
        (-timedelta(hours=2), "in 2 h"),
    ],
)
def test_how_long_ago(before: timedelta, words: str):
    assert wording.ago(NOW - before, NOW) == words


def test_days_in_words():
    assert wording.day(date(2026, 3, 1), date(2026, 11, 22)) == "1 March"
    assert wording.day(date(2027, 3, 1), date(2026, 11, 22)) == "1 March 2027"
    assert wording.short_day(date(2026, 11, 22), date(2026, 1, 1)) == "22 Nov"
    today = date(2026, 11, 22)
    spoken = [wording.due(today + timedelta(days=days), today) for days in (-20, -3, -1, 0, 1, 5, 40)]
    assert spoken == ["2 November", "3 days ago", "yesterday", "today", "tomorrow", "in 5 days", "1 January 2027"]


def test_a_moment_is_told_on_the_readers_clock():
    assert wording.moment(NOW, "Europe/Lisbon") == "Sunday 22 November 2026, 12:00"
    assert wording.moment(NOW, "Asia/Tokyo") == "Sunday 22 November 2026, 21:00"
    assert wording.time_ago(NOW, NOW + timedelta(hours=3)) == (
        '<time datetime="2026-11-22T12:00:00+00:00" title="Sunday 22 November 2026, 12:00">3 h ago</time>'
    )


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-(10**15), 10**15), st.text(max_size=3))
def test_words_are_found_for_anything(when: datetime, minor: int, currency: str):
    assert wording.ago(when, NOW)
    assert wording.money(minor, currency)
    assert wording.day(when.date(), NOW.date())
