"""The listing: complete, in order, filtered, and at a fixed cost."""

from datetime import timedelta

import pytest

from app.categories.vocabulary import skills_named
from app.core import clock
from app.core.database import db
from app.profiles.blocks import Block
from app.profiles.models import MemberSkill
from tenants.context import tenant_context
from tenants.models import Tenant
from tests.factories import a_category, a_gig, a_member, a_published_gig


def titles(page) -> list[str]:
    """Return the titles in a listing's page, in order."""
    parts = page.get_data(as_text=True).split('<div class="gig__main">')[1:]
    return [part.split("</a>")[0].rsplit(">", 1)[1] for part in parts]


def link(page, rel: str) -> str | None:
    html = page.get_data(as_text=True)
    if f'rel="{rel}"' not in html:
        return None
    return html.split(f'rel="{rel}" href="')[1].split('"')[0].replace("&amp;", "&")


def walk(client, path: str) -> list[str]:
    """Return all titles of a listing, page by page."""
    found = []
    while path:
        page = client.get(path)
        found += titles(page)
        path = link(page, "next")
    return found


def test_paging_shows_every_open_gig_once_newest_first(hall, client):
    maya = a_member()
    for number in range(60):
        a_published_gig(by=maya, title=f"Gig number {number:02}")

    assert walk(client, "/gigs") == [f"Gig number {number:02}" for number in reversed(range(60))]


def test_paging_back_shows_the_page_before(hall, client):
    maya = a_member()
    for number in range(60):
        a_published_gig(by=maya, title=f"Gig number {number:02}")
    first = client.get("/gigs")
    second = client.get(link(first, "next"))

    assert link(first, "prev") is None
    assert titles(client.get(link(second, "prev"))) == titles(first)


def test_a_gig_posted_meanwhile_moves_nothing_onto_the_next_page_twice(hall, client):
    maya = a_member()
    for number in range(30):
        a_published_gig(by=maya, title=f"Gig number {number:02}")
    first = client.get("/gigs")
    a_published_gig(by=maya, title="A late one")

    assert titles(client.get(link(first, "next"))) == [f"Gig number {number:02}" for number in reversed(range(6))]


def test_due_soonest_puts_dates_in_order_and_those_without_last(hall, client):
    maya, today = a_member(), clock.today("UTC")
    for days in (30, None, 2, 9, None):
        a_published_gig(by=maya, title=f"Due in {days}", due_on=days and today + timedelta(days=days))
    for number in range(24):
        a_published_gig(by=maya, title=f"Number {number:02}", due_on=today + timedelta(days=20))

    found = walk(client, "/gigs?sort=due")

    assert found[:2] == ["Due in 2", "Due in 9"]
    assert found[26:] == ["Due in 30", "Due in None", "Due in None"]
    assert len(set(found)) == len(found) - 1


@pytest.fixture
def varied(hall):
    maya, printing = a_member(), a_category("Printing")
    a_published_gig(by=maya, title="Print a poster", category=printing, settlement="money", place="Leeds", remote=False)
    a_published_gig(by=maya, title="Mentor a printer", category=printing, kind="mentorship", settlement="credits")
    a_published_gig(by=maya, title="Offer my press", category=printing, direction="offer", settlement="none")
    a_published_gig(by=maya, title="Draw a letter", settlement="favour", place="Leeds")
    return maya


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Draw a letter", "Offer my press", "Mentor a printer", "Print a poster"]),
        ("direction=offer", ["Offer my press"]),
        ("kind=mentorship", ["Mentor a printer"]),
        ("category=printing", ["Offer my press", "Mentor a printer", "Print a poster"]),
        ("settlement=favour", ["Draw a letter"]),
        ("where=remote", ["Draw a letter", "Offer my press", "Mentor a printer"]),
        ("where=onsite", ["Draw a letter", "Print a poster"]),
        ("place=Leeds", ["Draw a letter", "Print a poster"]),
        ("category=printing&where=remote&direction=request", ["Mentor a printer"]),
        ("category=printing&sort=due&settlement=money", ["Print a poster"]),
        ("category=nowhere", []),
        (
            "direction=sideways&kind=%00&sort=up&at=%ff%fe",
            ["Draw a letter", "Offer my press", "Mentor a printer", "Print a poster"],
        ),
        ("at=WyI-Il0", ["Draw a letter", "Offer my press", "Mentor a printer", "Print a poster"]),
        ("place=" + "x" * 5000, ["Draw a letter", "Offer my press", "Mentor a printer", "Print a poster"]),
    ],
)
def test_filters_narrow_the_list_and_nonsense_is_ignored(varied, client, query, expected):
    page = client.get(f"/gigs?{query}")

    assert page.status_code == 200
    assert titles(page) == expected


