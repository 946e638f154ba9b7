"""The pages of a project: each person sees what is theirs, and nobody does what is somebody else's."""

import pytest

from app.applications.models import Application
from app.core.database import db
from tests.factories import a_member, acting
from tests.projects.arranging import a_project


@pytest.fixture
def team(hall):
    """A project with an offer on the table: one role stood by, one that looks for somebody."""
    made = a_project()
    role = made.ready("Posters", "Sam Reyes")
    made.role("Stage")
    made.offers()
    made.first = role
    return made


def test_everybody_sees_the_project_as_it_concerns_them(team, browser):
    here = f"/projects/{team.project.id}"
    client, leader = browser(team.client), browser(team.coordinator)
    worker, stranger = browser(team.workers[team.first.id]), browser(a_member("Odile Brun"))
    page = client.get(here).text
    assert "Tomasz makes you an offer" in page
    assert "Take the offer" in page
    assert "€490" in page
    page = leader.get(here).text
    assert "Maya has your offer" in page
    assert "Take the offer" not in page
    page = worker.get(here).text
    assert "€490" not in page
    assert "puts the offer together" in page
    assert stranger.get(here).status_code == 403


def test_nobody_does_what_is_somebody_else_s(team, browser):
    here, role = f"/projects/{team.project.id}", team.first
    people = {
        "client": browser(team.client),
        "coordinator": browser(team.coordinator),
        "worker": browser(team.workers[role.id]),
        "stranger": browser(a_member("Odile Brun")),
        "leader": browser(a_member("Ines Moreau", roles=("leader",))),
    }
    allowed = {
        f"{here}/consent": {"client"},
        f"{here}/acceptance": {"client"},
        f"{here}/counter": {"client"},
        f"{here}/refusal": {"client"},
        f"{here}/ending": {"client"},
        f"{here}/rest": {"client"},
        f"{here}/resumption": {"client"},
        f"{here}/end": {"client"},
        f"{here}/roles": {"coordinator"},
        f"{here}/offers": {"coordinator"},
        f"{here}/offers/return": {"coordinator"},
        f"{here}/giving-up": {"coordinator"},
        f"{here}/roles/{role.id}/opening": {"coordinator"},
        f"{here}/roles/{role.id}/replacement": {"coordinator"},
        f"{here}/roles/{role.id}/omission": {"coordinator"},
        f"{here}/talk": {"client", "coordinator", "worker"},
        f"{here}/tasks": {"client", "coordinator", "worker"},
        f"/applications/{role.application_id}/part": {"client", "coordinator"},
        f"/parts/{role.id}/consent": {"worker"},
        f"/parts/{role.id}/refusal": {"worker"},
    }
    for path, who in allowed.items():
        for name, whose in people.items():
            if name not in who:
                assert whose.post(path, data={}).status_code == 403, f"{name} at {path}"


def test_a_project_is_made_page_by_page(hall, browser):
    made = a_project(consented=False)
    here = f"/projects/{made.project.id}"
    client, leader = browser(made.client), browser(made.coordinator)
    assert "would make a project of your gig" in client.get(here).text
    assert client.post(f"{here}/consent").status_code == 302
    assert leader.get(f"{here}/roles/new").status_code == 200
    sent = {"title": "Posters", "category_id": str(made.project.category_id), "amount": "400", "skills": "Printing"}
    assert leader.post(f"{here}/roles", data=sent | {"title": ""}).status_code == 422
    assert leader.post(f"{here}/roles", data=sent).status_code == 302
    db.session.expire_all()
    (role,) = made.project.roles()
    assert leader.post(f"{here}/roles/{role.id}/opening").status_code == 302
    sam = acting(a_member("Sam Reyes"))
    theirs = browser(sam)
    page = theirs.get(f"/gigs/{role.gig_id}").text
    assert "Part of the project" in page
    assert "leads it, and answers who raises a hand" in page
    assert theirs.post(f"/gigs/{role.gig_id}/applications", data={"note": "I print."}).status_code == 302
    page = leader.get(f"/gigs/{role.gig_id}/applications").text
    assert "Offer the part" in page
    db.session.expire_all()
    hand = db.session.query(Application).one()
    assert "Ask them" in leader.get(f"/applications/{hand.id}/part").text
    part = {"title": "Posters", "amount": "400", "pay_kind": "fixed", "part0_title": "Sketch", "part0_amount": "100"}
    assert leader.post(f"/applications/{hand.id}/part", data=part).status_code == 422
    part |= {"part1_title": "The rest", "part1_amount": "300"}
    assert leader.post(f"/applications/{hand.id}/part", data=part).status_code == 302
    assert "Yes, I stand by it" in theirs.get(f"/parts/{role.id}").text
    db.session.expire_all()
    assert theirs.post(f"/parts/{role.id}/consent", data={"seen": str(role.round)}).status_code == 302
    assert leader.get(f"{here}/offers/new").status_code == 200
    assert leader.post(f"{here}/offers", data={"fee_points": "31"}).status_code == 422
    assert leader.post(f"{here}/offers", data={"fee_points": "10", "contingency": "50"}).status_code == 302
    db.session.expire_all()
    offer = made.project.open_offer()
    assert client.get(f"{here}/counter").status_code == 200
    assert client.post(f"{here}/acceptance", data={"seen": "nonsense"}).status_code == 409
    assert client.post(f"{here}/acceptance", data={"seen": str(offer.id)}).status_code == 302
    page = client.get(here).text
    assert "The work is under way" in page
    assert "Left for what nobody foresaw" in page
    assert client.get("/projects").status_code == theirs.get("/projects").status_code == 200
    assert leader.get(f"{here}/roles/{role.id}/replacement").status_code == 200
