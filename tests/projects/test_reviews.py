"""What everybody says of a project as a whole, and of whoever led it: blind until all are in or the time is over."""

from datetime import timedelta

import pytest

from app.activity.models import Activity
from app.activity.recording import history
from app.activity.stateful import NotYours
from app.core import clock
from app.core.database import db
from app.departures.departure import remove
from app.mandates.failures import HelperAndHelped
from app.reviews import jobs
from app.reviews.failures import AlreadyReviewed, NotToBeReviewed, UnknownRating
from app.reviews.of_projects import ProjectReview, awaited, reviews_of_project
from app.reviews.project_queries import as_led, led_by
from tests.assisting.arranging import a_mandate
from tests.factories import a_leader, a_member, acting, run_jobs
from tests.projects.arranging import a_project, member_of


@pytest.fixture
def team(hall):
    """A finished project, unpaid: Sam made the posters, Noor began with the stage and Ilja ended it."""
    made = a_project(settlement="none")
    made.posters = made.ready("Posters", "Sam Reyes")
    made.stage = made.ready("Stage", "Noor Haddad")
    made.offers()
    made.accepts()
    made.noor = made.workers[made.stage.id]
    made.project.replace(made.stage, by=made.coordinator, why="She has moved away.", now=clock.now())
    db.session.commit()
    db.session.expire_all()
    made.asked(made.stage, "Ilja Petrov")
    made.says_yes(made.stage)
    made.offers()
    made.accepts()
    for role in (made.posters, made.stage):
        made.delivers(role)
        made.delivers(role)
    made.project.finish(by=made.client, now=clock.now())
    db.session.commit()
    made.sam, made.ilja = made.workers[made.posters.id], made.workers[made.stage.id]
    return made


def says(team, who, *, rating=5, leading=4, text="Calm and exact."):
    leads = who.id == team.coordinator.id
    review = ProjectReview.write(
        team.project, by=who, rating=rating, leading=None if leads else leading, text=text, leading_text="Early and kind.",
        now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    return review


def test_nobody_reads_anything_before_the_last_has_written(team, browser, outbox):
    here, everybody = f"/projects/{team.project.id}", [team.client, team.coordinator, team.sam, team.noor, team.ilja]
    for who in everybody[:-1]:
        says(team, who, text=f"{who.name} has seen it.")
    assert not led_by(team.coordinator.id)
    page = browser(team.ilja).get(here).text
    assert "4 people have written" in page
    assert "has seen it" not in page
    assert "Maya" in browser(team.client).get(here).text
    sent = {"rating": "5", "text": "Ilja too.", "leading": "2", "leading_text": "Late with every answer."}
    assert browser(team.ilja).post(f"{here}/reviews", data=sent).status_code == 302
    page = browser(team.sam).get(here).text
    assert all(f"{who.name} has seen it." in page for who in everybody[:-1])
    assert "Late with every answer." in page
    rows = led_by(team.coordinator.id)
    # The coordinator said nothing of themselves.
    assert (len(rows), rows[0].total, rows[0].average) == (4, 4, 3.5)
    assert as_led(rows[0])["author"].name
    profile = browser(a_member("Odile Brun")).get(f"/people/{team.coordinator.id}").text
    assert "As the leader of projects" in profile
    assert "Late with every answer." in profile
    run_jobs()
    assert team.project.reviews_until is None


def test_who_does_not_belong_and_who_has_written_is_refused(team, browser):
    with pytest.raises(NotYours):
        says(team, acting(a_member("Odile Brun")))
    for wrong in ({"rating": 6}, {"leading": None}, {"leading": 0}):
        with pytest.raises(UnknownRating):
            says(team, team.sam, **wrong)
    says(team, team.sam)
    with pytest.raises(AlreadyReviewed):
        says(team, team.sam)
    db.session.rollback()
    form = f"/projects/{team.project.id}/reviews/new"
    assert browser(team.sam).get(form).status_code == 409
    assert "How was it led?" not in browser(team.coordinator).get(form).text
    assert "How was it led?" in browser(team.noor).get(form).text
    assert browser(team.noor).post(f"/projects/{team.project.id}/reviews", data={"rating": "9"}).status_code == 422


def test_when_the_time_is_over_it_comes_out_and_nobody_adds_to_it(team, outbox):
    says(team, team.sam)
    until = team.project.reviews_until
    with clock.travel(to=team.project.remind_at + timedelta(minutes=1)):
        jobs.tick()
        db.session.commit()
        run_jobs()
    (reminder,) = [one for one in history("project", team.project.id) if one.verb == "reminded"]
    missing = {team.client.id, team.coordinator.id, team.noor.id, team.ilja.id}
    assert set(reminder.data["owner_ids"]) == {str(one) for one in missing}
    with clock.travel(to=until + timedelta(minutes=1)):
        jobs.tick()
        db.session.commit()
        run_jobs()
        assert len(led_by(team.coordinator.id)) == 1
        with pytest.raises(NotToBeReviewed):
            says(team, team.noor)
    told = [one for one in history("project", team.project.id) if one.verb == "publish_reviews"]
    assert len(told) == 1
    assert len(told[0].data["told_ids"]) == 5


def test_whoever_leaves_is_not_waited_for_and_their_words_stay(team):
    leader = acting(a_leader())
    says(team, team.noor, text="It was a good stage.")
    for gone in (team.noor, team.sam):
        remove(gone.id, by=leader, rule="Answer", why="No answer for weeks.", now=clock.now())
    db.session.commit()
    assert awaited(team.project) == {team.client.id, team.coordinator.id, team.ilja.id}
    for who in (team.client, team.coordinator, team.ilja):
        says(team, who)
    assert "It was a good stage." in [one.text for one in reviews_of_project(team.project.id) if one.is_published]
    assert as_led(led_by(team.coordinator.id)[-1])["author"].name == "Former member"


def test_what_came_to_nothing_is_not_reviewed(hall):
    team = a_project()
    team.project.give_up(by=team.coordinator, why="Nobody could be found.", now=clock.now())
    db.session.commit()
    assert team.project.reviews_until is None
    with pytest.raises(NotToBeReviewed):
        ProjectReview.write(team.project, by=team.client, rating=5, leading=5, now=clock.now())
    assert db.session.query(Activity).filter_by(verb="publish_reviews").count() == 0


def test_moderators_take_one_out_of_sight(team, browser):
    for who in (team.client, team.coordinator, team.sam, team.noor, team.ilja):
        said = says(team, who, text=f"Words of {who.name}.")
    leader, reader = browser(a_leader()), browser(a_member("Odile Brun"))
    report = f"/reports/new/project_review/{said.id}"
    assert reader.get(report).status_code == 200
    sent = {"words": "It names my children.", "rule": "Somebody else"}
    assert reader.post(report, data=sent).status_code in (302, 422)
    said.hidden_at = clock.now()
    db.session.commit()
    assert "Words of Ilja Petrov." not in browser(team.sam).get(f"/projects/{team.project.id}").text
    assert len(led_by(team.coordinator.id)) == 3
    assert leader.get(f"/people/{team.coordinator.id}").status_code == 200


def test_whoever_ever_acted_for_its_coordinator_praises_them_for_nothing(team, browser):
    mandate = a_mandate(member_of(team.sam), member_of(team.coordinator))
    mandate.end(by=team.sam, now=clock.now())
    db.session.commit()
    with pytest.raises(HelperAndHelped):
        says(team, team.sam)
    assert browser(team.sam).get(f"/projects/{team.project.id}/reviews/new").status_code == 403
    says(team, team.noor)
