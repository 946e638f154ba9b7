"""The search over a whole marketplace: what it finds, for whom, and what it says when there is nothing."""

import re

import pytest

from app.core import clock
from app.core.database import db
from app.profiles.blocks import Block
from tests.factories import a_gig, a_member, a_published_gig, acting
from tests.people.arranging import somebody


@pytest.fixture
def orla(hall):
    return somebody("Orla Finch", headline="Baker with a shop front", place="Leeds")


@pytest.fixture
def sign(orla):
    return a_published_gig(
        by=orla,
        title="Redraw a sign",
        summary="One word on a bakery's wall.",
        skills_needed=["Gold leaf"],
        place="York",
    )


def found(browser, question, **more):
    """Return the gigs and people that a page of the search shows, by their headings, in order."""
    page = browser.get("/search", query_string={"q": question, **more})
    assert page.status_code == 200
    return re.findall(r'<h3><a href="/(?:gigs|people)/[^"]+">([^<]+)</a></h3>', page.text)


@pytest.mark.parametrize("words", ["redraw", "bakery", "GOLD leaf", "york", "lettering", "sign wall", "gold york sign"])
def test_a_gig_is_found_by_all_that_it_says(sign, client, words):
    assert found(client, words) == ["Redraw a sign"]


@pytest.mark.parametrize("words", ["orla", "baker with", "leeds", "fin", "orla leeds"])
def test_a_person_is_found_by_all_that_they_say(orla, client, words):
    assert found(client, words) == ["Orla Finch"]


def test_a_person_is_found_by_the_skills_they_have_not_those_they_want(hall, client):
    somebody("Sam Reyes", held=("Gilding",))
    somebody("Ada Cole", wanted=("Gilding",))
    assert found(client, "gilding") == ["Sam Reyes"]


def test_what_says_every_word_comes_first_and_what_says_most_of_them_after_that(orla, sign, client):
    a_published_gig(by=orla, title="Redraw a violin")
    assert found(client, "redraw sign") == ["Redraw a sign", "Redraw a violin"]
    assert "What says most of it comes after that" in client.get("/search?q=redraw+sign").text
    assert found(client, "cello zither") == []
    assert "Nothing says “cello zither”" in client.get("/search?q=cello+zither").text


def test_titles_and_names_come_first(orla, client):
    a_published_gig(by=orla, title="A brass plate")
    a_published_gig(by=orla, title="A sign", summary="Not of brass.")
    somebody("Ada Cole", headline="Works in brass")
    somebody("Zoe Brass")
    assert found(client, "brass") == ["A brass plate", "A sign", "Zoe Brass", "Ada Cole"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "100%", "a_b"])
def test_signs_of_patterns_mean_themselves(sign, client, words):
    assert found(client, words) == []


def test_only_what_is_open_is_found(orla, client):
    a_gig(by=orla, title="A draft")
    a_published_gig(by=orla, title="A draft that is over").close(by=orla, why="Done.")
    db.session.commit()
    assert found(client, "draft") == []


def test_visitors_find_what_is_for_everybody_members_also_what_is_for_members(orla, client, browser):
    a_published_gig(by=orla, title="For us alone", audience="members")
    assert found(client, "alone") == []
    assert found(browser(a_member("Sam Reyes")), "alone") == ["For us alone"]


@pytest.mark.parametrize("who", ["blocker", "blocked"])
def test_nothing_is_found_of_somebody_blocked(orla, sign, browser, who):
    sam = a_member("Sam Reyes")
    one, other = (sam, orla) if who == "blocker" else (orla, sam)
    Block.put(other.id, by=acting(one), now=clock.now())
    db.session.commit()
    assert found(browser(sam), "redraw") == found(browser(sam), "orla") == []
    # Of people alone, counted too, and for everybody else as before.
    assert "Nothing says “orla”" in browser(sam).get("/search?q=orla").text
    assert found(browser(a_member("Ada Cole")), "orla") == ["Orla Finch"]


def test_whoever_left_is_found_no_more(orla, client):
    orla.standing = "left"
    db.session.commit()
    assert found(client, "orla") == []


def test_a_closed_marketplace_asks_visitors_to_sign_in(hall, client):
    from tenants.models import Tenant

    db.session.get_one(Tenant, hall.id).who_may_see = "members"
    db.session.commit()
    assert client.get("/search?q=a").headers["Location"].startswith("/enter")


def test_long_answers_are_listed_elsewhere(orla, client):
    for number in range(30):
        a_published_gig(by=orla, title=f"Letter {number}")
    assert len(found(client, "letter")) == 5
    page = client.get("/search?q=letter").text
    assert "All 30 gigs" in page
    assert 'href="/gigs?q=letter"' in page
    assert client.get("/search?q=letter&in=people").headers["Location"] == "/people?q=letter"


def test_without_words_it_offers_fields_of_work(hall, client):
    page = client.get("/search").text
    assert 'href="/categories/lettering"' in page
    assert "autofocus" in page


@pytest.mark.parametrize(
    "question", ["", "%00", "a" * 5_000, "in=gigs", "&at=broken&in=people", "q&in=cats", "x&at=%00"]
)
def test_any_address_shows_a_page(sign, client, question):
    assert client.get(f"/search?q={question}", follow_redirects=True).status_code == 200


@pytest.mark.parametrize("rows", [2, 28])
def test_a_page_costs_the_same_however_many_answer(orla, browser, statements, rows):
    for number in range(rows):
        a_published_gig(by=orla, title=f"Letter {number}", skills_needed=["Gold leaf"])
    me = browser(a_member("Sam Reyes"))
    statements.clear()
    assert me.get("/search?q=letter").status_code == 200
    # The words, their gigs and people, who is apart; rows and counts of each; the fields of work.
    assert len(statements) <= 14, "\n\n".join(statements)


def test_every_page_has_a_way_to_the_search(hall, client):
    page = client.get("/gigs").text
    assert 'role="search" action="/search"' in page
    assert '<a class="tool finder-door" href="/search"' in page


def test_shortcuts_are_listed_for_whoever_may_use_them(hall, client, browser):
    assert "Your work" not in re.sub(r"(?s)<header.*?</header>", "", client.get("/shortcuts").text)
    assert "Your work" in re.sub(r"(?s)<header.*?</header>", "", browser(a_member()).get("/shortcuts").text)
