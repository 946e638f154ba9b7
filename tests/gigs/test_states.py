"""Every transition of the table happens, and nothing else does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.recording import history
from app.core import clock
from app.core.database import db
from app.core.transitions import WrongState
from app.gigs.models import DueDatePassed, Gig, ReasonMissing
from app.gigs.states import GIG
from tenants.models import TenantVersions
from tests.factories import a_gig, a_leader, a_member

# How a person or the clock brings each row about. The last seat and a freed one bring about `fill` and `reopen`.
VERBS = {
    "publish": lambda gig, by: gig.publish(by=by),
    "submit": lambda gig, by: gig.submit(by=by),
    "approve": lambda gig, by: gig.approve(by=by),
    "return": lambda gig, by: gig.hand_back(by=by, why="Please add a date."),
    "withdraw": lambda gig, by: gig.withdraw(by=by),
    "pause": lambda gig, by: gig.pause(by=by, why="We are away."),
    "resume": lambda gig, by: gig.resume(by=by),
    "hold": lambda gig, by: gig.hold(now=clock.now()),
    "release": lambda gig, by: gig.release(),
    "fill": lambda gig, by: gig.take_seat(by=by),
    "reopen": lambda gig, by: gig.free_seat(by=by, why="They moved away."),
    "close": lambda gig, by: gig.close(by=by, why="We found somebody."),
    "expire": lambda gig, by: gig.expire(),
    "renew": lambda gig, by: gig.renew(by=by),
    "discard": lambda gig, by: gig.discard(by=by),
    "remove": lambda gig, by: gig.remove(by=by, why="It breaks rule 3."),
    "merge": lambda gig, by: gig.become_part_of(Gig.begin(by=by), by=by, why="It is the same wall."),
    "restore": lambda gig, by: gig.restore(by=by),
}
BY_CLOCK = {"expire", "hold", "release"}
# A seat is counted in any state, and only in these does that change the state.
SEATS = {"fill", "reopen"}
PAIRS = [(state, verb) for state in GIG.states for verb in VERBS]


def test_every_row_of_the_table_is_brought_about_by_a_verb():
    assert {row.verb for row in GIG.transitions} == set(VERBS)


@pytest.mark.parametrize(("state", "verb"), [pair for pair in PAIRS if GIG.allows(*pair)])
def test_what_the_table_allows_happens_and_is_written_down_once(hall, state, verb):
    maya = a_member()
    gig = in_state(state, by=maya)
    before = len(history("gig", gig.id))

    VERBS[verb](gig, maya)

    row = GIG.transition(state, verb)
    facts = history("gig", gig.id)[before:]
    assert gig.state == row.to
    assert [(fact.verb, fact.from_state, fact.to_state) for fact in facts] == [(verb, state, row.to)]
    assert bool(facts[0].reason) == row.needs_reason or verb == "reopen"
    assert facts[0].actor_id == (None if verb in BY_CLOCK else maya.id)


@pytest.mark.parametrize(("state", "verb"), [(s, v) for s, v in PAIRS if not GIG.allows(s, v) and v not in SEATS])
def test_what_the_table_does_not_hold_is_refused(hall, state, verb):
    maya = a_member()
    gig = in_state(state, by=maya)

    with pytest.raises(WrongState):
        VERBS[verb](gig, maya)

    assert gig.state == state
    assert history("gig", gig.id) == []


@pytest.mark.parametrize("row", [row for row in GIG.transitions if row.needs_reason], ids=lambda row: row.verb)
def test_what_needs_a_reason_is_refused_without_one(hall, row):
    maya = a_member()
    gig = in_state(row.from_[0], by=maya)

    with pytest.raises(ReasonMissing):
        gig.move(row.verb, by=maya, why="  ")

    assert gig.state == row.from_[0]


def test_a_gig_runs_for_the_tenants_span_to_the_end_of_its_last_day(hall):
    gig = in_state("draft", by=a_member())

    gig.publish(by=a_leader())

    assert gig.expires_at == clock.end_of_day(clock.today("UTC") + timedelta(days=60), "UTC")


def test_a_renewed_gig_runs_for_another_span(hall):
    maya = a_member()
    gig = in_state("draft", by=maya)
    gig.publish(by=maya)

    with clock.travel(to=gig.expires_at):
        gig.expire()
        gig.renew(by=maya)

        assert gig.is_open
        assert gig.expires_at == clock.end_of_day(clock.today("UTC") + timedelta(days=60), "UTC")


def test_a_gig_that_was_due_is_not_renewed_before_it_has_a_new_date(hall):
    maya = a_member()
    gig = in_state("expired", by=maya)
    gig.due_on = clock.today("UTC") - timedelta(days=1)

    with pytest.raises(DueDatePassed):
        gig.renew(by=maya)


def test_a_gig_that_filled_while_it_rested_resumes_as_filled(hall):
    maya = a_member()
    gig = in_state("paused", by=maya, seats=2, seats_taken=1)
    gig.seats = 1

    gig.resume(by=maya)

    assert gig.state == "filled"


def test_a_gig_whose_places_became_fewer_is_renewed_as_filled(hall):
    maya = a_member()
    gig = in_state("expired", by=maya, seats=3, seats_taken=1)
    gig.revise({"seats": 1}, by=maya)

    gig.renew(by=maya)

    assert gig.state == "filled"


def test_a_copy_is_a_draft_that_says_the_same(hall):
    maya, sam = a_member(), a_member("Sam Hill")
    gig = in_state("closed", by=maya, due_on=clock.today("UTC") - timedelta(days=3))
    gig.set_skills("needed", ["Lettering", "Signage"])

    copy = gig.duplicate(by=sam)

    assert (copy.state, copy.author_id, copy.copied_from, copy.title) == ("draft", sam.id, gig.id, gig.title)
    assert copy.skills("needed") == ["Lettering", "Signage"]
    assert copy.due_on is None


def in_state(state: str, *, by, **columns) -> Gig:
    """Return a gig that is in a state without having lived through the ones before."""
    taken = {"seats_taken": 1} if state == "filled" else {}
    gig = a_gig(by=by, **taken | columns)
    gig.state, gig.published_at, gig.expires_at = state, clock.now(), clock.now() + timedelta(days=9)
    db.session.flush()
    return gig


@pytest.mark.parametrize(("state", "verb"), [pair for pair in PAIRS if GIG.allows(*pair)])
def test_every_change_makes_pages_that_show_gigs_anew(hall, state, verb):
    maya = a_member()
    gig = in_state(state, by=maya)
    db.session.commit()
    before = gigs_version(hall)

    VERBS[verb](gig, maya)
    db.session.commit()

    assert gigs_version(hall) == before + 1


def gigs_version(hall) -> int:
    return db.session.scalar(select(TenantVersions.gigs).where(TenantVersions.tenant_id == hall.id))
