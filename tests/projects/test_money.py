"""The budget says what became of the money: of hours, of work taken for less, and of whoever was replaced."""

import pytest

from app.commissions.models import CommissionRule
from app.commissions.split import NOTHING, Fee
from app.core import clock
from app.core.database import db
from app.payments.funding import fund
from app.payments.parts import parts_of, payments_of
from app.payments.sharing import agree_to_part, hand_back, offer_part
from app.projects.models.budget import Sums, budget_of
from tests.credits.arranging import the_rules
from tests.factories import a_leader, acting
from tests.payments.arranging import send_form
from tests.projects.arranging import SKETCH, WHOLE, a_project


def sums(team) -> Sums:
    db.session.expire_all()
    return budget_of(team.project, team.project.roles()).sums


@pytest.fixture
def agreed(hall):
    """A project of one role at €400 in two milestones, with 2 % for the marketplace and 10 % for the coordinator on top."""
    fees = {"client": Fee(points=200), "worker": NOTHING, "leader": NOTHING, "coordinator": NOTHING}
    leader = acting(a_leader())
    CommissionRule.add(fees, people="everybody", category_id=None, currency="EUR", by=leader, now=clock.now())
    team = a_project()
    role = team.ready()
    team.offers()
    team.accepts()
    return team, role


def test_hours_are_put_aside_when_agreed_and_given_by_milestone(hall):
    the_rules(opening=0, may_owe=20 * 60)
    team = a_project(settlement="credits")
    role = team.ready()
    team.offers()
    team.accepts()
    assert sums(team) == Sums(price=400, funded=400)
    team.delivers(role)
    assert sums(team) == Sums(price=400, funded=400, earned=200, paid=200)
    team.project.replace(role, by=team.coordinator, why="Somebody else.", now=clock.now())
    assert sums(team) == Sums(price=200, funded=200, earned=200, paid=200)


def test_what_was_taken_for_less_is_earned_for_less_and_the_rest_is_left(agreed, money, outbox):
    team, role = agreed
    made = role.held()
    part = parts_of(made)[0]
    page = fund(part, by=team.client, now=clock.now())
    db.session.commit()
    send_form(page, card="pm_card_visa")
    money.arrive()
    whole = sums(team)
    assert whole == Sums(WHOLE, WHOLE // 50, WHOLE // 10, funded=SKETCH * 112 // 100)
    worker = team.workers[role.id]
    made.start(by=worker, now=clock.now())
    made.deliver(by=worker, note="Half of it.", now=clock.now())
    offer_part(part, SKETCH // 2, by=team.client, now=clock.now())
    agree_to_part(part, SKETCH // 2, by=worker, now=clock.now())
    db.session.commit()
    half = SKETCH // 2 * 112 // 100
    after = sums(team)
    assert (after.funded, after.earned, after.paid) == (half, half, half)
    assert after.agreed == whole.agreed - half
    assert after.coordinator == whole.coordinator - SKETCH // 20
    assert budget_of(team.project, team.project.roles()).left == 5_000 + half


def test_what_was_taken_for_less_and_went_back_is_paid_anew_for_that(agreed, money, outbox):
    team, role = agreed
    made, worker = role.held(), team.workers[role.id]
    half = SKETCH // 2 * 112 // 100

    def pays():
        page = fund(parts_of(made)[0], by=team.client, now=clock.now())
        db.session.commit()
        send_form(page, card="pm_card_visa")
        money.arrive()
        db.session.expire_all()
        return payments_of(made.id)[-1]

    first = pays()
    made.start(by=worker, now=clock.now())
    made.deliver(by=worker, note="Half of it.", now=clock.now())
    offer_part(parts_of(made)[0], SKETCH // 2, by=team.client, now=clock.now())
    agree_to_part(parts_of(made)[0], SKETCH // 2, by=worker, now=clock.now())
    for again in (False, True):
        # What was paid anew goes back as well, and is asked for a third time.
        payment = pays() if again else first
        hand_back(payment, made, half, by=worker, now=clock.now())
        db.session.commit()
        assert payment.state == "refunded"
        assert (sums(team).agreed, sums(team).paid) == (WHOLE * 112 // 100 - half, 0)
    assert pays().total == half
    assert (sums(team).agreed, sums(team).paid) == (WHOLE * 112 // 100 - half, half)
