"""A statement on paper says what its page says, in letters that every reader of PDFs can show."""

import re
import zlib
from datetime import UTC, date, datetime

import pytest

from app.core.languages import speaking
from app.statements.papers import paper_of_hall, paper_of_party
from app.statements.pdf import latin
from app.statements.statement import statement_of, totals_of
from tests.factories import a_leader, a_member
from tests.statements.test_statements import a_paid_gig

NOVEMBER = date(2026, 11, 1)
NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)


def words_of(paper):
    """Return what is written in a document."""
    assert paper.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", paper, re.DOTALL)
    return b"".join(zlib.decompress(one) for one in streams).decode("latin-1")


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
    assert "Sof\u00eda Nowic" in said
    assert str(paid.id) in said
    assert said.count("379.00 EUR") == 60
    assert "22740.00 EUR" in said


def test_the_marketplaces_paper_holds_every_account(paid):
    said = words_of(paper_of_hall(totals_of(NOVEMBER), NOVEMBER))
    assert "-22740.00 EUR" in said
    assert "Commissions" in said


def test_german_is_written_and_arabic_is_read_in_english(paid):
    accounts = statement_of(paid.id, NOVEMBER)
    for language, word in (("de", "Am Ende"), ("es", "Al final"), ("ar", "At the end")):
        with speaking(language):
            assert word in words_of(paper_of_party(accounts, NOVEMBER, name="ليلى", party_id=paid.id))


def test_what_cannot_be_written_is_left_out_and_nothing_breaks():
    assert latin("“Nowić” – ليلى \u2068Ada\u2069 ½ −5…") == '"Nowic" -  Ada ½ -5...'


def test_papers_are_for_the_party_and_for_leaders(paid, browser):
    member_id = paid.id
    at_work, at_desk = browser(paid), browser(a_leader())
    theirs = f"/desk/money/statements/2026-11/members/{member_id}/statement.pdf"
    paths = [theirs, "/desk/money/statements/2026-11/statement.pdf"]
    assert at_work.get("/work/statements/2026-11/statement.pdf").mimetype == "application/pdf"
    assert [at_work.get(path).status_code for path in paths] == [403, 403]
    assert [at_desk.get(path).mimetype for path in paths] == ["application/pdf"] * 2
