"""The listing with words: filters stay, counts are of what was found, orders, addresses that can be shared."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from app.core import clock
from app.core.database import db
from app.core.paging import Cursor
from tests.factories import a_category, a_member, a_published_gig
from tests.gigs.test_listing import link, titles


@pytest.fixture
def signs(hall):
    maya, today = a_member(), clock.today("UTC")
    printing = a_category("Printing")
    euros = {"settlement": "money", "currency": hall.currency}
    a_published_gig(
        by=maya, title="A sign", skills_needed=["Gilding"], **euros, pay_kind="fixed", pay_min=60_000,
        due_on=today + timedelta(days=3),
    )  # fmt: skip
    a_published_gig(
        by=maya, title="Two signs", skills_needed=["Gilding", "Etching"], **euros, pay_kind="hourly", pay_min=3_000,
        effort_span="week", effort_minutes=240, due_on=today + timedelta(days=20),
    )  # fmt: skip
    a_published_gig(by=maya, title="Three signs", category=printing, place="Leeds", seats=2)
    a_published_gig(by=maya, title="A poster", skills_needed=["Etching"])
    return maya


def count(page, label):
    found = re.search(rf'<span class="leader">{re.escape(label)}</span><span class="count">(\d+)', page.text)
    return int(found[1]) if found else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("q=sign", {"A sign", "Two signs", "Three signs"}),
        ("q=sign&skill=Etching", {"Two signs"}),
        ("q=sign&pay=fixed-500", {"A sign"}),
        ("q=sign&pay=hourly-25", {"Two signs"}),
        ("q=sign&hours=5", {"Two signs"}),
        ("q=sign&due=week", {"A sign"}),
        ("q=sign&due=month", {"A sign", "Two signs"}),
        ("q=sign&room=free", {"A sign", "Two signs", "Three signs"}),
        ("q=sign&category=printing", {"Three signs"}),
        ("q=sign&place=Leeds&skill=Gilding", set()),
        ("skill=Etching", {"Two signs", "A poster"}),
        ("q=sign&pay=a-lot&hours=x&due=never&room=maybe", {"A sign", "Two signs", "Three signs"}),
    ],
)
def test_words_and_filters_narrow_together(signs, client, question, expected):
    assert set(titles(client.get(f"/gigs?{question}"))) == expected


def test_counts_are_of_what_was_found(signs, client):
    page = client.get("/gigs?q=sign&skill=Gilding")
    assert "2 open gigs" in page.text
    assert (count(page, "Gilding"), count(page, "Etching")) == (2, 1)
    assert (count(page, "Within a week"), count(page, "Within a month")) == (1, 2)
    assert (count(page, "Up to 5 hours"), count(page, "A place is free")) == (1, 2)
    assert count(page, "€500.00 or more") or count(page, "€500 or more") == 1


def test_orders_and_words_stay_with_each_other(signs, client):
    assert titles(client.get("/gigs?q=sign&sort=due"))[:2] == ["A sign", "Two signs"]
    assert titles(client.get("/gigs?q=sign&sort=pay"))[0] == "A sign"
    assert titles(client.get("/gigs?q=sign&sort=newest")) == ["Three signs", "Two signs", "A sign"]
    page = client.get("/gigs?q=sign&skill=Gilding").text
    assert '<input type="hidden" name="skill" value="Gilding">' in page
    assert 'href="/gigs?q=sign&amp;skill=Gilding&amp;sort=due"' in page
    assert 'href="/gigs?q=sign">Clear filters' in page


def test_answers_are_paged_in_their_order(hall, client):
    maya = a_member()
    for number in range(30):
        a_published_gig(by=maya, title=f"Letter {number}")
    first = client.get("/gigs?q=letter")
    rest = client.get(link(first, "next"))
    assert (len(titles(first)), len(titles(rest))) == (24, 6)
    assert len({*titles(first), *titles(rest)}) == 30
    assert titles(client.get(link(rest, "prev"))) == titles(first)


def test_of_more_than_can_be_ranked_the_count_says_so(signs, client, monkeypatch):
    monkeypatch.setattr("app.search.matching.MOST", 2)
    monkeypatch.setattr("app.search.matching._FEW", 1)
    assert "2+ open gigs" in client.get("/gigs?q=sign").text


@pytest.mark.parametrize("rows", [2, 24])
def test_a_page_of_answers_takes_as_many_statements_however_many_rows(hall, browser, statements, rows):
    maya = a_member()
    for _ in range(rows):
        a_published_gig(by=maya, title="A letter").set_skills("needed", ["Lettering"])
    mayas = browser(maya)
    mayas.get("/gigs")
    statements.clear()
    assert len(titles(mayas.get("/gigs?q=letter"))) == rows
    # Beside those of the listing: what the tenant knows of the words, of which names, what answers, choices and skills.
    assert len(statements) <= 11, "\n\n".join(statements)


def some_letters(hall, count=30):
    maya = a_member()
    return [
        a_published_gig(by=maya, title=f"Letter {number}", summary="Letters " * (number % 5)) for number in range(count)
    ]


def test_pages_of_answers_neither_repeat_nor_skip_while_the_hall_changes(hall, client):
    gigs = some_letters(hall)
    maya = a_member("Ada Byron")
    shown = titles(client.get("/gigs?q=letter"))
    first = client.get("/gigs?q=letter")
    # What comes is not on later pages, what goes takes no other with it; words become rarer meanwhile.
    for number in range(8):
        a_published_gig(by=maya, title=f"Letter letter anew {number}", summary="Letters")
    gone = [gig for gig in gigs if gig.title in shown][:6]
    left = [gig for gig in gigs if gig.title not in shown][:1]
    for gig in (*gone, *left):
        gig.close(by=maya, why="Done.")
    db.session.commit()
    rest = titles(client.get(link(first, "next")))
    assert set(rest) == {gig.title for gig in gigs} - set(shown) - {gig.title for gig in left}
    assert not set(rest) & set(shown)
    back = titles(client.get(link(client.get(link(first, "next")), "prev")))
    assert set(back) == set(shown) - {gig.title for gig in gone}


@pytest.mark.parametrize("at", ["x", "WyI+IiwiMjAyNiJd", "WyI-IiwiMjAyNi0xMS0yMlQwMDowMDowMCswMDowMCIsIngiLDEsIngiXQ"])
def test_a_cursor_that_was_tampered_with_is_the_first_page(signs, client, at):
    assert len(titles(client.get(f"/gigs?q=sign&at={at}"))) == 3


def test_a_cursor_of_strange_numbers_divides_by_nothing(signs, client):
    for scale in ("all:0:", "any:0.0.0:0", "most:99999.1.1.1.1.1.1.1:1", "all::"):
        at = str(Cursor("after", (clock.now(), scale, 2**62, UUID(int=7))))
        assert client.get(f"/gigs?q=two+sign&at={at}").status_code == 200


def test_filters_leave_what_others_would_have_crowded_out(hall, client, monkeypatch):
    maya = a_member()
    for number in range(4):
        a_published_gig(by=maya, title=f"Old letter {number}", place="Leeds", skills_needed=["Gilding"])
    for number in range(8):
        a_published_gig(by=maya, title=f"Letter {number}", direction="offer")
    monkeypatch.setattr("app.search.matching.MOST", 5)
    monkeypatch.setattr("app.search.matching._FEW", 1)
    assert "5+ open gigs" in client.get("/gigs?q=letter").text
    page = client.get("/gigs?q=letter&direction=request")
    assert len(titles(page)) == 4
    assert "4 open gigs" in page.text
    # What the filters leave is counted exactly; what else could be chosen instead, at least.
    assert '<span class="leader">Gilding</span><span class="count">4</span>' in page.text
    assert re.search(r'<span class="leader">Someone offers</span><span class="count">5\+</span>', page.text)
