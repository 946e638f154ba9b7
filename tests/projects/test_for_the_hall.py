"""A project of the marketplace's own: one leader stands for it, and each leader decides."""

from datetime import timedelta

import pytest

from app.activity.stateful import NotYours
from app.core import clock
from app.core.database import db
from app.payments.funding import fund
from app.payments.parts import parts_of
from tests.factories import a_leader, a_member, acting
from tests.payments.arranging import send_form
from tests.projects.arranging import a_project


def for_the_hall(settlement="none", **roles):
    """Return a project of the marketplace's own: Ines stands for it."""
    ines = a_leader()
    team = a_project(settlement=settlement, consented=False, client=ines)
    team.project.consent(by=team.client, now=clock.now(), for_hall=True)
    db.session.commit()
    return team


def test_only_a_leader_stands_for_the_marketplace(hall):
    team = a_project(consented=False)
    with pytest.raises(NotYours):
        team.project.consent(by=team.client, now=clock.now(), for_hall=True)
    db.session.rollback()
    assert not team.project.for_hall


def test_every_leader_decides_and_one_stands_for_it(hall):
    team, noor = for_the_hall(), acting(a_member("Noor Hadid", roles=("admin",)))
    role = team.ready("Posters", "Sam Reyes")
    offer = team.offers()
    moderator = acting(a_member("Odile Brun", roles=("moderator",)))
    for who in (moderator, team.workers[role.id], team.coordinator):
        with pytest.raises(NotYours):
            team.project.accept(by=who, seen=offer.id, now=clock.now())
        db.session.rollback()
    (made,) = team.project.accept(by=noor, seen=offer.id, now=clock.now())
    db.session.commit()
    assert (made.client_id, made.state) == (team.client.id, "agreed")
    made.start(by=team.workers[role.id], now=clock.now())
    team.project.pause(
        by=noor, why="A week of rain.", resume_on=(clock.now() + timedelta(days=7)).date(), now=clock.now()
    )
    assert made.state == "paused"
    team.project.resume(by=team.client, now=clock.now())
    assert made.state == "active"
    team.project.end(by=noor, why="The fair is off.", now=clock.now())
    db.session.commit()
    assert (made.state, made.ended_by, team.project.state) == ("cancelled", team.client.id, "ended")


def test_a_leader_with_a_part_in_it_does_not_decide(hall):
    team = for_the_hall()
    noor = a_member("Noor Hadid", roles=("leader",))
    team.ready("Posters", noor)
    offer = team.offers()
    with pytest.raises(NotYours):
        team.project.accept(by=acting(noor), seen=offer.id, now=clock.now())


def test_where_it_is_paid_whoever_stands_for_it_pays(hall, money, outbox):
    team = for_the_hall("money")
    team.ready()
    team.offers()
    (made,) = team.accepts()
    send_form(fund(parts_of(made)[0], by=team.client, now=clock.now()), card="pm_card_visa")
    db.session.commit()
    assert made.client_id == team.client.id


def test_its_page_says_whose_it_is(hall, browser):
    ines = a_leader()
    team = a_project(settlement="none", consented=False, client=ines)
    here, client, other = (
        f"/projects/{team.project.id}",
        browser(team.client),
        browser(a_member("Noor Hadid", roles=("admin",))),
    )
    assert other.get(here).status_code == 403
    assert "Yes, for " in client.get(here).text
    assert client.post(f"{here}/consent", data={"for_hall": "yes"}).status_code == 302
    team.ready()
    team.offers()
    page = other.get(here).text
    assert "stands for" in page
    assert "Take the offer" in page
    assert "The spring fair" in other.get("/projects").text
    assert browser(a_member("Odile Brun")).get(here).status_code == 403
    offer = team.project.open_offer()
    assert other.post(f"{here}/acceptance", data={"seen": str(offer.id)}).status_code == 302
    worker = browser(next(iter(team.workers.values())))
    assert "stands for" in worker.get(here).text


def test_a_leader_who_led_it_before_does_not_decide(hall):
    team = for_the_hall()
    noor, zora = (acting(a_member(name, roles=("leader",))) for name in ("Noor Hadid", "Zora Malik"))
    assert team.project.acts_as_client(noor)
    leads = team.coordinator
    for who in (noor, zora):
        team.project.hand_over(who.id, why="I move away.", by=leads, now=clock.now())
        team.project.take_on(by=who, now=clock.now())
        leads = who
    db.session.commit()
    assert not team.project.acts_as_client(noor)
