"""Every transition of the tables: what is allowed, what is refused, to whom, and the one fact it leaves."""

from datetime import timedelta

import pytest

from app.activity.recording import history
from app.activity.stateful import NotYours, ReasonMissing
from app.agreements.failures import NotYourTurn, OwnDispute
from app.agreements.models import Agreement
from app.agreements.states import AGREEMENT
from app.core import clock
from app.core.database import db
from app.core.transitions import WrongState
from tenants.models import Member, Role
from tests.factories import a_leader, a_member, acting, an_agreement


def seen(agreement):
    delivery = agreement.waiting_delivery()
    return delivery.id if delivery else agreement.id


# The verbs as a person calls them, with good values. What the table calls `counter_back`, `accept_part` and `lapse` happens
# inside others; a manager's release comes from the policy, not from a person here.
CALLS = {
    "counter": lambda a, by, now: a.counter(_changed(a.terms_on_the_table()), by=by, seen=a.round, now=now),
    "agree": lambda a, by, now: a.agree(by=by, seen=a.round, now=now),
    "start": lambda a, by, now: a.start(by=by, now=now),
    "pause": lambda a, by, now: a.pause(by=by, why="A week away.", resume_on=now.date() + timedelta(days=9), now=now),
    "resume": lambda a, by, now: a.resume(by=by, now=now),
    "deliver": lambda a, by, now: a.deliver(by=by, note="All of it.", now=now),
    "request_changes": lambda a, by, now: a.request_changes(by=by, why="The R is wide.", seen=seen(a), now=now),
    "accept": lambda a, by, now: a.accept(by=by, seen=seen(a), now=now),
    "cancel": lambda a, by, now: a.cancel(by=by, why="Plans changed.", now=now),
    "dissolve": lambda a, by, now: a.dissolve(by=by, why="They were removed.", now=now),
    "dispute": lambda a, by, now: a.dispute(by=by, why="We disagree.", now=now),
    "resolve": lambda a, by, now: a.resolve(by=by, outcome="partly", why="Half was done.", now=now),
    "reinstate": lambda a, by, now: a.reinstate(by=by, why="Go on, both.", now=now),
}


def _changed(terms):
    from dataclasses import replace

    return replace(terms, conditions=terms.conditions + " And a ladder.")


def people(agreement: Agreement) -> dict[str, object]:
    """Return whoever could act: both sides, somebody uninvolved, a leader."""
    client = acting(db.session.get_one(Member, (agreement.tenant_id, agreement.client_id)))
    worker = acting(db.session.get_one(Member, (agreement.tenant_id, agreement.worker_id)))
    return {
        "client": client,
        "worker": worker,
        "stranger": acting(a_member("Noor Haddad")),
        "leader": acting(a_leader("Ines Moreau")),
    }


def allowed_people(agreement: Agreement, verb: str) -> set[str]:
    """Return who the table lets do `verb` in the agreement's state."""
    verb = "counter_back" if verb == "counter" and agreement.state == "countered" else verb
    rows = [row for row in AGREEMENT.transitions if row.verb == verb and agreement.state in row.from_]
    if not rows:
        return set()
    asked = "worker" if agreement.asked_id == agreement.worker_id else "client"
    return {
        "the side that was asked": {asked},
        "either side": {"client", "worker"},
        "client": {"client"},
        "worker": {"worker"},
        "leader": {"leader"},
    }[rows[0].by]


@pytest.mark.parametrize("state", AGREEMENT.states)
def test_only_who_the_table_names_does_what_it_names(hall, state):
    agreement = an_agreement(state=state)
    cast = people(agreement)
    facts = len(history("agreement", agreement.id))

    for verb, call in CALLS.items():
        allowed = allowed_people(agreement, verb)
        for role in set(cast) - allowed:
            with pytest.raises((WrongState, NotYours, NotYourTurn, OwnDispute)):
                call(agreement, cast[role], clock.now())
            assert agreement.state == state, f"{role} did {verb}"
        for role in allowed:
            attempt = db.session.begin_nested()
            call(agreement, cast[role], clock.now())
            db.session.flush()
            new = history("agreement", agreement.id)[facts:]
            assert [(fact.from_state, fact.to_state) for fact in new] == [(state, agreement.state)], verb
            assert AGREEMENT.transition(state, new[0].verb).to == agreement.state
            assert new[0].actor_id == cast[role].id
            attempt.rollback()
            assert agreement.state == state


@pytest.mark.parametrize("state", AGREEMENT.states)
def test_a_waiting_state_has_an_owner_and_a_deadline(hall, state):
    agreement = an_agreement(state=state)

    waits = state in AGREEMENT.waiting

    assert (agreement.deadline_at is not None) == waits
    if waits:
        assert agreement.deadline_at > agreement.remind_at > clock.now()
        owner = AGREEMENT.waiting[state].owner
        assert (agreement.asked_id is None) == (owner in ("both", "leader", "manager"))


@pytest.mark.parametrize("verb", ["pause", "request_changes", "cancel", "dispute"])
def test_what_hurts_needs_a_reason(hall, verb):
    agreement = an_agreement(state="delivered" if verb == "request_changes" else "active")
    client, now = people(agreement)["client"], clock.now()

    with pytest.raises(ReasonMissing):
        if verb == "pause":
            agreement.pause(by=client, why=" ", resume_on=now.date() + timedelta(days=3), now=now)
        elif verb == "request_changes":
            agreement.request_changes(by=client, why=" ", seen=seen(agreement), now=now)
        else:
            getattr(agreement, verb)(by=client, why=" ", now=now)


def test_the_second_of_two_tabs_hears_that_it_is_done(hall):
    agreement = an_agreement(state="delivered")
    client, delivery = people(agreement)["client"], seen(agreement)
    agreement.accept(by=client, seen=delivery, now=clock.now())

    with pytest.raises(WrongState, match="This stands at “Accepted” already"):
        agreement.accept(by=client, seen=delivery, now=clock.now())


def test_nobody_settles_their_own_dispute(hall):
    agreement = an_agreement(state="disputed")
    db.session.add(Role(member_id=agreement.client_id, role="leader", granted_at=clock.now()))
    db.session.commit()

    with pytest.raises(OwnDispute):
        agreement.resolve(by=people(agreement)["client"], outcome="finished", why="Mine.", now=clock.now())
