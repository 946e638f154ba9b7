"""A member's bench: what waits for them, what they are at, and what they wait for."""

from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.halls.work import work_of
from app.messages.models import Report, Thread
from app.profiles.blocks import Block
from tests.factories import (
    a_category,
    a_category_leader,
    a_gig,
    a_leader,
    a_member,
    a_published_gig,
    acting,
    an_agreement,
    an_application,
)
from tests.people.arranging import somebody


@pytest.fixture(autouse=True)
def _on_a_page(hall):
    """Tasks lead somewhere: their addresses are those of a page's host."""
    with current_app.test_request_context(base_url="http://designers.localhost:8000"):
        yield


@pytest.fixture
def orla(hall):
    return a_member("Orla Finch")


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


@pytest.fixture
def sign(orla):
    return a_published_gig(by=orla, title="Redraw a sign")


def notes(member, pile="yours", **at):
    return [task.note for task in getattr(work_of(acting(member), now=at.get("now") or clock.now()), pile)]


def test_an_empty_bench_says_what_to_do(maya, browser):
    page = browser(maya).get("/work").text
    for words in ("Nothing on your bench yet", "Post a gig", "Say what you do"):
        assert words in page


def test_a_hand_waits_for_the_author_and_is_waited_for_by_who_raised_it(orla, maya, sign):
    an_application(to=sign, by=maya)
    an_application(to=sign, by=a_member("Sam Reyes"), state="shortlisted")
    assert notes(orla) == ["2 people wait for your answer, 1 on your short list"]
    assert notes(maya, "theirs") == ["Orla decides on your application"]


def test_an_answered_application_waits_for_nobody(orla, maya, sign):
    an_application(to=sign, by=maya, state="declined")
    assert notes(orla) == []
    assert notes(maya, "theirs") == []


@pytest.mark.parametrize(
    ("state", "client", "worker"),
    [
        ("proposed", "theirs: Maya answers your offer", "yours: Answer Orla's offer"),
        ("countered", "yours: Answer the terms Maya suggests", "theirs: Orla answers your terms"),
        ("agreed", "theirs: Maya is to begin", "yours: Begin, and say so"),
        ("active", "theirs: Maya is at work", "under_way: Hand it over when it is ready"),
        ("paused", "theirs: Maya paused it", "yours: You paused it: take it up again"),
        ("delivered", "yours: Look at what Maya handed over", "theirs: Orla looks at your work"),
        ("changes_requested", "theirs: Maya makes the changes", "yours: Mend what Orla asked for"),
        ("accepted", "yours: Say how it was with Maya", "yours: Say how it was with Orla"),
        ("disputed", "theirs: A leader looks at it", "theirs: A leader looks at it"),
        ("resolved", "yours: Say how it was with Maya", "yours: Say how it was with Orla"),
        ("reviewed", "", ""),
    ],
)
def test_each_state_lies_on_the_right_bench(orla, maya, sign, state, client, worker):
    an_agreement(state=state, gig=sign, applicant=maya)
    for member, expected in ((orla, client), (maya, worker)):
        piles = {pile: notes(member, pile) for pile in ("yours", "under_way", "theirs")}
        found = [f"{pile}: {note}" for pile, lying in piles.items() for note in lying]
        assert found == ([expected] if expected else [])


def test_a_written_review_no_longer_waits(orla, maya, sign):
    from app.reviews.publishing import review

    agreement = an_agreement(state="accepted", gig=sign, applicant=maya)
    review(agreement, by=acting(orla), rating=5, now=clock.now())
    db.session.commit()
    assert notes(orla) == []
    assert notes(maya) == ["Say how it was with Orla"]


def test_reviews_cannot_be_written_for_ever(orla, maya, sign):
    an_agreement(state="accepted", gig=sign, applicant=maya)
    assert notes(maya, now=clock.now() + timedelta(days=40)) == []


def test_a_gig_about_to_run_out_waits_for_its_author(orla, sign):
    now = clock.now()
    assert notes(orla, now=now) == []
    assert notes(orla, now=now + timedelta(days=58)) == ["It runs out: renew it, or let it go"]


def test_what_came_back_from_review_says_why(orla, hall):
    gig = a_gig(by=orla)
    gig.submit(by=orla)
    db.session.commit()
    assert notes(orla, "theirs") == ["The category's leaders look at it"]
    db.session.get_one(Gig, (gig.tenant_id, gig.id)).hand_back(by=None, why="Say the price.")
    db.session.commit()
    assert notes(orla) == ["It came back to you: Say the price."]


def test_what_is_due_first_stands_first(orla, maya):
    today = clock.today("UTC")
    for title, days in (("Later", 20), ("Soon", 5), ("Sooner", 2)):
        gig = a_published_gig(by=orla, title=title)
        an_agreement(state="active", gig=gig, applicant=maya, due_on=today + timedelta(days=days))
    work = work_of(acting(maya), now=clock.now())
    assert [task.title for task in work.under_way] == ["Sooner", "Soon", "Later"]


def test_work_that_is_late_says_so(orla, maya, sign, browser):
    an_agreement(state="active", gig=sign, applicant=maya, due_on=clock.today("UTC") + timedelta(days=3))
    with clock.travel(to=clock.now() + timedelta(days=5)):
        page = browser(maya).get("/work").text
    assert "was due" in page
    assert "task__until--late" in page


