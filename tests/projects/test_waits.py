"""Who waits for whom: milestones of one role for those of another, never in a circle; a late one says whom it holds up."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activity.stateful import NotYours
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.projects.failures import UnusableWait
from app.projects.models.cast import Cast
from app.projects.models.wait import goes_in_a_circle
from app.projects.plan import Plan
from tests.projects.arranging import a_project

ROLES = [UUID(int=number) for number in range(1, 5)]
places = st.tuples(st.sampled_from(ROLES), st.integers(0, 3))


@pytest.fixture
def team(hall):
    """A project under way: posters and a stage, each in two milestones; the lights look for somebody."""
    made = a_project()
    made.posters = made.ready("Posters", "Sam Reyes")
    made.stage = made.ready("Stage", "Noor Haddad")
    made.lights = made.role("Lights")
    made.offers()
    made.accepts()
    return made


def waits(team, one, other):
    said = team.project.let_wait(one, other, by=team.coordinator)
    db.session.commit()
    return said


@given(st.lists(st.tuples(places, places), max_size=12))
def test_whatever_is_said_in_whichever_order_somebody_can_always_begin(said):
    taken = []
    for one, other in said:
        if one[0] != other[0] and not goes_in_a_circle(taken, one, other):
            taken.append((one, other))
    # Do whatever waits for nothing that is still to be done, until all is done.
    left = {(role, part) for role in ROLES for part in (1, 2, 3)}
    while left:
        free = {place for place in left if not any(_is_before(left, place, one, other) for one, other in taken)}
        free = {(role, part) for role, part in free if not any((role, before) in left for before in range(1, part))}
        assert free
        left -= free


def _is_before(left, place, one, other):
    """Whether what waits is this place, and what it waits for is not done."""
    if place != (one[0], one[1] or 1):
        return False
    return any(role == other[0] and other[1] in (0, part) for role, part in left)


def test_no_circle_is_taken_however_long_and_only_the_coordinator_says_so(team):
    posters, stage, lights = team.posters.id, team.stage.id, team.lights.id
    first = waits(team, (stage, 1), (posters, 1))
    assert waits(team, (stage, 1), (posters, 1)).id == first.id
    # The second poster may wait for the first of the stage, the first may not.
    waits(team, (posters, 2), (stage, 1))
    for one, other in (
        ((posters, 1), (stage, 1)),
        ((posters, 1), (stage, 2)),
        ((posters, 0), (stage, 0)),
        ((stage, 2), (stage, 1)),
        ((stage, 3), (posters, 1)),
        ((UUID(int=7), 1), (posters, 1)),
    ):
        with pytest.raises(UnusableWait):
            waits(team, one, other)
        db.session.rollback()
    waits(team, (lights, 0), (stage, 0))
    with pytest.raises(UnusableWait):
        waits(team, (posters, 1), (lights, 0))
    db.session.rollback()
    with pytest.raises(NotYours):
        team.project.let_wait((stage, 2), (posters, 2), by=team.client)
    db.session.rollback()
    team.project.wait_no_more(first.id, by=team.coordinator)
    with pytest.raises(NotFound):
        team.project.wait_no_more(first.id, by=team.coordinator)


def test_a_late_milestone_says_whom_it_holds_up_until_it_is_accepted(team, browser):
    here = f"/projects/{team.project.id}"
    leader = browser(team.coordinator)
    sent = {"waiting": f"{team.stage.id}.2", "awaited": f"{team.posters.id}.1"}
    assert leader.post(f"{here}/waits", data=sent).status_code == 302
    assert leader.post(f"{here}/waits", data={"waiting": sent["awaited"], "awaited": "nothing"}).status_code == 422
    back = {"waiting": f"{team.posters.id}.1", "awaited": f"{team.stage.id}.2"}
    refused = leader.post(f"{here}/waits", data=back)
    assert refused.status_code == 422
    assert "goes in a circle" in refused.text
    assert browser(team.client).get(f"{here}/waits").status_code == 403
    db.session.expire_all()
    sketch = team.posters.held().milestones()[0]
    sketch.due_on = clock.now().date() - timedelta(days=2)
    db.session.commit()
    for who in (team.client, team.coordinator, team.workers[team.stage.id]):
        page = browser(who).get(here).text
        assert "“Sketch” is late and holds up The rest (Noor Haddad)." in page
        assert "Posters: Sketch" in page
    team.delivers(team.posters)
    page = browser(team.client).get(here).text
    assert "holds up The rest" not in page
    assert "Posters: Sketch" in page


def test_who_waits_for_a_whole_role_waits_for_its_last_milestone(team):
    waits(team, (team.lights.id, 0), (team.posters.id, 0))
    sketch, rest = team.posters.held().milestones()
    sketch.due_on = rest.due_on = clock.now().date() - timedelta(days=2)
    db.session.commit()
    plan = Plan.of(Cast(team.project.roles()), team.project.pairs())
    assert [(step.title, [one.title for one in held]) for step, held in plan.late(clock.now().date())] == [
        ("The rest", ["Lights"])
    ]


def test_a_role_that_is_late_is_told_of_beside_its_milestones_and_nobody_who_was_only_asked(team, browser):
    waits(team, (team.lights.id, 0), (team.posters.id, 1))
    team.asked(team.lights, "Ilja Petrov")
    sketch, _rest = team.posters.held().milestones()
    sketch.due_on = clock.now().date() - timedelta(days=2)
    db.session.commit()
    page = browser(team.client).get(f"/projects/{team.project.id}").text
    assert "“Sketch” is late and holds up Lights." in page
    # A role without a late milestone of its own says itself that it is late.
    waits(team, (team.lights.id, 0), (team.stage.id, 0))
    plan = Plan.of(Cast(team.project.roles()), team.project.pairs())
    today = clock.now().date()
    whole = replace(plan.steps[team.stage.id, 0], due_on=today - timedelta(days=1))
    late = replace(plan, steps=plan.steps | {whole.place: whole}).late(today)
    assert ("Stage", ["Lights"]) in [(step.title, [one.title for one in held]) for step, held in late]
