"""An unfilled gig climbs step by step, tells the people of each once, and does as its author and the leaders say."""

from datetime import timedelta

import pytest

from app.activity.recording import history
from app.categories.models import Category
from app.climbing.asking import NotToBeAsked, TakesNobody, ToldAlready, ask
from app.climbing.jobs import look, take_step
from app.climbing.picking import pick
from app.core import clock
from app.core.database import db
from app.core.errors import TooMany
from app.matching.models import Dismissal, MatchingOff
from app.recruiting.models import Climb
from app.recruiting.settings import NAMES, Patience, patience, settle
from tests.climbing.arranging import a_fitting_member
from tests.factories import (
    a_category_leader,
    a_leader,
    a_member,
    a_published_gig,
    acting,
    an_application,
    run_jobs,
)
from tests.people.arranging import somebody


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


@pytest.fixture
def gig(maya):
    return a_published_gig(by=maya, skills_needed=["Lettering"])


def after(days):
    return clock.travel(to=clock.now() + timedelta(days=days))


def titles(looks):
    return looks.get("/notifications").text


def test_it_climbs_from_whom_it_suits_over_its_leaders_and_neighbours_to_everybody(hall, maya, browser, outbox):
    gig = a_published_gig(by=maya, skills_needed=["Lettering"], place="Leeds", remote=False)
    gig.latitude, gig.longitude = 53_797, -1_549
    suited, elsewhere = a_fitting_member("Sam Reyes"), somebody("Zoe Far", place="Lisbon, Portugal")
    leading = a_category_leader(db.session.get_one(Category, (hall.id, gig.category_id)))
    neighbour = somebody("Ned Near", place="Bradford")
    look()
    told = {}
    for step, days in (("matches", 2), ("leaders", 4), ("around", 7), ("everybody", 11)):
        with after(days):
            before = {fact.to_state for fact in history("climb", gig.id)}
            assert take_step(gig.id, now=clock.now())
            assert not take_step(gig.id, now=clock.now()), "once"
            assert {fact.to_state for fact in history("climb", gig.id)} - before == {step}
            told[step] = history("climb", gig.id)[-1].data["told"]
            db.session.commit()
            run_jobs()
    assert told["leaders"] == 1
    with after(11):
        assert "looks for somebody like you" in titles(browser(suited))
        assert "in the field that you lead" in titles(browser(leading))
        for one in (neighbour, elsewhere):
            page = titles(browser(one))
            assert ("still looks for somebody" in page) != ("has been looking for a while" in page)
        assert "Redraw" not in titles(browser(maya))


def test_a_hand_that_waits_lets_it_rest_unless_it_is_almost_due(maya, gig):
    an_application(to=gig, by=a_member("Kim Tan"))
    look()
    with after(3):
        assert not take_step(gig.id, now=clock.now())
        gig.due_on = clock.today("UTC") + timedelta(days=patience().near_due)
        assert take_step(gig.id, now=clock.now())


def test_what_was_listed_long_ago_gives_its_author_a_day(gig):
    with after(40):
        look()
        assert not take_step(gig.id, now=clock.now())
    with after(41):
        assert take_step(gig.id, now=clock.now())


def test_its_author_sees_what_comes_and_stops_and_starts_it(maya, gig, browser):
    client = browser(maya)
    assert "As long as nobody raises a hand" in client.get(f"/gigs/{gig.id}").text
    page = client.post(f"/gigs/{gig.id}/climb/stop", follow_redirects=True).text
    assert "You stopped it" in page
    assert client.post(f"/gigs/{gig.id}/climb/stop").status_code == 409
    with after(20):
        assert not take_step(gig.id, now=clock.now())
    assert "As long as nobody" in client.post(f"/gigs/{gig.id}/climb/start", follow_redirects=True).text
    assert not take_step(gig.id, now=clock.now()), "not before tomorrow"
    for looks in (browser(a_member("Sam")), browser(a_leader())):
        assert looks.post(f"/gigs/{gig.id}/climb/stop").status_code == 403
        assert "climb/stop" not in looks.get(f"/gigs/{gig.id}").text


def test_nobody_is_told_of_a_step_after_it_was_stopped(maya, gig, browser):
    sam = a_fitting_member("Sam Reyes")
    look()
    with after(2):
        take_step(gig.id, now=clock.now())
        Climb.of(gig.id).stop(gig, by=acting(maya), now=clock.now())
        db.session.commit()
        run_jobs()
        assert "Redraw" not in titles(browser(sam))