def test_every_choice_says_how_many_gigs_it_leaves(varied, client):
    html = client.get("/gigs?direction=request").get_data(as_text=True)

    def count(label):
        return int(html.split(f'<span class="leader">{label}</span>')[1].split(">")[1].split("<")[0])

    assert "3 open gigs" in html
    assert (count("Everything"), count("Someone needs"), count("Someone offers")) == (4, 3, 1)
    assert (count("Lettering"), count("Printing"), count("All categories")) == (1, 2, 3)
    assert (count("Remote"), count("On site"), count("Leeds")) == (2, 2, 2)


def test_a_place_may_be_called_as_anything_is(hall, client):
    maya = a_member()
    for place in ("true", "false", "Leeds"):
        a_published_gig(by=maya, title=f"In {place}", place=place, remote=False)

    html = client.get("/gigs").get_data(as_text=True)
    for place in ("true", "false", "Leeds"):
        assert f'<span class="leader">{place}</span><span class="count">1</span>' in html
        assert titles(client.get(f"/gigs?place={place}")) == [f"In {place}"]


def test_drafts_and_gigs_that_rest_or_ended_are_not_listed(hall, client):
    maya = a_member()
    a_gig(by=maya, title="A draft")
    for number, end in enumerate(("pause", "close")):
        getattr(a_published_gig(by=maya, title=f"Ended {number}"), end)(by=maya, why="Because.")
    a_published_gig(by=maya, title="Filled").take_seat(by=maya)
    a_published_gig(by=maya, title="Open")

    assert titles(client.get("/gigs")) == ["Open"]


def test_gigs_for_members_are_hidden_from_visitors_and_not_counted(hall, client, browser):
    maya = a_member()
    a_published_gig(by=maya, title="For us", audience="members")

    page = client.get("/gigs")

    assert titles(page) == []
    assert "0 open gigs" in page.get_data(as_text=True)
    assert titles(browser(maya).get("/gigs")) == ["For us"]


@pytest.mark.parametrize("blocker_is_author", [True, False])
def test_people_who_blocked_each_other_do_not_see_each_others_gigs(hall, browser, blocker_is_author):
    maya, sam = a_member(), a_member("Sam Hill")
    gig = a_published_gig(by=maya, title="Mayas gig")
    pair = (maya, sam) if blocker_is_author else (sam, maya)
    db.session.add(Block(blocker_id=pair[0].id, blocked_id=pair[1].id, created_at=clock.now()))
    sams = browser(sam)

    page = sams.get("/gigs")

    assert titles(page) == []
    assert "0 open gigs" in page.get_data(as_text=True)
    assert sams.get(f"/gigs/{gig.id}").status_code == 404
    assert sams.get("/categories/lettering").get_data(as_text=True).count("Mayas gig") == 0
    assert titles(browser(maya).get("/gigs")) == ["Mayas gig"]


def test_another_tenants_gigs_are_not_here(hall, other_hall, client):
    db.session.commit()
    with tenant_context(other_hall):
        a_published_gig(by=a_member("Sam Hill"), title="Elsewhere")
        db.session.commit()
        db.session.expunge_all()

    assert titles(client.get("/gigs")) == []


def test_a_hall_for_members_sends_visitors_to_sign_in(hall, client):
    db.session.get_one(Tenant, hall.id).who_may_see = "members"

    assert client.get("/gigs").status_code == 302


def test_a_row_says_why_it_fits_whoever_looks(hall, browser):
    maya, sam = a_member(), a_member("Sam Hill")
    gig = a_published_gig(by=maya)
    gig.set_skills("needed", ["Lettering", "Signage"])
    gig.set_skills("gained", ["Gilding"])
    for relation, name in (("held", "lettering"), ("wanted", "Gilding")):
        (skill_id,) = skills_named([name])
        db.session.add(MemberSkill(member_id=sam.id, relation=relation, skill_id=skill_id))

    assert "You know Lettering; here you can learn Gilding." in browser(sam).get("/gigs").get_data(as_text=True)


def test_an_empty_listing_says_what_to_do(hall, client, browser):
    assert "No gigs yet" in client.get("/gigs").get_data(as_text=True)
    assert "Post the first gig" in browser(a_member()).get("/gigs").get_data(as_text=True)
    assert "Show all gigs" in client.get("/gigs?direction=offer").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/gigs", "/gigs?sort=due", "/gigs?category=lettering&where=remote&direction=request"])
@pytest.mark.parametrize("rows", [2, 24])
def test_the_listing_takes_four_statements_however_many_rows(hall, browser, statements, path, rows):
    maya = a_member()
    for _ in range(rows):
        a_published_gig(by=maya).set_skills("needed", ["Lettering", "Signage"])
    mayas = browser(maya)
    mayas.get(path)
    statements.clear()

    page = mayas.get(path)

    assert len(titles(page)) == rows
    assert len(statements) <= 4, "\n\n".join(statements)
