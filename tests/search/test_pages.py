"""The listing with words: filters stay, counts are of what was found, orders, addresses that can be shared."""

import re
from datetime import timedelta

import pytest

from app.core import clock
from app.gigs import finding
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
    assert finding.KIND == "gig"
