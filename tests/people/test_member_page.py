"""A member's page, for whoever looks."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app.activity.recording import record
from app.core import clock
from app.core.database import db
from app.profiles.blocks import Block
from app.profiles.models import Profile
from tenants.context import tenant_context
from tests.factories import a_hall, a_leader, a_member, a_published_gig, acting, an_agreement
from tests.people.arranging import TODAY, somebody

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def sam(hall):
    return somebody(
        "Sam Reyes",
        held=("Gilding",),
        wanted=("Lettering",),
        pieces=2,
        headline="Gilder",
        story="I learnt it from *an uncle*.",
        offers="A straight answer\nGilding on glass",
        place="Leeds",
        available_minutes=360,
        availability_confirmed_on=TODAY,
        contact="email_after_agreement",
        contact_details="Ring 0113 496 0000",
        links=[{"label": "sam.example.org", "url": "https://sam.example.org"}],
        languages=["English", "Tagalog"],
    )


def test_it_shows_what_somebody_told(sam, client):
    with clock.travel(to=NOON):
        page = client.get(f"/people/{sam.id}").text
    for words in (
        "Sam Reyes",
        "Gilder",
        "<em>an uncle</em>",
        "A straight answer",
        "Piece 1",
        "Leeds",
        "Tagalog",
        "Lettering",
    ):
        assert words in page
    assert "6\u00a0h a week" in page


def test_contact_details_never_show(sam, browser):
    for looks in (browser(), browser(sam), browser(a_member("Maya Okafor")), browser(a_leader())):
        assert "0113" not in looks.get(f"/people/{sam.id}").text
        assert "0113" not in looks.get("/people").text


def test_hours_fade_after_ninety_days(sam, client):
    with clock.travel(to=NOON + timedelta(days=90)):
        assert 'data-state="free"' in client.get(f"/people/{sam.id}").text
    with clock.travel(to=NOON + timedelta(days=91)):
        page = client.get(f"/people/{sam.id}").text
    assert 'data-state="fading"' in page
    assert "Last confirmed 3 months ago" in page


def test_a_vacation_hides_the_hours_and_says_until_when_to_members(sam, browser):
    Profile.of(sam.id).go_away(from_=None, until=TODAY + timedelta(days=8), now=NOON)
    maya = a_member("Maya Okafor")
    with clock.travel(to=NOON):
        for_members, for_visitors = (looks.get(f"/people/{sam.id}").text for looks in (browser(maya), browser()))
    assert "Away until 30 November" in for_members
    assert "Away" not in for_visitors
    assert "h a week" not in for_members + for_visitors


def test_one_s_own_page_leads_to_editing_and_names_what_is_missing(hall, browser):
    maya = a_member("Maya Okafor")
    page = browser(maya).get(f"/people/{maya.id}").text
    assert 'href="/profile"' in page
    assert "Say in one line what you do" in page
    assert "/block" not in page


def test_others_may_block_and_report(sam, browser):
    page = browser(a_member("Maya Okafor")).get(f"/people/{sam.id}").text
    assert f"/people/{sam.id}/block" in page
    assert f"/reports/new/member/{sam.id}" in page


def test_visitors_may_only_read(sam, client):
    page = client.get(f"/people/{sam.id}").text
    assert "/block" not in page
    assert "/profile" not in page


def test_open_gigs_show_and_those_for_members_only_to_members(sam, browser):
    a_published_gig(by=sam, title="Gild a fanlight")
    a_published_gig(by=sam, title="Teach our members gilding", audience="members")
    draft = a_published_gig(by=sam, title="A gig that ended")
    draft.close(by=sam, why="Done.")
    db.session.commit()
    for_members, for_visitors = (
        looks.get(f"/people/{sam.id}").text for looks in (browser(a_member("Maya Okafor")), browser())
    )
    assert "Gild a fanlight" in for_visitors
    assert "Teach our members" not in for_visitors
    assert "Teach our members" in for_members
    assert "A gig that ended" not in for_members


def test_people_who_keep_apart_see_no_gigs_of_each_other(sam, browser):
    maya = a_member("Maya Okafor")
    a_published_gig(by=sam, title="Gild a fanlight")
    Block.put(sam.id, by=acting(maya), now=clock.now())
    db.session.commit()
    assert "Gild a fanlight" not in browser(maya).get(f"/people/{sam.id}").text


def test_reviews_show_once_both_are_in(hall, browser):
    agreement = an_agreement(state="reviewed")
    page = browser().get(f"/people/{agreement.worker_id}").text
    assert "Calm and exact." in page
    assert "Knew what they wanted." not in page
    assert "1 gig" in page
    assert "Calm and exact." in browser().get(f"/people/{agreement.worker_id}/reviews").text


def test_a_review_by_somebody_who_left_stays_without_their_name(hall, browser):
    agreement = an_agreement(state="reviewed")
    author = db.session.get_one(type(a_member("Zoe Roe")), (agreement.tenant_id, agreement.client_id))
    author.standing = "left"
    db.session.commit()
    page = browser().get(f"/people/{agreement.worker_id}").text
    assert "Former member" in page
    assert author.name not in page


def test_a_former_member_s_page_shows_nothing_personal(sam, browser):
    sam.standing, sam.standing_reason = "removed", "Broke the rule on credit."
    record("removed", sam, by=None, kind="member", from_="active", to="removed", why=sam.standing_reason)
    db.session.commit()
    for path in (f"/people/{sam.id}", f"/people/{sam.id}/reviews"):
        page = browser(a_member("Maya Okafor")) if path.endswith("reviews") else browser()
        answer = page.get(path)
        assert answer.status_code == 200
        assert "A former member" in answer.text
        for words in ("Sam", "Gilder", "uncle", "Leeds", "Broke the rule"):
            assert words not in answer.text
    assert "Broke the rule" in browser(a_leader()).get(f"/people/{sam.id}").text


def test_nobody_of_another_hall_is_found(hall, browser):
    db.session.commit()
    with tenant_context(a_hall("hillside")):
        stranger = a_member("Sam Reyes").id
        db.session.commit()
    for looks in (browser(), browser(a_leader())):
        for member_id in (stranger, uuid4()):
            assert looks.get(f"/people/{member_id}").status_code == 404
            assert looks.get(f"/people/{member_id}/reviews").status_code == 404


def test_hostile_words_stay_words(hall, client):
    evil = "<script>alert(1)</script>"
    member = somebody(evil, held=(evil,), headline=evil, story=evil, offers=evil, languages=[evil], place=evil)
    page = client.get(f"/people/{member.id}").text
    assert "<script>alert" not in page
    assert "<script>alert" not in client.get("/people").text


@pytest.mark.parametrize("rows", [2, 24])
def test_a_member_s_page_costs_at_most_six_statements(hall, browser, statements, rows):
    skills = tuple(f"Skill {number}" for number in range(rows))
    sam = somebody("Sam Reyes", held=skills, wanted=skills, pieces=rows)
    for number in range(rows):
        a_published_gig(by=sam, title=f"Gig {number}")
    me, page = browser(a_member("Maya Okafor")), f"/people/{sam.id}"
    statements.clear()
    assert me.get(page).status_code == 200
    assert len(statements) == 6
