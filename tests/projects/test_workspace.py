"""The workspace: one thread, files, decisions and things to do, each for whoever it concerns."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from app.activity.recording import history
from app.activity.stateful import NotYours
from app.core import clock
from app.core.database import db
from app.notifications.models import Notification
from app.projects.failures import NothingToWrite
from app.projects.models import Note, ProjectFile
from app.projects.models.cast import Cast
from app.projects.plan import Plan
from tenants.isolation import scoped
from tests.factories import a_leader, a_member, acting, run_jobs
from tests.projects.arranging import a_project


@pytest.fixture
def team(hall):
    """A project under way: Sam makes the posters, Noor the stage; Ilja was asked to look after the lights."""
    made = a_project(settlement="none")
    made.posters = made.ready("Posters", "Sam Reyes", phase="On paper")
    made.stage = made.ready("Stage", "Noor Haddad", phase="On the square")
    made.offers()
    made.accepts()
    made.sam, made.noor = made.workers[made.posters.id], made.workers[made.stage.id]
    made.ilja = made.asked(made.role("Lights"), "Ilja Petrov")
    return made


def says(team, who, text, **more):
    sent = {"kind": "word", "readers": "everybody"} | more
    written = team.project.write(text, by=who, now=clock.now(), **sent)
    db.session.commit()
    return written


def a_file(name, words=b"North: 4.12 m"):
    return BytesIO(words), name


def sends(browser, team, **sent):
    data = {"text": "", "kind": "word", "readers": "everybody"} | sent
    return browser.post(f"/projects/{team.project.id}/talk", data=data, content_type="multipart/form-data")


def test_everybody_who_takes_part_reads_along_and_the_client_not_what_is_for_the_team(team, browser):
    here = f"/projects/{team.project.id}"
    sam, maya = browser(team.sam), browser(team.client)
    assert (
        sends(sam, team, text="Shall we hide the walrus?", readers="team", files=a_file("walrus.txt")).status_code
        == 302
    )
    # What the client writes they read themselves, whatever was sent.
    assert sends(maya, team, text="The square is ours from six.", kind="decision", readers="team").status_code == 302
    assert sends(maya, team, files=a_file("square.txt", b"20 by 30")).status_code == 302
    assert sends(maya, team).status_code == 422
    hidden, shared = (
        db.session.scalars(select(ProjectFile).where(scoped(ProjectFile), ProjectFile.name == name)).one()
        for name in ("walrus.txt", "square.txt")
    )
    pages = {who.name: browser(who).get(f"{here}/talk").text for who in (team.client, team.coordinator, team.noor)}
    assert "walrus" not in pages[team.client.name]
    assert all("The square is ours" in page for page in pages.values())
    assert "without the client" in pages[team.noor.name]
    for room in ("", "/files"):
        assert "walrus" not in maya.get(here + room).text
        assert "walrus" in sam.get(here + room).text
    assert "The square is ours" in sam.get(f"{here}/decisions").text
    answer = browser(team.noor).get(f"{here}/files/{shared.id}")
    assert (answer.status_code, answer.data) == (200, b"20 by 30")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert maya.get(f"{here}/files/{hidden.id}").status_code == 404
    # Whoever was only asked looks at the plan, and at nothing that was said; everybody else at nothing.
    asked, stranger, leader = browser(team.ilja), browser(a_member("Odile Brun")), browser(a_leader())
    assert asked.get(here).status_code == 200
    assert "The square is ours" not in asked.get(here).text
    for who in (asked, stranger, leader):
        assert who.get(f"{here}/talk").status_code == 403
        assert who.get(f"{here}/files/{shared.id}").status_code == 403
        assert sends(who, team, text="Let me in.").status_code == 403


def test_whoever_was_replaced_keeps_what_was_theirs_and_sees_nothing_new(team, browser):
    here = f"/projects/{team.project.id}"
    says(team, team.coordinator, "Black on white.", kind="decision")
    with clock.travel(to=clock.now() + timedelta(hours=1)):
        team.project.replace(team.stage, by=team.coordinator, why="She has moved away.", now=clock.now())
        db.session.commit()
    with clock.travel(to=clock.now() + timedelta(hours=2)):
        later = says(team, team.sam, "White on black after all.", kind="decision")
        noor = browser(team.noor)
        pages = [noor.get(here + room).text for room in ("", "/talk", "/decisions", "/files", "/tasks")]
    assert "Black on white." in pages[1]
    assert "Black on white." in pages[2]
    assert not any("White on black" in page for page in pages)
    assert "Somebody else goes on with your part" in pages[0]
    # Their own part, and nobody else's.
    assert "Stage" in pages[0]
    assert f"/gigs/{team.posters.gig_id}" not in pages[0]
    assert sends(noor, team, text="One more thing.").status_code == 403
    with pytest.raises(NotYours):
        says(team, team.noor, "One more thing.")
    told = history("project", team.project.id)[-1].data["told_ids"]
    assert str(team.noor.id) not in told
    assert str(later.author_id) not in told


def test_whoever_was_settled_with_is_not_back_once_the_reviews_are_out(team):
    agreement = team.stage.held()
    agreement.start(by=team.noor, now=clock.now())
    agreement.dispute(by=team.client, why="Nothing came.", now=clock.now())
    agreement.resolve(by=acting(a_leader()), outcome="ended", why="It ends here.", now=clock.now())
    db.session.commit()
    plan = Plan.of(Cast(team.project.roles()), ())
    assert not plan.steps[team.stage.id, 0].is_accepted
    with clock.travel(to=clock.now() + timedelta(days=1)):
        later = says(team, team.coordinator, "Somebody else builds the stage.")
    with clock.travel(to=clock.now() + timedelta(days=2)):
        agreement.review(now=clock.now())
        db.session.commit()
        db.session.expire_all()
        seat = team.project.seat_of(team.noor.id)
        assert (agreement.state, seat.side, seat.reads(later)) == ("reviewed", "former", False)
        plan = Plan.of(Cast(team.project.roles()), ())
        assert (plan.steps[team.stage.id, 0].is_accepted, plan.steps[team.stage.id, 0].worker_id) == (False, None)
        team.project.end(by=team.client, why="The fair is off.", now=clock.now() - timedelta(hours=1))
        db.session.commit()
        assert team.project.seat_of(team.noor.id).side == "former"


def test_what_is_to_be_done_stands_by_phase_with_whom_and_who_did_it(team, browser, outbox):
    here = f"/projects/{team.project.id}/tasks"
    leader, sam, maya = browser(team.coordinator), browser(team.sam), browser(team.client)
    sent = {"text": "Measure the square", "for_id": str(team.sam.id), "phase": "On the square", "readers": "team"}
    assert leader.post(here, data=sent).status_code == 302
    assert maya.post(here, data={"text": "Ask for the key", "readers": "everybody"}).status_code == 302
    assert leader.post(here, data=sent | {"for_id": str(team.ilja.id)}).status_code == 422
    assert leader.post(here, data=sent | {"text": ""}).status_code == 422
    # Nobody is given to do what they do not read.
    hidden = leader.post(here, data=sent | {"for_id": str(team.client.id)})
    assert hidden.status_code == 422
    assert "for the team alone" in hidden.text
    with pytest.raises(NotYours):
        says(team, team.coordinator, "Hide it.", kind="task", readers="team", for_id=team.client.id)
    db.session.rollback()
    page = sam.get(here).text
    assert page.index("On the square") < page.index("Measure the square") < page.index("Ask for the key")
    assert "for Sam Reyes" in page
    assert "Measure the square" not in maya.get(here).text
    task = db.session.scalars(select(Note).where(scoped(Note), Note.for_id == team.sam.id)).one()
    # What the client does not read they do not tick off either.
    assert maya.post(f"{here}/{task.id}/completion").status_code == 404
    assert sam.post(f"{here}/{task.id}/completion").status_code == 302
    assert "by Sam Reyes" in leader.get(here).text
    db.session.expire_all()
    assert (task.done_by, task.done_at is not None) == (team.sam.id, True)
    run_jobs()
    events = {
        (one.event, one.member_id)
        for one in db.session.scalars(select(Notification).where(scoped(Notification)))
        if one.event.startswith("project.write")
    }
    assert ("project.write.yours", team.sam.id) in events
    assert ("project.write.task", team.noor.id) in events
    assert ("project.write.task", team.client.id) not in events


def test_nothing_that_was_written_is_changed_and_nothing_is_added_after_the_end(team, application):
    rules = [rule for rule in application.url_map.iter_rules() if "/projects/<uuid:project_id>" in rule.rule]
    writing = {rule.endpoint for rule in rules if rule.methods & {"POST", "PUT", "PATCH", "DELETE"}}
    about_notes = {one for one in writing if one.split(".")[1] in ("write", "add_task", "complete", "revise", "remove")}
    assert about_notes == {"projects.write", "projects.add_task", "projects.complete"}
    with pytest.raises(NothingToWrite):
        says(team, team.sam, "   ")
    team.project.end(by=team.client, why="The fair is called off.", now=clock.now())
    db.session.commit()
    with pytest.raises(NothingToWrite):
        says(team, team.sam, "What now?")
    # Whose agreement ended with it was in it to the end.
    assert team.project.seat_of(team.sam.id).side == "worker"
