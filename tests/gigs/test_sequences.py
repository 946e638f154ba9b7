"""Whatever is done to a gig, in whatever order: its state and its seats fit together, and its history is whole."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.activity.recording import history
from app.core.database import db
from app.core.errors import ProductError
from app.gigs.states import GIG
from tests.factories import a_gig, a_leader, a_member

VERBS = {
    "publish": lambda gig, by: gig.publish(by=by),
    "submit": lambda gig, by: gig.submit(by=by),
    "approve": lambda gig, by: gig.approve(by=by),
    "hand back": lambda gig, by: gig.hand_back(by=by, why="Not yet."),
    "withdraw": lambda gig, by: gig.withdraw(by=by),
    "pause": lambda gig, by: gig.pause(by=by, why="Away."),
    "resume": lambda gig, by: gig.resume(by=by),
    "take a seat": lambda gig, by: gig.take_seat(by=by),
    "free a seat": lambda gig, by: gig.free_seat(by=by),
    "stop applications": lambda gig, by: gig.stop_applications(by=by),
    "take applications": lambda gig, by: gig.take_applications(by=by),
    "expire": lambda gig, by: gig.expire(),
    "renew": lambda gig, by: gig.renew(by=by),
    "one seat": lambda gig, by: gig.revise({"seats": 1}, by=by),
    "three seats": lambda gig, by: gig.revise({"seats": 3}, by=by),
    "close": lambda gig, by: gig.close(by=by, why="Done."),
    "discard": lambda gig, by: gig.discard(by=by),
    "remove": lambda gig, by: gig.remove(by=by, why="Rule 3."),
    "restore": lambda gig, by: gig.restore(by=by),
}
# Ends are rarer than what can go on for long.
LIVELY = [verb for verb in VERBS if verb not in ("close", "discard", "remove")]
STEPS = st.lists(st.sampled_from([*LIVELY, *LIVELY, *VERBS]), min_size=4, max_size=30)


@pytest.fixture
def people(hall):
    return a_member(), a_leader()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, seats=st.integers(1, 3))
def test_states_and_seats_never_break(people, steps, seats):
    author, leader = people
    gig = a_gig(by=author, seats=seats)

    for step in ["publish", *steps]:
        before = (gig.state, gig.seats_taken)
        try:
            VERBS[step](gig, leader)
        except ProductError:
            assert (gig.state, gig.seats_taken) == before, step
        db.session.flush()
        _check(gig)


def _check(gig):
    assert 0 <= gig.seats_taken <= gig.seats
    assert gig.state != "filled" or gig.seats_taken == gig.seats
    assert gig.state != "open" or gig.seats_taken < gig.seats
    assert gig.state in ("draft", "in_review", "removed") or gig.published_at is not None
    facts = [fact for fact in history("gig", gig.id) if fact.to_state]
    for earlier, later in pairwise(facts):
        assert later.from_state == earlier.to_state
    for fact in facts:
        if GIG.allows(fact.from_state, fact.verb):
            assert GIG.transition(fact.from_state, fact.verb).to == fact.to_state
    assert not facts or facts[-1].to_state == gig.state
