"""A client pays a milestone in; it is held, and goes to whoever earned it when the work is accepted, or back."""

import pytest

from app.core import clock
from app.core.database import db
from app.departures.obstacles import obstacles
from app.payments.banks import follow_charge
from app.payments.funding import NotToBePaid, PaidIn, fund, tip
from app.payments.jobs import tick
from app.payments.parts import payments_of
from app.payments.settling import WaitsForAnswer, give_back, release
from billing.operations import perform
from tests.factories import run_jobs
from tests.payments.arranging import OUTLINES, SKETCH, balances, send_form, shares, work
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.payments import stripes_fee
from tests.stripe.world import PLATFORM

FEE = stripes_fee(SKETCH)


@pytest.fixture
def job(hall, money, outbox):
    return work(money)


def cash_agrees(job):
    """What our books have at Stripe is what Stripe says, to the cent."""
    return balances().get("held.cash", 0) == job.world.balance(PLATFORM, "eur", available=False)


def test_a_milestone_is_paid_in_held_and_sent_when_it_is_accepted(job):
    job.onboards()
    payment = job.fund()
    assert (payment.state, payment.held) == ("held", SKETCH)
    assert balances() == {"held.cash": SKETCH - FEE, "fees.stripe": FEE, "held.gigs": -SKETCH}
    job.accept()
    assert job.payment().state == "released"
    assert [(one["amount"], one["source_transaction"]) for one in job.transfers()] == [(SKETCH, payment.charge_id)]
    assert balances() == {"held.cash": -FEE, "fees.stripe": FEE}
    assert cash_agrees(job)


def test_what_somebody_without_an_account_earns_is_held_until_they_have_one(job):
    job.fund()
    job.accept()
    assert (job.payment().state, job.transfers()) == ("released", [])
    assert balances(party_id=job.worker.id) == {"payable.work": -SKETCH}
    job.onboards(stage="papers")
    assert job.transfers() == []
    job.onboards()
    assert [one["amount"] for one in job.transfers()] == [SKETCH]
    assert balances(party_id=job.worker.id) == {}


def test_pressed_twice_it_is_one_payment_and_paid_it_is_refused(job):
    first, second = (fund(job.part(), by=job.client, now=clock.now()) for _ in range(2))
    assert first == second
    job.fund()
    with pytest.raises(PaidIn):
        fund(job.part(), by=job.client, now=clock.now())
    assert len(job.world.all(PLATFORM, "charge")) == 1


def test_a_bank_that_is_never_answered_leaves_it_unpaid_to_be_tried_again(job):
    assert job.fund(card="pm_card_authenticationRequired").state == "asked"
    job.money.days_pass(1)
    job.money.arrive()
    assert (job.payment().state, balances()) == ("expired", {})
    assert job.fund(card="pm_card_authenticationRequired", bank="yes").state == "held"


def test_a_declined_card_leaves_the_page_open_for_another(job):
    assert job.fund(card="pm_card_chargeDeclined").state == "asked"
    assert job.fund().state == "held"


def test_work_that_was_accepted_before_it_was_paid_is_sent_on_at_once(job):
    job.onboards()
    job.accept()
    assert job.fund().state == "released"
    assert [one["amount"] for one in job.transfers()] == [SKETCH]


def test_ended_early_what_is_held_goes_back_and_what_was_accepted_stays(job):
    job.onboards()
    job.fund(0)
    job.fund(1)
    job.accept()
    job.agreement.cancel(by=job.client, why="The wall came down.", now=clock.now())
    db.session.commit()
    run_jobs()
    assert (job.payment(0).state, job.payment(1).state) == ("released", "refunded")
    assert [one["amount"] for one in job.world.all(PLATFORM, "refund")] == [OUTLINES]
    assert cash_agrees(job)
    with pytest.raises(NotToBePaid):
        fund(job.part(1), by=job.client, now=clock.now())


def test_a_payment_that_comes_after_the_end_goes_straight_back(job):
    url = fund(job.part(), by=job.client, now=clock.now())
    job.agreement.cancel(by=job.worker, why="Ill.", now=clock.now())
    db.session.commit()
    send_form(url, card="pm_card_visa")
    job.money.arrive()
    assert job.payment().state == "refunded"
    assert balances() == {"held.cash": -FEE, "fees.stripe": FEE}


def test_a_client_cannot_end_what_was_handed_over_and_is_paid_in_the_worker_can(job):
    job.fund()
    job.deliver()
    with pytest.raises(WaitsForAnswer):
        job.agreement.cancel(by=job.client, why="No.", now=clock.now())
    db.session.rollback()
    job.agreement.cancel(by=job.worker, why="I give it back.", now=clock.now())
    db.session.commit()
    run_jobs()
    assert job.payment().state == "refunded"


def test_of_a_part_of_the_price_the_rest_goes_back(job):
    job.onboards()
    payment = job.fund()
    release(payment, price=30_000, now=clock.now())
    run_jobs()
    assert job.payment().state == "partly_released"
    assert [one["amount"] for one in job.transfers()] == [30_000]
    assert [one["amount"] for one in job.world.all(PLATFORM, "refund")] == [SKETCH - 30_000]
    assert cash_agrees(job)


