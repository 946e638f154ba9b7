"""Whatever people do with hours, one after another or at once: all of them sum to nothing, nobody owes more than they may, and
nothing moves twice.
"""

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.agreements.models import Agreement
from app.agreements.queries import agreement_or_404
from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from app.core.ids import new_id
from app.credits.correcting import correct, give_back
from app.credits.models import CreditAccount, CreditTransfer
from tests.credits.arranging import actor, an_agreement_on_hours, everything, the_rules
from tests.factories import a_leader, a_member, acting

MAY_OWE = 240
_PEOPLE = st.integers(0, 2)
_STEPS = st.one_of(
    st.tuples(st.just("propose"), _PEOPLE, _PEOPLE, st.integers(15, 300)),
    st.tuples(st.sampled_from(["agree", "finish", "finish", "cancel", "return"]), st.integers(0, 9)),
    st.tuples(st.just("correct"), _PEOPLE, st.integers(-200, 200).filter(bool)),
)


@pytest.fixture
def leader(hall, roomy):
    return the_rules(opening=60, may_owe=MAY_OWE)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEPS, max_size=14))
def test_hours_sum_to_nothing_whatever_happens(leader, steps):
    people = [a_member(f"Member {new_id()}") for _ in range(3)]
    agreements = []
    for step, *about in steps:
        try:
            _do(step, about, people, agreements, leader)
            db.session.commit()
        except ProductError:
            db.session.rollback()
        _check({person.id for person in people})


def _do(step, about, people, agreements, leader):
    now = clock.now()
    if step == "propose":
        client, worker, minutes = about
        if client != worker:
            agreements.append(an_agreement_on_hours(minutes, client=people[client], worker=people[worker]))
    elif step == "correct":
        correct(people[about[0]].id, about[1], key=new_id(), why="So it is.", by=leader, now=now)
    elif agreements:
        agreement = agreements[about[0] % len(agreements)]
        worker, client = actor(agreement.worker_id), actor(agreement.client_id)
        if step == "agree":
            agreement.agree(by=worker, seen=1, now=now)
            agreement.start(by=worker, now=now)
        elif step == "finish":
            agreement.deliver(by=worker, note="Here.", now=now)
            agreement.accept(by=client, seen=agreement.waiting_delivery().id, now=now)
        elif step == "cancel":
            agreement.cancel(by=client, why="No.", now=now)
        else:
            give_back(agreement, agreement.credits_minutes, why="It broke.", by=worker, now=now)


def _check(people):
    accounts = db.session.scalars(db.select(CreditAccount)).all()
    moved = dict.fromkeys((one.id for one in accounts), 0)
    for transfer in db.session.scalars(db.select(CreditTransfer)):
        moved[transfer.from_id] -= transfer.minutes
        moved[transfer.to_id] += transfer.minutes
    assert moved == {one.id: one.balance for one in accounts}
    assert sum(moved.values()) == 0
    theirs = [one for one in accounts if one.member_id in people]
    assert all(one.balance >= -MAY_OWE for one in theirs if one.kind == "member")
    held = [one.balance for one in theirs if one.kind == "held"]
    assert all(balance >= 0 for balance in held)
    states = Agreement.state.in_(("agreed", "active", "delivered"))
    open_ones = db.session.scalars(db.select(Agreement).where(states, Agreement.client_id.in_(people))).all()
    assert sum(held) == sum(one.credits_minutes for one in open_ones)


@pytest.mark.slow
def test_of_twenty_agreements_at_once_only_those_are_made_that_the_hours_suffice_for(busy_hall, at_once):
    the_rules(opening=0, may_owe=300)
    maya = a_member()
    offers = [an_agreement_on_hours(60, client=maya, worker=a_member(f"Worker {number}")) for number in range(20)]
    calls = [partial(_agree, offer.id, acting_as) for offer in offers for acting_as in [actor(offer.worker_id)]]

    answers = at_once(*calls)

    assert answers.count(None) == 5
    db.session.expire_all()
    held, own = (
        db.session.scalars(
            db.select(CreditAccount.balance).where(CreditAccount.member_id == maya.id, CreditAccount.kind == kind)
        ).one()
        for kind in ("held", "member")
    )
    assert (held, own) == (300, -300)
    assert everything() == 0


def _agree(agreement_id, by):
    agreement_or_404(agreement_id).agree(by=by, seen=1, now=clock.now())


@pytest.mark.slow
def test_people_who_work_for_each_other_at_once_do_not_wait_in_a_circle(busy_hall, at_once):
    leader = acting(a_leader())
    one, other = a_member("Ada Brandt"), a_member("Ben Castro")
    made = [an_agreement_on_hours(30, client=one, worker=other, state="delivered") for _ in range(4)]
    made += [an_agreement_on_hours(30, client=other, worker=one, state="delivered") for _ in range(4)]
    calls = [partial(_accept, one.id, one.waiting_delivery().id, actor(one.client_id)) for one in made]
    # The same once more: two tabs.
    calls += calls[:2]
    key = new_id()
    calls += [partial(_correct, one.id, key, leader)] * 3

    answers = at_once(*calls)

    assert answers[:8].count(None) + answers[8:10].count(None) == 8
    db.session.expire_all()
    assert everything() == 0
    assert len(db.session.scalars(db.select(CreditTransfer).where(CreditTransfer.kind == "give")).all()) == 8
    assert len(db.session.scalars(db.select(CreditTransfer).where(CreditTransfer.kind == "correction")).all()) == 1


def _accept(agreement_id, delivery_id, by):
    agreement_or_404(agreement_id).accept(by=by, seen=delivery_id, now=clock.now())


def _correct(member_id, key, by):
    correct(member_id, 15, key=key, why="Put right.", by=by, now=clock.now())
