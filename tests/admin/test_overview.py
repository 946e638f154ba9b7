"""The desk's figures: the last twelve weeks, counted by three statements, and honest where there is little."""

from datetime import UTC, datetime, timedelta

import pytest

from app.admin.overview import WEEKS, _part_of_day, overview
from app.core import clock
from app.core.database import db
from tenants.context import tenant_context
from tests.factories import a_category, a_leader, a_member, a_published_gig, acting, an_agreement, an_application

# A Wednesday, three in the afternoon.
WEDNESDAY = datetime(2026, 6, 17, 15, tzinfo=UTC)


@pytest.fixture
def wednesday(hall):
    with clock.travel(to=WEDNESDAY):
        yield


def test_weeks_are_counted_from_monday_to_sunday(wednesday):
    maya = a_member()
    maya.joined_at = WEDNESDAY - timedelta(days=3)
    a_published_gig(by=maya)
    for days in (2, 3, 7 * (WEEKS - 1) + 2, 7 * (WEEKS - 1) + 3):
        with clock.travel(to=WEDNESDAY - timedelta(days=days)):
            a_published_gig(by=maya)
    members, gigs, hands = (course for _, course in overview().courses)
    assert [number for _, number in gigs.points] == [1, *[0] * (WEEKS - 3), 1, 2]
    assert [label for label, _ in gigs.points][-2:] == ["8 Jun", "15 Jun"]
    assert (gigs.total, gigs.this_week) == ("4", 2)
    assert members.points[-2][1] == 1
    assert hands.total == "0"


def test_a_gig_found_somebody_when_somebody_agreed(wednesday):
    maya = a_member()
    signs = a_category("Signs")
    an_agreement(state="active", gig=a_published_gig(by=maya, category=signs), applicant=a_member("Sam Reyes"))
    an_agreement(state="proposed", gig=a_published_gig(by=maya, category=signs), applicant=a_member("Kim Fall"))
    a_published_gig(by=maya)
    fields = {one["label"]: (one["value"], one["note"]) for one in overview().fields}
    assert fields["Signs"] == (2, "1 found somebody")
    assert sorted(fields.values())[0] == (1, "none found somebody yet")


def test_half_of_the_hands_and_those_that_wait(wednesday):
    maya = a_member()
    gig, author = a_published_gig(by=maya, seats=9), acting(maya)
    for number, hours in enumerate((1, 9, 30)):
        assert overview().answer == ""
        application = an_application(to=gig, by=a_member(f"Person {number}"))
        with clock.travel(to=WEDNESDAY + timedelta(hours=hours)):
            application.decline(by=author, why="Not this time.", now=clock.now())
            db.session.commit()
    an_application(to=gig, by=a_member("Sam Reyes"))
    assert overview().answer == "9 hours"
    assert overview().unanswered == 1
    # Four hands are no habit.
    assert overview().habits == []


def test_habits_are_told_from_twenty_hands_on_in_the_halls_own_time(wednesday, hall, monkeypatch):
    monkeypatch.setattr("app.admin.overview._ENOUGH_HANDS", 2)
    gig = a_published_gig(by=a_member(), seats=9)
    for number in range(2):
        an_application(to=gig, by=a_member(f"Person {number}"))
    told = dict(overview().habits)
    assert list(told) == ["Morning", "Midday", "Evening", "Night"]
    assert told["Midday"] == [0, 0, 2, 0, 0, 0, 0]
    assert overview().days == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [_part_of_day(hour) for hour in (4, 5, 10, 11, 16, 17, 21, 22, 0)] == [3, 0, 0, 1, 1, 2, 2, 3, 3]


def test_a_hall_without_gigs_says_so_and_another_halls_are_not_counted(hall, other_hall, browser):
    with tenant_context(other_hall):
        an_application(to=a_published_gig(by=a_member("Elsewhere")), by=a_member("Sam Reyes"))
    page = browser(a_leader()).get("/desk/").text
    assert "Nothing was posted in these weeks." in page
    assert '<figure class="spark">' not in page


def test_only_who_leads_sees_figures_and_they_cost_three_statements(hall, browser, statements):
    leader = browser(a_leader())
    maya = a_member()
    for number in range(4):
        an_application(to=a_published_gig(by=maya), by=a_member(f"Person {number}"))
    db.session.commit()
    statements.clear()
    overview()
    assert len(statements) == 3
    page = leader.get("/desk/").text
    assert page.count('<figure class="spark">') == 3
    assert '<table class="bars"' in page
    assert "<strong>4</strong> still wait for one." in page
    assert "The last twelve weeks" not in browser(a_member("Mo Derator", roles=("moderator",))).get("/desk/").text
