"""Whatever people try in whatever order: never an illegal state, never a seat too many, always somebody whose turn it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.activity.recording import history
from app.agreements.models import Agreement
from app.agreements.states import AGREEMENT, BINDING, NEGOTIATED
from app.agreements.terms import MilestoneTerms, Terms
from app.applications.models import Application
from app.applications.raising import raise_hand
from app.applications.states import APPLICATION
from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from app.gigs.models import Gig
from app.gigs.states import GIG
from app.reviews.publishing import review
from tests.factories import a_leader, a_member, acting

PEOPLE = ("author", "one", "two", "leader")
TERMS = Terms(title="A sign", settlement="none", milestones=(MilestoneTerms("Sketch"), MilestoneTerms("Outlines")))


def _seen(agreement):
    delivery = agreement.waiting_delivery()
    return delivery.id if delivery else agreement.id


def _counter(agreement, by, now):
    before = agreement.terms_on_the_table()
    agreement.counter(replace(before, conditions=f"{before.conditions}."), by=by, seen=agreement.round, now=now)


def _pause(agreement, by, now):
    agreement.pause(by=by, why="A week away.", resume_on=now.date() + timedelta(days=9), now=now)


ON_AGREEMENTS = {
    "counter": _counter,
    "agree": lambda a, by, now: a.agree(by=by, seen=a.round, now=now),
    "start": lambda a, by, now: a.start(by=by, now=now),
    "pause": _pause,
    "resume": lambda a, by, now: a.resume(by=by, now=now),
    "deliver": lambda a, by, now: a.deliver(by=by, note="A part.", now=now),
    "request_changes": lambda a, by, now: a.request_changes(by=by, why="Wider.", seen=_seen(a), now=now),
    "accept": lambda a, by, now: a.accept(by=by, seen=_seen(a), now=now),
    "cancel": lambda a, by, now: a.cancel(by=by, why="Plans changed.", now=now),
    "dissolve": lambda a, by, now: a.dissolve(by=by, why="Removed.", now=now),
    "dispute": lambda a, by, now: a.dispute(by=by, why="We disagree.", now=now),
    "resolve": lambda a, by, now: a.resolve(by=by, outcome="ended", why="It ends.", now=now),
    "reinstate": lambda a, by, now: a.reinstate(by=by, why="Go on.", now=now),
    "review": lambda a, by, now: review(a, by=by, rating=4, text="Good.", now=now),
    "let the time pass": lambda a, by, now: a.end_waiting(now=a.deadline_at or now),
}
ON_APPLICATIONS = {
    "shortlist": lambda a, by, now: a.shortlist(by=by, now=now),
    "unlist": lambda a, by, now: a.unlist(by=by, now=now),
    "decline": lambda a, by, now: a.decline(by=by, why="Not this time.", now=now),
    "withdraw": lambda a, by, now: a.withdraw(by=by, now=now),
    "propose": lambda a, by, now: Agreement.propose(a, TERMS, by=by, now=now),
    "let the time pass": lambda a, by, now: a.end_waiting(why="Too late.", now=a.deadline_at or now),
}
ON_GIG = {
    "raise a hand": lambda g, by, now: raise_hand(g, by=by, note="Me!", answers=[], now=now),
    "pause": lambda g, by, now: g.pause(by=by, why="A rest."),
    "resume": lambda g, by, now: g.resume(by=by),
    "close": lambda g, by, now: g.close(by=by, why="Done otherwise."),
}

VERBS = {"agreement": ON_AGREEMENTS, "application": ON_APPLICATIONS, "gig": ON_GIG}
#: What the table calls otherwise than the person who does it.
CALLED = {"counter_back": "counter", "offer": "propose", "accept_part": "accept"}
STEPS = 28


@pytest.fixture
def cast(hall):
    members = {"author": a_member(), "one": a_member("Sam Reyes"), "two": a_member("Noor Haddad"), "leader": a_leader()}
    return {name: acting(member) for name, member in members.items()}


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_no_sequence_of_steps_leads_astray(cast, data):
    example = db.session.begin_nested()
    gig = a_gig_of(cast, seats=data.draw(st.integers(1, 2)))
    for _ in range(STEPS):
        # Three of four are steps that somebody could take; the fourth is whatever occurs to anybody.
        likely = sensible(gig, cast) if data.draw(st.integers(0, 3)) else anything(gig)
        thing, kind, verb, person = data.draw(st.sampled_from(likely))
        attempt = db.session.begin_nested()
        try:
            VERBS[kind][verb](thing, cast[person], clock.now())
            db.session.flush()
        except ProductError:
            attempt.rollback()
        else:
            attempt.commit()
        _check(gig, cast)
    example.rollback()
    db.session.expire_all()


def sensible(gig, cast):
    """Return the steps that the tables allow now, each with somebody who may take it, and a hand or two to raise."""
    names = {actor.id: name for name, actor in cast.items()}
    moves = [(gig, "gig", "raise a hand", "one"), (gig, "gig", "raise a hand", "two"), *_gig_moves(gig)]
    for kind, things, machine in _things(gig):
        for thing in things:
            for row in machine.verbs(thing.state):
                verb = CALLED.get(row.verb, row.verb)
                if verb in VERBS[kind]:
                    moves += [(thing, kind, verb, names[by]) for by in _who(row.by, thing, cast) if by]
    return moves


def anything(gig):
    """Return every verb on everything by everybody."""
    moves = [(gig, "gig", "raise a hand", person) for person in PEOPLE] + _gig_moves(gig)
    for kind, things, _ in _things(gig):
        moves += [(thing, kind, verb, person) for thing in things for verb in VERBS[kind] for person in PEOPLE]
    return moves


def _gig_moves(gig):
    return [(gig, "gig", verb, "author") for verb in ("pause", "resume") if GIG.allows(gig.state, verb)]


def _things(gig):
    yield "application", _all(Application, gig), APPLICATION
    yield "agreement", _all(Agreement, gig), AGREEMENT


def _who(role, thing, cast):
    author, leader = cast["author"].id, cast["leader"].id
    if role == "gig's author":
        return [author]
    elif role == "applicant":
        return [thing.applicant_id]
    elif role == "leader":
        return [leader]
    elif role == "the side that was asked":
        return [thing.asked_id]
    elif role in ("client", "worker"):
        return [getattr(thing, f"{role}_id")]
    else:
        return [thing.client_id, thing.worker_id] if isinstance(thing, Agreement) else []


def a_gig_of(cast, seats):
    # Nothing commits in here: the whole example is undone at its end.
    gig = Gig.begin(by=cast["author"], title="A sign", settlement="none", seats=seats)
    gig.publish(by=cast["author"])
    return gig


def _all(model, gig):
    return db.session.scalars(select(model).where(model.gig_id == gig.id).order_by(model.id)).all()


def _check(gig, cast):
    agreements, applications = _all(Agreement, gig), _all(Application, gig)
    assert gig.seats_taken == sum(_takes_a_seat(agreement) for agreement in agreements) <= gig.seats
    for agreement in agreements:
        _check_waiting(agreement, AGREEMENT)
        _check_facts(agreement, "agreement", AGREEMENT, cast)
    for application in applications:
        _check_facts(application, "application", APPLICATION, cast)
        standing = [one for one in agreements if one.application_id == application.id and one.state != "cancelled"]
        if application.state == "offered":
            assert [one.state in NEGOTIATED for one in standing] == [True]
        elif application.state == "accepted":
            assert [one.was_agreed for one in standing] == [True]
        else:
            assert all(one.state in ("resolved", "reviewed") for one in standing)
        if application.is_unanswered:
            assert application.deadline_at > application.remind_at
    if gig.state in ("closed", "filled"):
        assert not any(application.is_waiting for application in applications)


def _takes_a_seat(agreement):
    ended = agreement.state in ("resolved", "reviewed") and agreement.outcome == "ended"
    return agreement.was_agreed and agreement.state != "cancelled" and not ended


def _check_waiting(thing, machine):
    assert thing.state in machine.states
    waits = thing.state in machine.waiting
    assert (thing.deadline_at is not None) == waits
    if waits:
        owner = machine.waiting[thing.state].owner
        assert (thing.asked_id is None) == (owner in ("both", "leader")), (thing.state, owner)
    if thing.state in BINDING:
        assert thing.was_agreed


def _check_facts(thing, kind, machine, cast):
    """Every fact follows the one before, is a row of the table, and was done by whom the table names."""
    state = None
    for fact in history(kind, thing.id):
        assert fact.from_state == state
        state = fact.to_state
        if fact.from_state is not None:
            row = machine.transition(fact.from_state, fact.verb)
            assert row.to == fact.to_state
            assert fact.reason or not row.needs_reason
            assert _may(row.by, fact, thing, cast), (row.by, fact.verb)
    assert state == thing.state


def _may(role, fact, thing, cast):
    if fact.actor_id is None or role in ("the gig", "the agreement", "the clock", "both"):
        return True
    elif role == "the side that was asked":
        # Who is asked next is another by now.
        return fact.actor_id in (thing.client_id, thing.worker_id)
    else:
        return fact.actor_id in _who(role, thing, cast)
