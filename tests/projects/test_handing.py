"""Somebody else leads a project on: asked, with their yes, and with the fee for what is accepted from then on."""

from datetime import timedelta

import pytest

from app.activity.stateful import NotYours
from app.core import clock
from app.core.database import db
from app.departures.departure import leave, remove
from app.departures.failures import StillNeeded
from app.payments.funding import fund
from app.payments.parts import parts_of, payments_of
from app.projects import jobs
from app.projects.failures import CannotLead, HandoverOpen, NobodyAsked
from app.projects.models.budget import budget_of
from tenants import restraints
from tenants.models import Member, Role
from tests.factories import a_leader, a_member, acting, run_jobs
from tests.payments.arranging import send_form
from tests.projects.arranging import SKETCH, WHOLE, a_project


def an_expert(category_id, name="Yara Haddad"):
    member = a_member(name)
    db.session.add(Role(member_id=member.id, category_id=category_id, role="expert", granted_at=clock.now()))
    db.session.commit()
    return acting(member)


@pytest.fixture
def running(hall):
    """A project under way, of one role in two milestones, with a fee of 10 % for whoever leads; Yara could lead it as well."""
    team = a_project()
    team.first = team.ready()
    team.offers()
    team.accepts()
    team.yara = an_expert(team.project.category_id)
    return team


def asks(team, who=None, *, by=None):
    db.session.expire_all()
    asked = team.project.hand_over(
        (who or team.yara).id, why="I move away.", by=by or team.coordinator, now=clock.now()
    )
    db.session.commit()
    return asked


def takes_on(team, who=None):
    db.session.expire_all()
    team.project.take_on(by=who or team.yara, now=clock.now())
    db.session.commit()


def test_nothing_changes_before_the_yes_and_everything_with_it(running, outbox):
    asks(running)
    assert running.project.coordinator_id == running.coordinator.id
    takes_on(running)
    project, role = running.project, running.first
    assert (project.coordinator_id, role.gig.coordinator_id) == (running.yara.id, running.yara.id)
    assert role.held().state == "agreed"
    with pytest.raises(NotYours):
        project.hand_over(running.coordinator.id, why="Back.", by=running.coordinator, now=clock.now())
    db.session.rollback()
    assert project.is_party(running.coordinator.id)
    running.coordinator = running.yara
    running.ready("Stage", "Kwabena Asante")
    running.offers()
    running.accepts()
    run_jobs()
    assert {"maya-okafor@example.org", "tomasz-nowak@example.org", "sam-reyes@example.org"} == {
        mail.to for mail in outbox.all if "leads the project" in mail.subject
    }


