"""The books sum to zero, are only appended to, and the database sees to both."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from app.core.database import db
from billing.ledger import Entry, Line, Transaction, Unbalanced, post
from billing.statements import COLUMNS, as_csv, balance, balances, latest
from tenants.context import tenant_context
from tests.factories import a_member

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def book(*lines, source="one", currency="EUR", at=NOON):
    return post("payment", source, [Line(*line) for line in lines], currency=currency, happened_at=at, now=NOON)


def check():
    """Ask the database now what it asks at every commit."""
    db.session.flush()
    db.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    db.session.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def test_what_came_in_stands_where_it_belongs(hall):
    maya = a_member()
    assert book(("stripe", 861), ("fees", 39), ("memberships", -900, maya.id))
    check()
    assert [(one.account, one.currency, one.amount) for one in balances()] == [
        ("fees", "EUR", 39), ("memberships", "EUR", -900), ("stripe", "EUR", 861),
    ]  # fmt: skip
    assert balance("memberships", "EUR", party_id=maya.id) == -900
    assert balance("memberships", "USD") == 0


def test_what_is_told_of_twice_is_booked_once(hall):
    assert book(("stripe", 900), ("memberships", -900))
    assert not book(("stripe", 900), ("memberships", -900))
    assert balance("stripe", "EUR") == 900


@pytest.mark.parametrize("lines", [[("stripe", 900), ("memberships", -899)], [("stripe", 0), ("fees", 0)], []])
def test_what_does_not_sum_to_zero_is_not_booked(hall, lines):
    with pytest.raises(Unbalanced):
        book(*lines)


def _header(hall, **columns):
    of = {"kind": "x", "source": "y", "currency": "EUR", "entry_count": 2, "happened_at": NOON, "recorded_at": NOON}
    return db.session.execute(insert(Transaction).values(**of | columns).returning(Transaction.id)).scalar_one()


def _entry(transaction_id, position, amount, currency="EUR"):
    db.session.execute(
        insert(Entry).values(
            transaction_id=transaction_id, position=position, account="stripe", amount=amount, currency=currency
        )
    )


def test_the_database_refuses_a_transaction_that_does_not_sum_to_zero(hall):
    with pytest.raises(DBAPIError, match="does not sum to zero"), db.session.begin_nested():
        made = _header(hall)
        _entry(made, 0, 900)
        _entry(made, 1, -899)
        check()


def test_the_database_refuses_a_transaction_without_its_entries(hall):
    with pytest.raises(DBAPIError, match="has 0 entries, not 2"), db.session.begin_nested():
        _header(hall)
        check()


def test_the_database_refuses_entries_that_are_added_later(hall):
    book(("stripe", 900), ("memberships", -900))
    check()
    first = db.session.execute(db.select(Transaction.id)).scalar_one()
    with pytest.raises(DBAPIError, match="has 4 entries, not 2"), db.session.begin_nested():
        _entry(first, 2, 5)
        _entry(first, 3, -5)
        check()


def test_entries_are_in_the_currency_of_their_transaction(hall):
    with pytest.raises(DBAPIError, match="foreign key"), db.session.begin_nested():
        _entry(_header(hall), 0, 900, "USD")


@pytest.mark.parametrize("table", ["ledger_transactions", "ledger_entries"])
@pytest.mark.parametrize("change", ["UPDATE {} SET currency = 'USD'", "DELETE FROM {}"])
def test_nothing_in_the_books_is_changed_or_taken_out(hall, table, change):
    book(("stripe", 900), ("memberships", -900))
    with pytest.raises(DBAPIError, match="permission denied"), db.session.begin_nested():
        db.session.execute(text(change.format(table)))


@pytest.mark.parametrize("change", ["UPDATE {} SET currency = 'USD'", "DELETE FROM {}"])
def test_not_even_the_owner_of_the_tables_changes_the_books(database, change):
    import psycopg

    for table in ("ledger_transactions", "ledger_entries"):
        with (
            psycopg.connect(database.owner_url) as connection,
            pytest.raises(psycopg.errors.RestrictViolation, match="only appended to"),
        ):
            connection.execute("SET app.tenant_id = '1'")
            connection.execute(change.format(table))


def test_each_marketplace_has_books_of_its_own(hall, other_hall):
    book(("stripe", 900), ("memberships", -900))
    db.session.commit()
    with tenant_context(other_hall):
        assert balances() == []
        assert book(("stripe", 5), ("memberships", -5))
        db.session.commit()
    assert balance("stripe", "EUR") == 900


def test_the_file_holds_every_entry_of_its_span_and_says_the_same(hall):
    book(("stripe", 900), ("memberships", -900))
    book(("bank", 900), ("stripe", -900), source="two", at=NOON + timedelta(days=1))
    book(("stripe", 1200), ("memberships", -1200), source="three", currency="JPY", at=NOON + timedelta(days=40))
    rows = list(csv.DictReader(as_csv(until=NOON + timedelta(days=30))))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["account"], row["debit"], row["credit"]) for row in rows] == [
        ("stripe", "9.00", ""), ("memberships", "", "9.00"), ("bank", "9.00", ""), ("stripe", "", "9.00"),
    ]  # fmt: skip
    (yen,) = [row for row in csv.DictReader(as_csv(since=NOON + timedelta(days=30))) if row["debit"]]
    assert (yen["debit"], yen["currency"], yen["source"]) == ("1200", "JPY", "three")
    assert [row.amount for row in latest("stripe")] == [1200, -900, 900]


_ACCOUNTS = st.sampled_from(["stripe", "bank", "memberships", "fees", "held.payments"])
_SPLITS = st.lists(st.tuples(_ACCOUNTS, st.integers(-(10**12), 10**12)), min_size=1, max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["EUR", "USD", "JPY"]), _SPLITS), max_size=8))
def test_whatever_is_booked_the_books_sum_to_zero_in_every_currency(hall, happenings):
    savepoint = db.session.begin_nested()
    booked = {}
    for number, currency, split in happenings:
        lines = [*split, ("rounding", -sum(amount for _, amount in split))]
        try:
            if book(*lines, source=f"event {number}", currency=currency):
                booked[number] = (currency, lines)
        except Unbalanced:
            # Nothing but zeros.
            assert sum(1 for _, amount in lines if amount) < 2
    check()
    standing = balances()
    for currency in ("EUR", "USD", "JPY"):
        assert sum(one.amount for one in standing if one.currency == currency) == 0
    for one in standing:
        wanted = [line for code, lines in booked.values() if code == one.currency for line in lines]
        assert one.amount == sum(amount for account, amount in wanted if account == one.account)
    savepoint.rollback()