def test_whoever_switched_matching_off_or_waved_it_away_is_left_alone_by_every_step(maya, gig):
    off, waved, sam = (a_fitting_member(name) for name in ("Off Line", "Waved Away", "Sam Reyes"))
    MatchingOff.switch_off(off.id, now=clock.now())
    Dismissal.dismiss(gig.id, by=waved.id, now=clock.now())
    for step in ("matches", "around", "everybody"):
        assert pick(step, gig, patience(), now=clock.now()) == [sam.id]
    assert pick("leaders", gig, patience(), now=clock.now()) == []


def test_a_member_is_told_of_so_many_gigs_a_week_and_no_more(maya):
    sam = a_fitting_member("Sam Reyes")
    gigs = [a_published_gig(by=maya, skills_needed=["Lettering"]) for _ in range(3)]
    look()
    with after(2):
        for gig in gigs:
            assert take_step(gig.id, now=clock.now())
    told = [fact.data["told"] for gig in gigs for fact in history("climb", gig.id)]
    assert told == [1, 1, 0]
    assert sam.id not in pick("everybody", gigs[0], patience(), now=clock.now())
    with after(8):
        assert pick("around", gigs[2], patience(), now=clock.now()) == []
    with after(9):
        assert sam.id in pick("around", gigs[2], patience(), now=clock.now())


def test_leaders_settle_how_patient_it_is_or_switch_it_off(gig, browser):
    leader = a_leader()
    values = {name: str(getattr(Patience(), name)) for name in NAMES if name != "climbs"}
    client = browser(leader)
    assert client.post("/desk/climbing", data=values | {"climbs": "y", "before_matches": "9"}).status_code == 302
    assert patience() == Patience(before_matches=9)
    assert client.post("/desk/climbing", data=values | {"climbs": "y", "weekly": "0"}).status_code == 422
    client.post("/desk/climbing", data=values)
    assert not patience().climbs
    look()
    with after(30):
        assert not take_step(gig.id, now=clock.now())
    assert browser(a_member("Sam")).get("/desk/climbing").status_code == 403


def test_an_author_asks_people_who_fit_and_sees_whom(maya, gig, browser, outbox):
    sam = a_fitting_member("Sam Reyes")
    client = browser(maya)
    page = client.get(f"/gigs/{gig.id}/people").text
    assert "Sam Reyes" in page
    assert "Lettering" in page
    page = client.post(f"/gigs/{gig.id}/people/{sam.id}/asking", follow_redirects=True).text
    assert "You asked" in page
    assert f"{sam.id}/asking" not in page
    run_jobs()
    assert "asks whether" in titles(browser(sam))
    with pytest.raises(ToldAlready):
        ask(gig, sam.id, by=acting(maya), now=clock.now())
    an_application(to=gig, by=sam)
    assert "They raised a hand" in client.get(f"/gigs/{gig.id}/people").text
    assert browser(sam).get(f"/gigs/{gig.id}/people").status_code == 403


def test_nobody_is_asked_who_wants_no_suggestions_nor_for_a_gig_that_takes_nobody(maya, gig):
    off, sam, me = a_fitting_member("Off Line"), a_fitting_member("Sam Reyes"), acting(maya)
    MatchingOff.switch_off(off.id, now=clock.now())
    for nobody in (off, maya):
        with pytest.raises(NotToBeAsked):
            ask(gig, nobody.id, by=me, now=clock.now())
    gig.pause(by=maya, why="Away.")
    with pytest.raises(TakesNobody):
        ask(gig, sam.id, by=me, now=clock.now())


def test_asking_is_limited_to_a_few_people_a_day(maya, gig):
    with pytest.raises(TooMany):
        for number in range(13):
            ask(gig, a_fitting_member(f"Person {number}").id, by=acting(maya), now=clock.now())


def test_the_authors_page_of_a_gig_still_costs_six_statements(maya, gig, browser, statements):
    look()
    client = browser(maya)
    client.get(f"/gigs/{gig.id}")
    statements.clear()
    client.get(f"/gigs/{gig.id}")
    assert len(statements) <= 6, "\n\n".join(statements)


def test_settling_the_same_again_is_nothing(hall):
    leader = acting(a_leader())
    settle({name: getattr(Patience(), name) for name in NAMES}, by=leader)
    assert [fact.verb for fact in history("tenant", leader.id)] == []
