"""A marketplace's front page."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.database import db
from tenants.context import tenant_context
from tenants.models import Member, Tenant
from tests.factories import (
    a_category,
    a_hall,
    a_leader,
    a_member,
    a_published_gig,
    an_agreement,
    an_application,
)
from tests.people.arranging import somebody


def settle(hall, **columns):
    row = db.session.get_one(Tenant, hall.id)
    for name, value in columns.items():
        setattr(row, name, value)
    db.session.commit()


def test_a_visitor_meets_the_hall_in_its_own_words(app, browser):
    with tenant_context(a_hall("designers", tagline="Two letters that sit better together")):
        maya = somebody("Maya Okafor", headline="Letterer")
        a_published_gig(by=maya, title="Redraw a sign")
        db.session.commit()
        page = browser().get("/").text
    for words in (
        "Two letters that sit better together",
        "1 person, and 1 gig open now.",
        "Redraw a sign",
        "Letterer",
        "Join",
    ):
        assert words in page


def test_an_empty_hall_says_what_to_do(hall, browser):
    assert "Nothing is open just now" in browser().get("/").text
    page = browser(a_leader()).get("/").text
    assert "Post the first gig" in page
    assert "/welcome" in page


def test_members_are_welcomed_in_the_leaders_words(hall, browser):
    settle(hall, welcome="Hello. **Say the money.**")
    assert "Say the money." not in browser().get("/").text
    assert "Hello. Say the money." in browser(a_member()).get("/").text


def test_a_long_welcome_stands_below(hall, browser):
    settle(hall, welcome="A long story. " * 40 + "\n\n**The end.**")
    page = browser(a_member()).get("/").text
    assert '<section class="section" id="welcome">' in page
    assert "<strong>The end.</strong>" in page


def test_first_steps_are_for_leaders_while_they_are_open(hall, browser):
    leader, maya = a_leader(), a_member()
    assert "/welcome" in browser(leader).get("/").text
    assert "/welcome" not in browser(maya).get("/").text
    settle(hall, checklist_dismissed_at=clock.now())
    assert "/welcome" not in browser(leader).get("/").text


def test_a_member_is_told_what_waits_for_them(hall, browser):
    application = an_application()
    author = db.session.get_one(Member, (hall.id, application.gig.author_id))
    applicant = db.session.get_one(Member, (hall.id, application.applicant_id))
    assert "1 thing waits for you." in browser(author).get("/").text
    assert "for you." not in browser(applicant).get("/").text


def test_gigs_for_members_only_are_neither_shown_nor_counted_to_visitors(hall, browser):
    maya = a_member()
    a_published_gig(by=maya, title="Redraw a sign")
    a_published_gig(by=maya, title="Teach us gilding", audience="members")
    for_visitors, for_members = browser().get("/").text, browser(maya).get("/").text
    assert "Teach us" not in for_visitors
    assert "1 gig open now" in for_visitors
    assert "Teach us" in for_members
    assert "2 gigs open now" in for_members


def test_categories_stand_with_their_figures(hall, browser):
    a_published_gig(by=a_member(), category=a_category("Type design"))
    old = a_category("Letterpress")
    old.archived_at = clock.now()
    db.session.commit()
    page = browser().get("/").text
    assert '<a href="/categories/type-design">Type design</a></span><span class="count">1' in page
    assert "Letterpress" not in page


def test_finished_work_counts_once_for_both_sides(hall, browser):
    an_agreement(state="accepted")
    assert "<strong>1</strong>" in browser().get("/").text


def test_whoever_left_is_not_new_here(hall, browser):
    sam = a_member("Sam Reyes")
    sam.standing = "left"
    db.session.commit()
    assert "Sam Reyes" not in browser().get("/").text


def test_a_hall_for_members_shows_visitors_its_door_alone(app, browser):
    with tenant_context(a_hall("guild", who_may_see="members")):
        maya = a_member()
        a_published_gig(by=maya, title="Redraw a sign")
        db.session.commit()
        page = browser(host="guild.localhost").get("/").text
        assert "What happens here is for members." in page
        for words in ("Redraw", "Maya", "Open now"):
            assert words not in page


@pytest.mark.parametrize("rows", [2, 24])
def test_the_front_page_costs_six_statements(hall, browser, statements, rows):
    for number in range(rows):
        member = a_member(f"Member {number}")
        a_published_gig(by=member)
        a_category(f"Category {number}")
    me = browser(a_member("Zoe Roe"))
    with clock.travel(to=clock.now() + timedelta(minutes=1)):
        statements.clear()
        assert me.get("/").status_code == 200
    assert len(statements) == 6