def test_of_the_fee_each_has_what_was_accepted_while_they_led(running, money, outbox):
    made, worker = running.first.held(), running.workers[running.first.id]

    def pays(position):
        db.session.expire_all()
        page = fund(parts_of(made)[position], by=running.client, now=clock.now())
        db.session.commit()
        send_form(page, card="pm_card_visa")
        money.arrive()

    def whose_fee(position):
        db.session.expire_all()
        wanted = parts_of(made)[position].id
        (payment,) = [one for one in payments_of(made.id) if one.milestone_id == wanted]
        return [(one.party_id, one.amount) for one in payment.shares() if one.kind == "coordinator"]

    # The second part is held, the first is accepted and not paid yet, when it changes hands.
    pays(1)
    running.delivers(running.first)
    with clock.travel(to=clock.now() + timedelta(days=1)):
        asks(running)
        takes_on(running)
        pays(0)
        assert whose_fee(0) == [(running.coordinator.id, SKETCH // 10)]
        made.deliver(by=worker, note="The rest.", now=clock.now())
        made.accept(by=running.client, seen=made.waiting_delivery().id, now=clock.now())
        db.session.commit()
        assert whose_fee(1) == [(running.yara.id, (WHOLE - SKETCH) // 10)]
    sums = budget_of(running.project, running.project.roles()).sums
    assert (sums.coordinator, sums.paid) == (WHOLE // 10, WHOLE * 11 // 10)


def test_only_whoever_runs_the_field_and_is_not_in_it_can_be_asked(running):
    project, worker = running.project, running.workers[running.first.id]
    advising = an_expert(project.category_id, "Odile Brun")
    for who in (acting(a_member("Kwabena Asante")), worker, running.client, running.coordinator):
        with pytest.raises(CannotLead):
            asks(running, who)
        db.session.rollback()
    with pytest.raises(NotYours):
        asks(running, by=running.client)
    db.session.rollback()
    asks(running, acting(a_leader()))
    with pytest.raises(HandoverOpen):
        asks(running, advising)
    db.session.rollback()
    with pytest.raises(NotYours):
        project.take_on(by=advising, now=clock.now())
    db.session.rollback()
    project.ask_no_more(by=running.coordinator, now=clock.now())
    db.session.commit()
    asks(running, advising)
    project.decline_to_lead(by=advising, why="Too much at once.", now=clock.now())
    db.session.commit()
    with pytest.raises(NobodyAsked):
        project.take_on(by=advising, now=clock.now())


def test_a_question_that_nobody_answers_is_asked_no_more(running, outbox):
    asked = asks(running)
    with clock.travel(to=asked.remind_at + timedelta(minutes=1)):
        jobs.tick()
        run_jobs()
        assert "You are asked to lead" in outbox.to("yara-haddad@example.org").subject
    with clock.travel(to=asked.deadline_at + timedelta(minutes=1)):
        jobs.tick()
        run_jobs()
        db.session.expire_all()
        assert (asked.state, running.project.open_handover()) == ("lapsed", None)
        assert "Nobody has said yet" in outbox.to("tomasz-nowak@example.org").subject


@pytest.mark.parametrize("how", ["term", "suspended"])
def test_where_the_coordinator_cannot_lead_the_client_asks_somebody(running, outbox, how):
    project, now = running.project, clock.now()
    if how == "term":
        db.session.query(Role).filter_by(member_id=running.coordinator.id).update({"until": now})
    else:
        kept = restraints.written(
            [restraints.Restraint(project.id, frozenset(restraints.DEEDS), now + timedelta(days=9))]
        )
        db.session.get(Member, (project.tenant_id, running.coordinator.id)).restraints = kept
    db.session.commit()
    jobs.tick()
    run_jobs()
    db.session.expire_all()
    assert project.unled_at is not None
    assert "Nobody leads" in outbox.to("maya-okafor@example.org").subject
    told = len(outbox.all)
    jobs.tick()
    run_jobs()
    assert len(outbox.all) == told
    asks(running, by=running.client)
    takes_on(running)
    assert (project.coordinator_id, project.unled_at) == (running.yara.id, None)


def test_whoever_is_back_in_time_leads_on(running):
    role = db.session.query(Role).filter_by(member_id=running.coordinator.id).one()
    role.until = clock.now()
    db.session.commit()
    jobs.look_after_leaders(now=clock.now())
    assert running.project.unled_at is not None
    role.until = None
    db.session.commit()
    jobs.look_after_leaders(now=clock.now())
    assert running.project.unled_at is None


def test_a_coordinator_leaves_once_it_is_handed_over(running):
    with pytest.raises(StillNeeded):
        leave(running.coordinator, now=clock.now())
    db.session.rollback()
    asks(running)
    takes_on(running)
    leave(running.coordinator, now=clock.now())
    db.session.commit()
    assert running.project.state == "running"


def test_a_coordinator_who_is_removed_leaves_a_project_that_somebody_else_can_lead(running):
    ines = acting(a_leader())
    remove(running.coordinator.id, by=ines, rule="Be kind", why="Three warnings.", now=clock.now())
    db.session.commit()
    db.session.expire_all()
    assert (running.first.gig.coordinator_id, running.first.held().state) == (None, "agreed")
    asks(running, by=running.client)
    remove(running.yara.id, by=ines, rule="Be kind", why="Hers too.", now=clock.now())
    db.session.commit()
    assert running.project.open_handover() is None
    asks(running, ines, by=running.client)
    takes_on(running, ines)
    assert running.first.gig.coordinator_id == ines.id


def test_a_project_that_ends_asks_nobody_any_more(running):
    asked = asks(running)
    running.project.end(by=running.client, why="The fair is off.", now=clock.now())
    db.session.commit()
    assert asked.state == "taken_back"


def test_it_is_handed_over_page_by_page(running, browser):
    here = f"/projects/{running.project.id}"
    leader, client, yara = browser(running.coordinator), browser(running.client), browser(running.yara)
    worker = browser(running.workers[running.first.id])
    assert "Hand the project over" in leader.get(here).text
    assert "Hand the project over" not in client.get(here).text
    for whose in (client, yara, worker):
        assert whose.get(f"{here}/handover").status_code == 403
        assert whose.post(f"{here}/handover").status_code == 403
    assert "Yara Haddad" in leader.get(f"{here}/handover").text
    sent = {"to_id": str(running.yara.id), "note": "I move away."}
    assert leader.post(f"{here}/handover", data=sent | {"note": ""}).status_code == 422
    assert leader.post(f"{here}/handover", data=sent | {"to_id": str(running.client.id)}).status_code == 422
    assert leader.post(f"{here}/handover", data=sent).status_code == 302
    assert leader.get(f"{here}/handover").status_code == 409
    assert "has not answered yet" in leader.get(here).text
    page = yara.get(here).text
    assert "asks you to lead this project" in page
    assert "€490" in page
    for whose in (client, leader, worker):
        assert whose.post(f"{here}/handover/acceptance").status_code == 403
        assert whose.get(f"{here}/handover/refusal").status_code == 403
    assert yara.get(f"{here}/handover/refusal").status_code == 200
    assert yara.post(f"{here}/handover/refusal", data={"reason": ""}).status_code == 422
    assert leader.post(f"{here}/handover/return").status_code == 302
    assert leader.post(f"{here}/handover", data=sent).status_code == 302
    assert yara.post(f"{here}/handover/acceptance").status_code == 302
    assert "Add a role" in yara.get(here).text
    assert "led it until" in leader.get(here).text
    assert leader.post(f"{here}/roles", data={}).status_code == 403
