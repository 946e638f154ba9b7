"""What members are shown is counted, set-wise and off the page's own path."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.departures.departure import leave
from app.exposure.jobs import KEPT, sweep
from app.exposure.models import GigExposure, MemberExposure
from app.exposure.noting import Noted, note_shown, write_noted
from app.exposure.queries import little_seen, times_shown
from tenants.isolation import scoped
from tests.factories import a_leader, a_member, a_published_gig, acting


def written(model=GigExposure):
    write_noted()
    rows = db.session.scalars(select(model).where(scoped(model)))
    return {getattr(row, "gig_id", None) or row.member_id: row.times for row in rows}


@pytest.fixture
def gigs(hall):
    maya = a_member()
    return maya, [a_published_gig(by=maya) for _ in range(3)]


def test_a_members_page_counts_what_others_posted_and_a_visitors_nothing(gigs, browser):
    maya, posted = gigs
    browser().get("/gigs")
    browser(maya).get("/gigs")
    assert written() == {}
    sam = browser(a_member("Sam"))
    sam.get("/gigs")
    assert written() == {gig.id: 1 for gig in posted}
    sam.get("/categories/lettering")
    sam.get("/search?q=bakery")
    assert written() == {gig.id: 3 for gig in posted}


def test_the_same_page_from_memory_is_one_look(gigs, browser):
    _, _posted = gigs
    sam = browser(a_member("Sam"))
    # The first page of a day notes that they are here, and is remembered for nobody.
    sam.get("/gigs")
    for _ in range(3):
        sam.get("/gigs")
    assert set(written().values()) == {2}


def test_noting_asks_the_database_nothing_and_writing_is_one_statement(gigs, statements):
    _, posted = gigs
    ids = [gig.id for gig in posted]
    statements.clear()
    for _ in range(50):
        note_shown("gig", ids)
    assert statements == []
    write_noted()
    assert len(statements) == 1
    assert times_shown("gig", ids) == dict.fromkeys(ids, 50)


def test_what_is_gone_meanwhile_is_left_out(gigs, other_hall):
    maya, posted = gigs
    with_all = [posted[0].id, maya.id]
    note_shown("gig", with_all)
    note_shown("member", [maya.id])
    assert written() == {posted[0].id: 1}
    assert written(MemberExposure) == {maya.id: 1}
    leave(acting(maya), now=clock.now())
    assert written(MemberExposure) == {}


def test_it_is_written_when_its_time_has_come_and_not_before():
    noted, now = Noted(timedelta(seconds=10)), clock.now()
    assert not noted.is_due(now)
    noted.add((1, "gig", now.date()), [], now=now)
    noted.add((1, "gig", now.date()), [], now=now + timedelta(seconds=9))
    assert not noted.is_due(now + timedelta(seconds=9))
    assert noted.is_due(now + timedelta(seconds=10))
    noted.take()
    assert not noted.is_due(now + timedelta(days=1))


def test_little_seen_is_told_in_comparison_and_only_of_lately(gigs):
    _, (first, second, third) = gigs[0], gigs[1]
    ids = [first.id, second.id, third.id]
    assert little_seen("gig", ids) == {}
    with clock.travel(to=clock.now() - timedelta(days=20)):
        note_shown("gig", [third.id] * 99)
    note_shown("gig", [first.id] * 4 + [second.id] * 2)
    write_noted()
    assert little_seen("gig", ids) == {first.id: 0.0, second.id: 0.0, third.id: 1.0}
    note_shown("gig", [first.id] * 2)
    write_noted()
    assert little_seen("gig", ids)[second.id] == pytest.approx(0.25)


def test_what_was_shown_long_ago_is_forgotten(gigs):
    _, posted = gigs
    with clock.travel(to=clock.now() - KEPT - timedelta(days=1)):
        note_shown("gig", [posted[0].id])
    note_shown("gig", [posted[1].id])
    write_noted()
    sweep()
    assert written() == {posted[1].id: 1}


def test_leaders_see_shares_and_nothing_of_fewer_than_five(hall, browser):
    leader, people = a_leader(), [a_member(f"Person {number}") for number in range(6)]
    posted = [a_published_gig(by=one) for one in people]
    elder = a_member("Old Hand")
    elder.joined_at = clock.now() - timedelta(days=900)
    posted.append(a_published_gig(by=elder))
    note_shown("gig", [gig.id for gig in posted])
    write_noted()
    page = browser(leader).get("/desk/seen").text
    assert page.count("too few people to say") == 2, (
        "the one who is few, and the next, from whom they could be worked out"
    )
    assert "7 people, 100% of what there is to see" in page, "nobody knows anybody: one group is everybody"
    assert browser(people[0]).get("/desk/seen").status_code == 403


def test_a_hall_without_looks_says_what_will_stand_there(hall, browser):
    assert "Nothing was counted yet" in browser(a_leader()).get("/desk/seen").text
