"""A statement on paper says what its page says, in the language of whoever reads it, and writes names as they are spelt."""

from datetime import UTC, date, datetime

import pytest

from app.core import press
from app.core.languages import speaking
from app.statements import routes
from app.statements.papers import paper_of_hall, paper_of_party
from app.statements.pdf import on_paper
from app.statements.statement import statement_of, totals_of
from tests.factories import a_leader, a_member
from tests.reading_paper import words_of
from tests.statements.test_statements import a_paid_gig

NOVEMBER = date(2026, 11, 1)
NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)


@pytest.fixture
def paid(hall):
    """A worker who was paid for one gig, with so many that the statement goes over several pages."""
    client, worker, leader = a_member(), a_member("Sofía Nowić"), a_member("Tomasz Nowak")
    for number in range(60):
        a_paid_gig(str(number), client, worker, leader)
    return worker


def test_a_members_paper_holds_every_figure_of_their_page(paid):
    accounts = statement_of(paid.id, NOVEMBER)
    said = words_of(paper_of_party(accounts, NOVEMBER, name=paid.name, party_id=paid.id))
    assert "Sofía Nowić" in said
    assert str(paid.id) in said
    assert said.count("379.00 EUR") == 60
    assert "22740.00 EUR" in said


def test_the_marketplaces_paper_holds_every_account(paid):
    said = words_of(paper_of_hall(totals_of(NOVEMBER), NOVEMBER))
    assert "-22740.00 EUR" in said
    assert "Commissions" in said


@pytest.mark.parametrize(
    "name", ["Γιώργος Παπάς", "Жанна Київська", "Łukasz Đặng", "ليلى", "שלום", "हिन्दी"], ids=str.isidentifier
)
def test_a_name_is_written_as_it_is_spelt(paid, name):
    paper = paper_of_party([], NOVEMBER, name=name, party_id=paid.id)
    assert set(name) <= set(words_of(paper))
    # It carries the letters it uses, not the typeface.
    assert len(paper) < 60_000


def test_it_speaks_the_language_of_whoever_reads_it(paid):
    accounts = statement_of(paid.id, NOVEMBER)
    for language, word in (("de", "Am Ende"), ("es", "Al final"), ("ar", "رصيد")):
        with speaking(language):
            assert set(word) <= set(words_of(paper_of_party(accounts, NOVEMBER, name="ليلى", party_id=paid.id)))


def test_what_the_typeface_lacks_is_left_out_and_nothing_breaks():
    with speaking("ar"):
        said = words_of(on_paper("汉字 Ada\u2069 \u2068½ −5…", ["e\u0301\u0336 🙂"], [], now=NOON))
    assert "Ada" in said
    assert "汉" not in said
    assert "é" in said


def test_papers_are_for_the_party_and_for_leaders(paid, browser):
    member_id = paid.id
    at_work, at_desk = browser(paid), browser(a_leader())
    theirs = f"/desk/money/statements/2026-11/members/{member_id}/statement.pdf"
    paths = [theirs, "/desk/money/statements/2026-11/statement.pdf"]
    assert at_work.get("/work/statements/2026-11/statement.pdf").mimetype == "application/pdf"
    assert [at_work.get(path).status_code for path in paths] == [403, 403]
    assert [at_desk.get(path).mimetype for path in paths] == ["application/pdf"] * 2


def test_a_paper_that_cannot_be_made_is_told_in_words_and_nobody_prints_without_end(hall, browser, monkeypatch):
    own, path = browser(a_member()), "/work/statements/2026-11/statement.pdf"
    monkeypatch.setattr(routes, "PRINTS", 1)
    monkeypatch.setattr(press, "_SECONDS", 0.001)
    answer = own.get(path)
    assert answer.status_code == 503
    assert "could not be made just now" in answer.text
    assert own.get(path).status_code == 429
