"""While the lead changes: who pays in is paid by one or the other, whom nobody needs is asked no more, and who led finds it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.core import clock
from app.core.database import db
from app.payments.funding import fund
from app.payments.parts import parts_of, payments_of
from app.projects import jobs
from app.projects.models import Project
from app.projects.queries import projects_of
from app.reviews.of_projects import ProjectReview
from tenants.models import Role
from tests.factories import a_leader, acting
from tests.projects.arranging import a_project


@pytest.fixture
def team(hall):
    """A project under way, of one role; Ines, a leader of the marketplace, could lead it as well."""
    made = a_project()
    made.first = made.ready()
    made.offers()
    made.accepts()
    made.ines = acting(a_leader())
    return made


def asks(team, by):
    db.session.expire_all()
    asked = team.project.hand_over(team.ines.id, why="Please.", by=by, now=clock.now())
    db.session.commit()
    return asked


def takes_on(team):
    db.session.expire_all()
    team.project.take_on(by=team.ines, now=clock.now())
    db.session.commit()


def out_of_office(team, *, until):
    """Let the coordinator's term end, or go on."""
    db.session.query(Role).filter_by(member_id=team.coordinator.id).update({"until": until})
    db.session.commit()
    jobs.look_after_leaders(now=clock.now())
    db.session.commit()


def test_whom_the_client_asked_is_not_needed_once_the_leader_is_back(team):
    out_of_office(team, until=clock.now())
    asked = asks(team, team.client)
    out_of_office(team, until=None)
    assert (team.project.unled_at, asked.state) == (None, "taken_back")
    # Whom the coordinator asked is another matter, and it is theirs to take back, whoever asked.
    theirs = asks(team, team.coordinator)
    out_of_office(team, until=clock.now())
    out_of_office(team, until=None)
    assert theirs.state == "asked"
    theirs.asked_by = team.client.id
    db.session.flush()
    team.project.ask_no_more(by=team.coordinator, now=clock.now())
    assert theirs.state == "taken_back"


def test_whoever_took_it_on_meanwhile_is_not_taken_for_one_who_is_gone(team, monkeypatch):
    asks(team, team.coordinator)
    db.session.query(Role).filter_by(member_id=team.coordinator.id).update({"until": clock.now()})
    db.session.commit()

    def meanwhile(_project_id):
        takes_on(team)
        return team.project

    monkeypatch.setattr(jobs, "project_or_404", meanwhile)
    jobs.look_after_leaders(now=clock.now())
    assert (team.project.coordinator_id, team.project.unled_at) == (team.ines.id, None)


def test_nobody_begins_to_pay_while_the_lead_changes(team, statements):
    asks(team, team.coordinator)
    statements.clear()
    takes_on(team)
    funding = next(at for at, said in enumerate(statements) if "pg_advisory_xact_lock" in said)
    gigs = next(at for at, said in enumerate(statements) if "FROM gigs" in said and " FOR UPDATE" in said)
    assert funding < gigs


def test_whoever_waited_to_pay_pays_whoever_leads_now(team, money):
    part = parts_of(team.first.held())[0]
    assert part.terms.coordinator_id == team.coordinator.id
    # As another transaction does it, of which this one knows nothing yet.
    moved = update(Project).values(coordinator_id=team.ines.id)
    db.session.execute(moved.execution_options(synchronize_session=False))
    fund(part, by=team.client, now=clock.now())
    (payment,) = payments_of(part.agreement.id)
    assert payment.frozen_terms.coordinator_id == team.ines.id


def test_who_is_asked_to_lead_and_who_led_find_it(team, browser):
    asks(team, team.coordinator)
    assert team.project in projects_of(team.ines.id)
    assert "you are asked to lead it" in browser(team.ines).get("/projects").text
    takes_on(team)
    assert team.project in projects_of(team.coordinator.id)
    led = browser(team.coordinator)
    assert "you have led it" in led.get("/projects").text
    page = led.get(f"/projects/{team.project.id}").text
    assert "You have led this project" in page
    assert "Your own part is on its agreement" not in page
    assert 'id="roles"' not in page


def test_the_leading_is_reviewed_of_whoever_led_the_writer(hall, browser):
    team, ines = a_project(settlement="none"), acting(a_leader())
    posters, stage = team.ready("Posters", "Sam Reyes"), team.ready("Stage", "Noor Haddad")
    team.offers()
    team.accepts()
    sam, noor = team.workers[posters.id], team.workers[stage.id]
    team.project.replace(stage, by=team.coordinator, why="She has moved away.", now=clock.now())
    db.session.commit()
    with clock.travel(to=clock.now() + timedelta(days=1)):
        team.ines = ines
        asks(team, team.coordinator)
        takes_on(team)
    with clock.travel(to=clock.now() + timedelta(days=2)):
        db.session.expire_all()
        team.project.end(by=team.client, why="The fair is off.", now=clock.now())
        db.session.commit()
        here = f"/projects/{team.project.id}/reviews/new"
        assert "Tomasz" in browser(noor).get(here).text
        assert "Tomasz" not in browser(sam).get(here).text
        said = {
            who.id: ProjectReview.write(team.project, by=who, rating=5, leading=4, now=clock.now()).coordinator_id
            for who in (noor, sam, team.client)
        }
    assert said == {noor.id: team.coordinator.id, sam.id: ines.id, team.client.id: ines.id}
