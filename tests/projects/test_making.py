"""From one request to many agreements: nothing is agreed before everything is."""

import pytest

from app.activity.stateful import NotYours
from app.agreements.models import Agreement
from app.agreements.terms import Terms
from app.applications.raising import raise_hand
from app.core import clock
from app.core.database import db
from app.core.transitions import WrongState
from app.projects.failures import (
    Answered,
    NothingToOffer,
    NotToBeMade,
    OfferMoved,
    OfferOpen,
    PartOfProject,
    ProjectExists,
    StaleOffer,
    StalePart,
)
from app.projects.models import Project
from app.projects.models.budget import budget_of
from tests.factories import a_category, a_leader, a_member, acting
from tests.projects.arranging import SKETCH, WHOLE, a_project


def test_an_offer_becomes_every_agreement_at_once(hall):
    team = a_project()
    stage = a_category("Carpentry")
    roles = [team.ready("Posters", "Sam Reyes"), team.ready("Stage", "Kwabena Asante", category=stage)]
    offer = team.offers()
    # 40,000 each, 10 % of each milestone on top, and 5,000 in reserve.
    assert offer.total == 2 * (WHOLE + 4_000) + 5_000
    made = team.accepts()
    assert {one.state for one in made} == {"agreed"}
    assert {one.worker_id for one in made} == {worker.id for worker in team.workers.values()}
    assert {one.client_id for one in made} == {team.client.id}
    assert team.project.state == "running"
    assert team.project.gig.state == "closed"
    assert [role.gig.state for role in roles] == ["filled", "filled"]
    budget = budget_of(team.project, team.project.roles())
    assert (budget.sums.price, budget.sums.coordinator, budget.left) == (2 * WHOLE, 8_000, 5_000)
    assert (budget.sums.funded, budget.sums.earned, budget.sums.paid) == (0, 0, 0)


def test_a_person_who_stepped_back_undoes_the_whole_offer(hall):
    team = a_project()
    roles = [team.ready("Posters", "Sam Reyes"), team.ready("Stage", "Kwabena Asante")]
    offer = team.offers()
    roles[1].application.withdraw(by=team.workers[roles[1].id], now=clock.now())
    db.session.commit()
    with pytest.raises(OfferMoved, match="Stage"):
        team.project.accept(by=team.client, seen=offer.id, now=clock.now())
    db.session.rollback()
    assert db.session.query(Agreement).count() == 0
    assert team.project.state == "offered"
    assert team.project.budget == 0


def test_a_part_that_moved_undoes_the_offer(hall):
    team = a_project()
    role = team.ready()
    offer = team.offers()
    team.project.ask(role, role.application, team.part(role, 50_000), by=team.coordinator, now=clock.now())
    db.session.commit()
    with pytest.raises(OfferMoved):
        team.project.accept(by=team.client, seen=offer.id, now=clock.now())
    db.session.rollback()
    assert role.gig.state == "open"


def test_only_what_was_read_is_answered(hall):
    team = a_project()
    role = team.role()
    worker = team.asked(role)
    with pytest.raises(StalePart):
        team.project.say_yes(role, by=worker, seen=role.round - 1, now=clock.now())
    with pytest.raises(StalePart):
        team.project.say_yes(role, by=team.client, seen=role.round, now=clock.now())
    team.says_yes(role)
    first = team.offers()
    with pytest.raises(OfferOpen):
        team.offers()
    team.project.take_back(by=team.coordinator, now=clock.now())
    db.session.commit()
    assert team.project.state == "planning"
    team.offers(contingency=1)
    with pytest.raises(StaleOffer):
        team.project.accept(by=team.client, seen=first.id, now=clock.now())


def test_a_countered_offer_binds_nobody_and_another_may_follow(hall):
    team = a_project()
    team.ready()
    offer = team.offers()
    team.project.counter(by=team.client, why="Less in reserve, please.", seen=offer.id, now=clock.now())
    db.session.commit()
    assert (team.project.state, offer.state, offer.answer) == ("planning", "countered", "Less in reserve, please.")
    assert db.session.query(Agreement).count() == 0
    team.offers(contingency=0)
    assert len(team.accepts()) == 1


def test_a_role_is_given_away_by_the_offer_alone(hall):
    team = a_project()
    role = team.role()
    team.asked(role)
    terms = Terms.of_gig(role.gig, currency="EUR")
    for by in (team.client, team.coordinator):
        with pytest.raises(PartOfProject):
            Agreement.propose(role.application, terms, by=by, now=clock.now())
        db.session.rollback()


def test_the_coordinator_answers_whoever_raises_a_hand(hall):
    team = a_project()
    role = team.role()
    application = raise_hand(role.gig, by=acting(a_member("Sam Reyes")), note="I!", answers=[], now=clock.now())
    application.shortlist(by=team.coordinator, now=clock.now())
    application.decline(by=team.coordinator, why="Another time.", now=clock.now())
    assert application.state == "declined"
    with pytest.raises(Answered):
        team.project.ask(role, application, team.part(role), by=team.coordinator, now=clock.now())
    other = raise_hand(role.gig, by=acting(a_member("Odile Brun")), note="I!", answers=[], now=clock.now())
    with pytest.raises(NotYours):
        other.shortlist(by=acting(a_leader()), now=clock.now())


def test_without_anybody_s_yes_there_is_nothing_to_offer(hall):
    team = a_project()
    role = team.role()
    team.asked(role)
    with pytest.raises(NothingToOffer):
        team.offers()
    team.project.say_no(role, by=team.workers[role.id], seen=role.round, why="Too soon for me.")
    db.session.commit()
    assert role.worker_id is None


def test_a_request_has_one_project_and_its_client_says_yes_first(hall):
    team = a_project(consented=False)
    project = team.project
    with pytest.raises(NotYours):
        project.consent(by=team.coordinator, now=clock.now())
    with pytest.raises(ProjectExists):
        Project.suggest(project.gig, title="x", brief="", note="", by=team.coordinator, now=clock.now())
    project.decline(by=team.client, why="One person will do.", now=clock.now())
    db.session.commit()
    assert project.state == "ended"
    assert project.gig.takes_applications
    with pytest.raises(NotToBeMade):
        Project.suggest(project.gig, title="x", brief="", note="", by=team.client, now=clock.now())
    with pytest.raises(WrongState):
        project.consent(by=team.client, now=clock.now())


def test_what_comes_to_nothing_answers_everybody(hall):
    team = a_project()
    role = team.role()
    team.asked(role)
    application = role.application
    team.project.give_up(by=team.coordinator, why="I am needed elsewhere.", now=clock.now())
    db.session.commit()
    db.session.expire_all()
    assert (application.state, role.gig.state, team.project.state) == ("closed", "closed", "ended")
    assert team.project.gig.takes_applications


def test_the_clock_ends_what_the_client_does_not_answer(hall):
    team = a_project()
    team.ready()
    team.offers()
    assert not team.project.end_waiting(now=clock.now())
    assert team.project.end_waiting(now=team.project.deadline_at)
    assert (team.project.state, team.project.open_offer()) == ("planning", None)


def test_an_unpaid_project_needs_no_budget(hall):
    team = a_project(settlement="none")
    team.ready()
    assert team.offers().total == 0
    (made,) = team.accepts()
    assert made.settlement == "none"
    assert budget_of(team.project, team.project.roles()).left == 0


def test_milestones_of_a_part_are_those_of_its_agreement(hall):
    team = a_project()
    role = team.ready()
    team.offers()
    (made,) = team.accepts()
    assert [one.amount for one in made.milestones()] == [SKETCH, WHOLE - SKETCH]
    assert role.agreements() == [made]
