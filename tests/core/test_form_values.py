"""What people write is read as they mean it, or explained: money, hours, dates, numbers, addresses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.every_field import Everything, filled


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("1250", 125000),
        ("1,250.00", 125000),
        ("1.250,00", 125000),
        ("1 250,5", 125050),
        ("1’250.50", 125050),
        ("1,250", 125000),
        ("1.250", 125000),
        ("12,50", 1250),
        ("12.5", 1250),
        (".5", 50),
        ("0.50", 50),
        ("1.250.000", 125000000),
        ("€ 1,250", 125000),
        ("1250 EUR", 125000),
        ("1.250,–", 125000),
        ("1,25,000.00", 12500000),
        ("12.500000", 1250),
    ],
)
def test_money_is_read_in_both_habits_of_writing(typed: str, minor: int):
    form = filled(pay=typed, currency="EUR")
    assert form.pay.errors == []
    assert form.pay.data == minor


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-5", "less than zero"),
        ("$5", "Amounts here are in EUR"),
        ("12.345,678", "too exact"),
        ("0.125", "too exact"),
        ("1.2.3", "not an amount"),
        ("1,250,00", "not an amount"),
        ("about 20", "not an amount"),
        ("²", "not an amount"),
        ("9" * 20, "more than can be paid"),
        ("999999999999", "must be from 0.00 to 100000000.00 EUR"),
    ],
)
def test_money_that_cannot_be_read_is_explained(typed: str, told: str):
    form = filled(pay=typed, currency="EUR")
    assert told in form.pay.problem
    assert form.pay._value() == typed


def test_money_follows_the_currency():
    assert filled(pay="1,250", currency="JPY").pay.data == 1250
    assert "no decimals" in filled(pay="12.5", currency="JPY").pay.problem
    assert filled(pay="1.5", currency="KWD").pay.data == 1500
    assert "two ways" in filled(pay="1.250", currency="KWD").pay.problem
    assert "currency first" in filled(pay="5").pay.problem


@given(st.integers(0, 100_000_000_00), st.sampled_from(["EUR", "JPY"]))
def test_money_shown_is_money_read(minor: int, currency: str):
    shown = Everything(data={"pay": minor, "currency": currency}).pay._value()
    again = filled(pay=shown, currency=currency).pay
    assert again.data == minor or again.problem.startswith("This must be")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1.5", 90),
        ("1,5", 90),
        ("1:30", 90),
        ("90 min", 90),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("2 hours", 120),
        ("0", 0),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, minutes: int):
    form = filled(effort=typed)
    assert form.effort.errors == []
    assert form.effort.data == minutes


@given(st.integers(0, 600_000))
def test_hours_shown_are_hours_read(minutes: int):
    shown = Everything(data={"effort": minutes}).effort._value()
    assert filled(effort=shown).effort.data == minutes


def test_hours_that_cannot_be_read_are_explained():
    assert filled(effort="soon").effort.problem == "“soon” is not a time, such as 1.5, 1:30 or 90 min."
    assert "must be from 0 to 10000 hours" in filled(effort="99999").effort.problem


@pytest.mark.parametrize("typed", ["2026-12-31", "31.12.2026", "31 December 2026", "Dec 31, 2026"])
def test_a_date_is_read_where_it_can_mean_one_day(typed: str):
    assert filled(due=typed).due.data == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("3/4/2026", "write it as 2026-12-31"),
        ("2026-02-30", "There is no such day"),
        ("2025-12-31", "cannot be before 1 January 2026"),
        ("2031-01-01", "cannot be after 31 December 2030"),
        ("0000-00-00", "There is no such day"),
        ("tomorrow", "write it as"),
    ],
)
def test_a_date_that_cannot_be_used_is_explained(typed: str, told: str):
    assert told in filled(due=typed).due.problem


def test_a_whole_number_is_explained():
    assert filled(seats="12").seats.data == 12
    assert filled(seats="3.0").seats.data == 3
    assert filled(seats="three").seats.problem == "“three” is not a whole number, such as 3."
    assert filled(seats="2.5").seats.problem == "“2.5” is not a whole number, such as 3."
    assert filled(seats="0").seats.problem == "This must be from 1 to 50; “0” is not."
    assert filled(seats="9" * 30).seats.problem.startswith("This must be from 1 to 50")


def test_an_address_is_lowered_and_a_wrong_one_explained():
    assert filled(email=" Maya@Example.COM ").email.data == "maya@example.com"
    assert filled(email="m@münchen.de").email.data == "m@xn--mnchen-3ya.de"
    assert "not an e-mail address such as" in filled(email="maya at example").email.problem
    assert "not an e-mail address" in filled(email="Maya <maya@example.com>").email.problem


def test_a_link_is_http_and_nothing_else():
    assert filled(website="example.com/work").website.data == "https://example.com/work"
    assert filled(website="HTTP://example.com:8080/").website.data == "http://example.com:8080/"
    for typed in ("javascript:alert(1)", "data:text/html,x", "ftp://example.com"):
        assert "must begin with https://" in filled(website=typed).website.problem
    for typed in ("http://[::1", "nonsense", "https://a b.com", "https://example.com:99999/", "https://.", "//"):
        assert "not a web address" in filled(website=typed).website.problem
    assert "before an @" in filled(website="https://bank.example@evil.example/").website.problem


def test_tags_are_split_spaced_and_counted_once():
    assert filled(skills="Figma, figma;  icon  design\nLogo,,").skills.data == ["Figma", "icon design", "Logo"]
    assert filled(skills="a,b,c,d,e,f").skills.problem == "These are 6; at most 5 fit."
    assert "at most 20 for each" in filled(skills="x" * 21).skills.problem
    assert filled().skills.data == []
    assert Everything(data={"skills": ["Figma", "Logo"]}).skills._value() == "Figma, Logo"


def test_a_place_has_a_name():
    assert filled(place=" Lisbon ,Portugal,").place.data == "Lisbon, Portugal"
    assert "not the name of a place" in filled(place="12345").place.problem
