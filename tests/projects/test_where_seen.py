"""Roles are found like any gig; projects are on the bench of whoever they wait for, and on the pages of categories."""

from app.core import clock
from app.core.database import db
from app.matching import gigs_for
from app.profiles.models.skills import set_skills
from app.search.matching import answer
from app.search.question import Question
from tests.alerts.arranging import an_alert, found_by
from tests.factories import a_member, run_jobs
from tests.fees.conftest import till
from tests.projects.arranging import a_project

__all__ = ["till"]


def test_a_role_is_found_matched_and_told_of_like_any_gig(hall, outbox, browser):
    sam = a_member("Sam Reyes")
    set_skills(sam.id, {"held": ["Letterpress"]})
    db.session.commit()
    alert = an_alert(of=sam, q="posters")
    team = a_project()
    role = team.role("Posters", skills=("Letterpress",))
    run_jobs()
    assert answer(Question.read("posters"), "gig", for_visitors=True).ids == (role.gig_id,)
    # The name of its project leads to it as well.
    assert role.gig_id in answer(Question.read("spring fair"), "gig", for_visitors=True).ids
    assert [match.id for match in gigs_for(sam, now=clock.now())] == [role.gig_id]
    assert found_by(alert) == {"Posters"}
    page = browser(sam).get("/gigs").text
    assert "A role in “" in page


def test_a_category_shows_which_projects_look_for_people(hall, browser):
    team = a_project()
    team.role("Posters")
    gone = team.role("Stage")
    team.project.drop_role(gone, by=team.coordinator, why="Not needed.", now=clock.now())
    db.session.commit()
    page = browser(a_member("Odile Brun")).get("/categories/printing").text
    _, _, foot = page.partition("Projects that look for people")
    assert "The spring fair" in foot
    assert "Posters" in foot
    assert "Stage" not in foot
    team.ready("Banners")
    team.offers()
    team.project.end(by=team.client, why="The fair is off.", now=clock.now())
    db.session.commit()
    assert "Projects that look for people" not in browser(team.client).get("/categories/printing").text


def test_a_project_is_on_the_bench_of_whoever_it_waits_for(hall, browser):
    team = a_project(consented=False)
    client, leader = browser(team.client), browser(team.coordinator)
    asks, plans, offers = "could be made of your gig", "Find its people, and make one offer", "There is an offer for"
    assert asks in client.get("/work").text
    team.project.consent(by=team.client, now=clock.now())
    db.session.commit()
    assert asks not in client.get("/work").text
    assert plans in leader.get("/work").text
    role = team.role()
    worker = team.asked(role)
    theirs = browser(worker)
    assert "You are asked to take a part" in theirs.get("/work").text
    team.says_yes(role)
    assert "You are asked to take a part" not in theirs.get("/work").text
    team.offers()
    assert offers in client.get("/work").text
    assert plans not in leader.get("/work").text


def test_a_role_costs_no_listing_fee(till):
    till.ask({("listing", None): 0})
    team = a_project()
    till.ask({("listing", None): 500})
    assert team.role().gig.state == "open"