def test_gigs_and_applications_are_counted_by_state(orla, maya, sign):
    a_gig(by=orla)
    an_application(to=sign, by=maya)
    assert [(label, number) for label, number, _ in work_of(acting(orla), now=clock.now()).gigs] == [
        ("Draft", 1),
        ("Open", 1),
    ]
    assert work_of(acting(maya), now=clock.now()).applications == [("Waiting for an answer", 1)]


def test_fading_hours_are_asked_after(hall, browser):
    told = clock.today("UTC") - timedelta(days=100)
    sam = somebody("Sam Reyes", available_minutes=360, availability_confirmed_on=told)
    page = browser(sam).get("/work").text
    assert "Is it still true?" in page
    assert "/profile/time/confirmation" in page


def test_nobody_sees_another_member_s_bench(orla, maya, sign):
    an_agreement(state="delivered", gig=sign, applicant=maya)
    assert work_of(acting(a_member("Sam Reyes")), now=clock.now()).is_empty


def test_whoever_left_is_named_no_more(orla, maya, sign):
    an_agreement(state="accepted", gig=sign, applicant=maya)
    orla.standing = "left"
    db.session.commit()
    assert notes(maya) == ["Say how it was with the other side"]


@pytest.mark.parametrize("rows", [2, 24])
def test_the_bench_costs_eleven_statements_at_most(orla, maya, browser, statements, rows):
    for number in range(rows):
        gig = a_published_gig(by=orla, title=f"Gig {number}")
        an_application(to=gig, by=maya)
    an_agreement(state="accepted", gig=a_published_gig(by=orla), applicant=maya)
    me = browser(maya)
    statements.clear()
    assert me.get("/work").status_code == 200
    assert len(statements) <= 11


def test_visitors_are_asked_to_sign_in(hall, client):
    for path in ("/work", "/settings"):
        assert client.get(path).headers["Location"].startswith("/enter")


def test_settings_lead_everywhere(maya, browser):
    page = browser(maya).get("/settings").text
    for path in ("/profile", "/settings/notifications", "/tribes", "/settings/departure"):
        assert f'href="{path}"' in page


def test_unread_words_wait_for_whoever_they_were_written_to(orla, maya, sign):
    thread = Thread.between(maya.id, orla.id, gig_id=sign.id, now=clock.now())
    thread.post("Is it one word?", by=acting(maya), now=clock.now())
    db.session.commit()
    assert notes(orla) == ["Maya wrote to you"]
    thread.post("Or two?", by=acting(maya), now=clock.now())
    db.session.commit()
    assert notes(orla) == ["2 new messages from Maya"]
    assert notes(maya) == []
    thread.read(by=acting(orla))
    db.session.commit()
    assert notes(orla) == []


def test_a_leader_is_told_what_the_desk_waits_for(orla, maya, sign):
    leader = a_leader()
    gig = a_gig(by=orla)
    gig.submit(by=orla)
    Report.file("gig", sign.id, rule="spam", words="Look at this", by=acting(maya), now=clock.now())
    db.session.commit()
    assert notes(leader) == ["1 new gig to approve or hand back", "1 report to look into"]
    assert notes(maya) == []


def test_a_category_s_leader_is_asked_about_their_own_field_alone(orla, hall):
    printing, signs = a_category("Printing"), a_category("Signs")
    tomasz = a_category_leader(printing)
    for category in (printing, signs, signs):
        a_gig(by=orla, category=category).submit(by=orla)
    db.session.commit()
    assert notes(tomasz) == ["1 new gig to approve or hand back"]


def news(member, **more):
    return work_of(acting(member), now=clock.now(), **more).news


def test_what_fits_a_member_s_skills_is_new_for_them(orla, hall):
    sam = somebody("Sam Reyes", held=("Gilding",), wanted=("Lettering",))
    for title, skills in [
        ("Gild a sign", {"skills_needed": ["Gilding", "Patience"]}),
        ("Learn to letter", {"skills_gained": ["Lettering"]}),
        ("Teach gilding", {"skills_gained": ["Gilding"]}),
        ("Paint a wall", {"skills_needed": ["Painting"]}),
    ]:
        a_published_gig(by=orla, title=title, **skills)
    a_published_gig(by=sam, title="My own", skills_needed=["Gilding"])
    found = news(sam)
    assert found.fresh == 2
    assert all(title in found.rows for title in ("Gild a sign", "Learn to letter"))
    an_application(to=db.session.scalars(select(Gig).where(Gig.title == "Gild a sign")).one(), by=sam)
    assert "Gild a sign" not in news(sam).rows


def test_nothing_is_news_of_somebody_blocked(orla, hall):
    sam = somebody("Sam Reyes", held=("Gilding",))
    a_published_gig(by=orla, skills_needed=["Gilding"])
    Block.put(orla.id, by=acting(sam), now=clock.now())
    db.session.commit()
    assert news(sam).fresh == 0


def test_what_is_new_came_since_the_last_visit(orla, browser):
    sam = somebody("Sam Reyes", held=("Gilding",))
    a_published_gig(by=orla, title="Of old", skills_needed=["Gilding"])
    me, began = browser(sam), clock.now()
    with clock.travel(to=began + timedelta(days=1)):
        me.get("/work")
    with clock.travel(to=began + timedelta(days=3)):
        page = me.get("/work").text
        assert "Nothing since" in page
        assert "Of old" in page
        a_published_gig(by=orla, title="Of today", skills_needed=["Gilding"])
        page = me.get("/work").text
        assert "Since you were here on" in page
        assert "Of today" in page
        assert "Of old" not in page


def test_without_skills_it_asks_for_them(maya, browser):
    assert "gigs that fit stand here then" in browser(maya).get("/work").text