def test_after_it_was_sent_a_refund_fetches_it_back(job):
    job.onboards()
    job.fund()
    job.accept()
    give_back(job.payment(), 10_000, why="The R is wide.", now=clock.now())
    run_jobs()
    assert job.payment().state == "partly_released"
    assert job.transfers()[0]["amount_reversed"] == 10_000
    assert balances() == {"held.cash": -FEE, "fees.stripe": FEE}
    assert cash_agrees(job)


def test_what_cannot_be_fetched_back_is_owed(job):
    account = job.onboards()
    job.fund()
    job.accept()
    account["_empty"] = True
    give_back(job.payment(), SKETCH, why="Nothing of it was theirs.", now=clock.now())
    run_jobs()
    assert balances(party_id=job.worker.id) == {"debts": SKETCH}
    assert shares(job.payment())["work"].lost == SKETCH
    assert cash_agrees(job)


def test_a_dispute_freezes_the_agreement_until_it_is_won(job):
    job.onboards()
    job.fund(0)
    job.fund(1)
    dispute = open_dispute(job.world, PLATFORM, job.charge(0))
    job.money.arrive()
    job.accept()
    job.accept()
    assert [job.payment(at).state for at in (0, 1)] == ["disputed", "released"]
    assert job.transfers() == []
    end_dispute(job.world, PLATFORM, dispute, won=True)
    job.money.arrive()
    assert sorted(one["amount"] for one in job.transfers()) == [SKETCH, OUTLINES]
    assert cash_agrees(job)


def test_a_payment_that_is_disputed_before_we_hear_of_it_is_frozen_all_the_same(job):
    job.onboards()
    url = fund(job.part(0), by=job.client, now=clock.now())
    db.session.commit()
    send_form(url, card="pm_card_createDispute")
    # Whose the dispute was nobody could say when it was told.
    job.world.untold = [told for told in job.world.untold if told[1]["data"]["object"]["object"] != "dispute"]
    job.money.arrive()
    assert job.payment(0).state == "disputed"
    job.accept()
    assert job.transfers() == []
    (dispute,) = job.world.all(PLATFORM, "dispute")
    end_dispute(job.world, PLATFORM, dispute, won=True)
    job.money.arrive()
    assert [one["amount"] for one in job.transfers()] == [SKETCH]
    assert cash_agrees(job)


def test_a_lost_dispute_is_taken_from_what_is_held_or_from_those_who_have_it(job):
    account = job.onboards()
    job.fund(0)
    job.fund(1)
    job.accept()
    first, second = (open_dispute(job.world, PLATFORM, job.charge(at)) for at in (0, 1))
    end_dispute(job.world, PLATFORM, first, won=False)
    end_dispute(job.world, PLATFORM, second, won=False)
    job.money.arrive()
    assert [job.payment(at).state for at in (0, 1)] == ["refunded", "refunded"]
    assert job.transfers()[0]["amount_reversed"] == SKETCH
    assert account["id"] == job.transfers()[0]["destination"]
    assert set(balances()) == {"held.cash", "fees.stripe", "fees.disputes"}
    assert cash_agrees(job)


def test_a_refund_that_somebody_made_at_stripe_is_taken_in(job):
    payment = job.fund()
    perform("refund", "by hand", {"charge": payment.charge_id, "amount": SKETCH}, now=clock.now())
    follow_charge(payment.charge_id, None, clock.now())
    run_jobs()
    assert job.payment().state == "refunded"
    assert cash_agrees(job)


def test_a_tip_is_all_the_workers(job):
    job.onboards()
    job.accept()
    with pytest.raises(NotToBePaid):
        tip(job.agreement, 500, by=job.client, now=clock.now())
    job.accept()
    send_form(tip(job.agreement, 500, by=job.client, now=clock.now()), card="pm_card_visa")
    db.session.commit()
    job.money.arrive()
    assert [one["amount"] for one in job.transfers()] == [500]
    assert [one.kind for one in payments_of(job.agreement.id)] == ["tip"]


def test_after_eighty_days_it_goes_back_unless_it_waits_for_an_answer(job):
    job.onboards()
    job.fund(0)
    job.fund(1)
    job.money.days_pass(61)
    tick()
    db.session.commit()
    assert job.payment().reminded_at is not None
    job.deliver()
    job.money.days_pass(20)
    tick()
    run_jobs()
    assert [job.payment(at).state for at in (0, 1)] == ["released", "refunded"]
    assert cash_agrees(job)


def test_nobody_leaves_money_behind(job):
    job.fund()
    assert "Money of yours is still here" in [one.title for one in obstacles(job.client.id)]
    job.accept()
    assert "Money of yours is still here" in [one.title for one in obstacles(job.worker.id)]
    assert "Money of yours is still here" not in [one.title for one in obstacles(job.client.id)]
    job.onboards()
    assert "Money of yours is still here" not in [one.title for one in obstacles(job.worker.id)]
