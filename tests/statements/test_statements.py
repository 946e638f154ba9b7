"""Statements say what the books say: those of everybody and the marketplace's own come to the same, to the cent."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.commissions.split import Fee, FrozenTerms, split
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.months import month_after, month_before, span
from app.statements.months import month_or_404, months_between
from app.statements.queries import entries_of, parties, transactions
from app.statements.statement import statement_of, totals_of
from app.statements.words import KINDS, kind_name
from billing.ledger import Line, post
from billing.statements import balance, balances
from tenants.context import tenant, tenant_context
from tests.factories import a_leader, a_member

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
_TERMS = FrozenTerms(Fee(points=500), Fee(100, 500), Fee(points=2_500))


def book(source, lines, *, kind="gig_payment", currency="EUR", at=NOON):
    return post(kind, source, [Line(*line) for line in lines], currency=currency, happened_at=at, now=NOON)


def a_paid_gig(source, client, worker, leader, *, price=40_000, at=NOON, currency="EUR"):
    """Book a payment and what becomes of it, as it is shared out; return the split."""
    terms = FrozenTerms(_TERMS.client, _TERMS.worker, _TERMS.leader, (leader.id,))
    shared = split(price, terms, currency=currency, worker_id=worker.id)
    paid = shared.client_pays
    book(f"{source} paid", [("held.cash", paid), ("held.gigs", -paid, client.id)], currency=currency, at=at)
    shares = [
        ("commissions" if line.party_id is None else f"payable.{line.kind}", -line.amount, line.party_id)
        for line in shared.lines
    ]
    lines = [("held.gigs", paid, client.id), *shares]
    book(f"{source} released", lines, kind="gig_release", currency=currency, at=at)
    return shared


@pytest.fixture
def three(hall):
    return a_member(), a_member("Sam Reyes"), a_member("Tomasz Nowak")


def test_a_months_statement_begins_where_the_one_before_ended(three):
    client, worker, leader = three
    first = a_paid_gig("one", client, worker, leader, at=NOON - timedelta(days=30))
    second = a_paid_gig("two", client, worker, leader, price=9_900)
    book(
        "sent", [("payable.work", first.worker_gets, worker.id), ("held.cash", -first.worker_gets)], kind="gig_transfer"
    )
    (october,), (november,) = statement_of(worker.id, OCTOBER), statement_of(worker.id, NOVEMBER)
    assert (october.opening, october.closing) == (0, first.worker_gets)
    assert (november.opening, november.added, november.taken) == (
        first.worker_gets, second.worker_gets, first.worker_gets,
    )  # fmt: skip
    assert [moved.amount for moved in november.movements] == [second.worker_gets, -first.worker_gets]
    assert statement_of(worker.id, date(2026, 9, 1)) == []


def test_days_are_those_of_the_marketplace_and_months_have_no_gaps(hall):
    begins, ends = span(NOVEMBER, "Europe/London")
    assert span(month_after(NOVEMBER), "Europe/London")[0] == ends
    assert (month_before(date(2026, 1, 1)), month_after(date(2026, 12, 1))) == (date(2025, 12, 1), date(2027, 1, 1))
    assert months_between(date(2026, 9, 1), NOVEMBER, most=9) == [NOVEMBER, OCTOBER, date(2026, 9, 1)]
    assert begins.hour == 0
    for text in ("2026-12", "2026-13", "1999-01", "lettering", "2026-1", ""):
        with pytest.raises(NotFound):
            month_or_404(text, date(2026, 11, 22))


def test_every_kind_has_a_name():
    assert all(kind_name(kind) == str(name) for kind, name in KINDS.items())
    assert kind_name("something new") == "Booking"


_PAYMENTS = st.lists(
    st.tuples(st.integers(1, 10**8), st.sampled_from(["EUR", "JPY", "KWD"]), st.integers(0, 70), st.booleans()),
    max_size=6,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payments=_PAYMENTS)
def test_everybodys_statements_and_the_marketplaces_own_agree_with_the_ledger(three, payments):
    client, worker, leader = three
    savepoint = db.session.begin_nested()
    for number, (price, currency, days, is_sent) in enumerate(payments):
        at = NOON - timedelta(days=days)
        price *= 10 if currency == "KWD" else 1
        shared = a_paid_gig(f"gig {number}", client, worker, leader, price=price, currency=currency, at=at)
        if is_sent:
            lines = [("payable.work", shared.worker_gets, worker.id), ("held.cash", -shared.worker_gets)]
            if shared.worker_gets:
                book(f"sent {number}", lines, kind="gig_transfer", currency=currency, at=at + timedelta(days=3))
    until = span(NOVEMBER, tenant.time_zone)[1]
    for month in (OCTOBER, NOVEMBER):
        totals = totals_of(month)
        theirs = {}
        for party in three:
            for one in statement_of(party.id, month):
                assert one.opening + sum(moved.amount for moved in one.movements) == one.closing
                known = theirs.get((one.name, one.currency), (0, 0))
                theirs[one.name, one.currency] = (known[0] + one.opening, known[1] + one.closing)
        for currency in {one.currency for one in totals}:
            assert sum(one.closing for one in totals if one.currency == currency) == 0
            assert sum(one.opening for one in totals if one.currency == currency) == 0
        # What is somebody's is on their statements to the cent; the rest is the marketplace's own.
        for one in totals:
            if one.name.startswith(("payable.", "held.gigs")):
                assert theirs.get((one.name, one.currency), (0, 0)) == (-one.opening, -one.closing)
    if all(days > -10 for _, _, days, _ in payments):
        standing = {(one.account, one.currency): one.amount for one in balances()}
        assert standing == {(one.name, one.currency): one.closing for one in totals_of(NOVEMBER)}
    for row in parties(*span(NOVEMBER, tenant.time_zone)):
        wanted = [
            -balance(f"payable.{share}", row.currency, party_id=row.id) for share in ("work", "leader", "coordinator")
        ]
        assert int(row.owed) == sum(wanted)
    assert until > NOON
    savepoint.rollback()


def test_the_books_are_turned_page_by_page_without_gap_or_double(three):
    for number in range(30):
        book(str(number), [("stripe", 900), ("memberships", -900)], at=NOON + timedelta(minutes=number % 7))
    book("yen", [("bank", 900), ("stripe", -900)], currency="JPY")
    since, until = span(NOVEMBER, tenant.time_zone)
    seen, at = [], None
    while True:
        page = transactions(since, until, account="", currency="", at=at)
        seen += [row.source for row in page]
        at = page.next
        if at is None:
            break
    assert sorted(seen) == sorted([*(str(number) for number in range(30)), "yen"])
    (yen,) = transactions(since, until, account="bank", currency="JPY", at=None)
    assert [(row.account, row.amount) for row in entries_of([yen.id])[yen.id]] == [("bank", 900), ("stripe", -900)]
    assert not len(transactions(since, until, account="bank", currency="EUR", at=None))


def test_pages_and_files_are_for_the_party_and_for_leaders(three, hall, browser):
    client, worker, leader = three
    a_paid_gig("one", client, worker, leader)
    db.session.commit()
    mine, theirs = "/work/statements/2026-11", f"/desk/money/statements/2026-11/members/{worker.id}"
    closed = [
        theirs, f"{theirs}/statement.csv", "/desk/money/books", "/desk/money/statements", "/desk/money/books/2026-11.csv",
    ]  # fmt: skip
    with clock.travel(to=NOON + timedelta(days=9)):
        at_work, at_desk = browser(worker), browser(a_leader())
        assert "€379" in at_work.get(mine).text
        rows = list(csv.DictReader(io.StringIO(at_work.get(f"{mine}/statement.csv").text)))
        assert [row["amount"] for row in rows] == ["0.00", "379.00", "379.00"]
        assert {at_work.get(path).status_code for path in closed} == {403}
        assert {at_desk.get(path).status_code for path in closed} == {200}
        assert "€379" in at_desk.get(theirs).text
        assert "Sam Reyes" in at_desk.get("/desk/money/statements/2026-11").text
        assert "one released" in at_desk.get("/desk/money/books?account=payable.work").text
        assert "one released" not in at_desk.get("/desk/money/books?account=held.cash").text
        assert at_desk.get("/desk/money/books?month=2031-01&account=none&currency=%00&at=x").status_code == 200
        assert at_work.get("/work/statements/2027-01").status_code == 404


def test_another_marketplace_has_statements_of_its_own(three, other_hall):
    a_paid_gig("one", *three)
    worker_id = three[1].id
    db.session.commit()
    with tenant_context(other_hall):
        assert totals_of(NOVEMBER) == []
        assert statement_of(worker_id, NOVEMBER) == []
        db.session.rollback()
