"""What happens later: refunds that fail, transfers reversed by hand, debts kept from what comes next."""

import pytest

from app.core import clock
from app.core.database import db
from app.payments.debts import debts_of
from app.payments.jobs import tick
from app.payments.loose import (
    MoreThanTheClients,
    NothingLoose,
    StillThere,
    give_share_back,
    loose_ends,
    paid_outside,
    send_refund_again,
    send_share_again,
)
from app.payments.settling import give_back, release
from billing.jobs import reconcile_all
from billing.reconciling import Found
from tenants.context import platform_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_leader, acting, run_jobs
from tests.payments.arranging import OUTLINES, SKETCH, balances, shares, work
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.payments import stripes_fee
from tests.stripe.returning import fail_refund
from tests.stripe.transfers import reverse_by_hand
from tests.stripe.world import PLATFORM

FEES = {"held.cash": -stripes_fee(SKETCH), "fees.stripe": stripes_fee(SKETCH)}


@pytest.fixture
def leader(hall):
    return acting(a_leader())


@pytest.fixture
def job(hall, money, outbox):
    return work(money)


def a_night_passes(job):
    """Let the nightly comparison run, with no webhook ever having come."""
    job.world.untold.clear()
    db.session.commit()
    with platform_context():
        reconcile_all()
        db.session.commit()
    run_jobs()
    db.session.expire_all()


def states():
    return [one.state for one in db.session.scalars(db.select(Found).where(scoped(Found)))]


def cash_agrees(job):
    return balances().get("held.cash", 0) == job.world.balance(PLATFORM, "eur", available=False)


@pytest.fixture
def failed(job, leader):
    """A milestone that was given back, and the client's bank does not take it."""
    job.fund()
    give_back(job.payment(), SKETCH, why="Ill.", now=clock.now())
    db.session.commit()
    run_jobs()
    (refund,) = job.world.all(PLATFORM, "refund")
    fail_refund(job.world, PLATFORM, refund)
    return refund


def test_a_refund_that_fails_later_is_owed_again_and_both_are_told_what_to_do(failed, job, outbox):
    job.money.arrive()
    assert balances() == {
        "held.cash": SKETCH - stripes_fee(SKETCH),
        "fees.stripe": stripes_fee(SKETCH),
        "owed.refunds": -SKETCH,
    }
    assert cash_agrees(job)
    assert "could not be sent back to you" in outbox.to("maya-okafor@example.org").subject
    assert "could not be sent back" in outbox.to("ines-moreau@example.org").subject
    (loose,) = loose_ends()
    assert (loose.amount, loose.whose) == (SKETCH, job.client.id)


def test_a_refund_that_failed_is_found_at_night_and_once(failed, job):
    a_night_passes(job)
    assert states() == ["healed"]
    assert balances()["owed.refunds"] == -SKETCH
    a_night_passes(job)
    assert (states(), cash_agrees(job)) == (["healed"], True)


def test_what_failed_is_sent_again_and_may_fail_again(failed, job, leader):
    job.money.arrive()
    send_refund_again(loose_ends()[0].id, by=leader, now=clock.now())
    db.session.commit()
    run_jobs()
    assert (balances(), cash_agrees(job)) == (FEES, True)
    fail_refund(job.world, PLATFORM, job.world.all(PLATFORM, "refund")[-1])
    job.money.arrive()
    (loose,) = loose_ends()
    paid_outside(loose.id, by=leader, now=clock.now())
    db.session.commit()
    assert balances() == {**FEES, "held.cash": SKETCH - stripes_fee(SKETCH), "paid.outside": -SKETCH}
    assert cash_agrees(job)
    with pytest.raises(NothingLoose):
        paid_outside(loose.id, by=leader, now=clock.now())


def test_a_bank_that_takes_it_after_all_settles_a_refund_that_failed(failed, job):
    job.money.arrive()
    end_dispute(job.world, PLATFORM, open_dispute(job.world, PLATFORM, job.charge()), won=False)
    job.money.arrive()
    assert set(balances()) == {"held.cash", "fees.stripe", "fees.disputes"}
    assert (loose_ends(), cash_agrees(job)) == ([], True)


@pytest.mark.parametrize("is_told", [True, False])
def test_a_transfer_reversed_by_hand_stands_under_its_owners_name_again(job, leader, outbox, is_told):
    job.onboards()
    job.fund()
    job.accept()
    reverse_by_hand(job.world, job.transfers()[0], 15_000)
    job.money.arrive() if is_told else a_night_passes(job)
    assert balances(party_id=job.worker.id) == {"payable.work": -15_000}
    assert cash_agrees(job)
    (loose,) = loose_ends()
    with pytest.raises(StillThere):
        send_share_again(loose.id, by=leader)
    db.session.rollback()
    reverse_by_hand(job.world, job.transfers()[0], SKETCH - 15_000)
    job.money.arrive()
    send_share_again(loose.id, by=leader)
    db.session.commit()
    run_jobs()
    assert [one["amount"] - one["amount_reversed"] for one in job.transfers()] == [0, SKETCH]
    assert (balances(), cash_agrees(job), loose_ends()) == (FEES, True, [])


def test_what_was_fetched_by_hand_may_go_to_the_client(job, leader):
    job.onboards()
    job.fund()
    job.accept()
    reverse_by_hand(job.world, job.transfers()[0], 15_000)
    job.money.arrive()
    give_share_back(loose_ends()[0].id, why="As agreed.", by=leader, now=clock.now())
    db.session.commit()
    run_jobs()
    assert [one["amount"] for one in job.world.all(PLATFORM, "refund")] == [15_000]
    assert (job.payment().state, balances(), cash_agrees(job)) == ("partly_released", FEES, True)


def test_what_was_fetched_by_hand_of_a_share_whose_debt_is_settled_is_its_owners(job, leader):
    account = job.onboards()
    job.fund()
    job.accept()
    account["_empty"] = True
    give_back(job.payment(), 4_000, why="A part of it was not theirs.", now=clock.now())
    db.session.commit()
    run_jobs()
    job.fund(1)
    job.accept()
    assert (debts_of(job.worker.id), shares(job.payment())["work"].lost) == ({}, 4_000)
    account["_empty"] = False
    reverse_by_hand(job.world, job.transfers()[0], SKETCH)
    job.money.arrive()
    (loose,) = loose_ends()
    assert (loose.amount, loose.may_be_sent, loose.may_be_given) == (SKETCH, True, False)
    with pytest.raises(MoreThanTheClients):
        give_share_back(loose.id, why="They say so.", by=leader, now=clock.now())
    db.session.rollback()
    # Stripe's fees are the platform's to pay: without anything of its own it could not send all of it.
    job.world.move_money(PLATFORM, "topup", "tu_1", 10_000, "eur")
    send_share_again(loose.id, by=leader)
    db.session.commit()
    run_jobs()
    assert [one["amount"] - one["amount_reversed"] for one in job.transfers()] == [0, OUTLINES - 4_000, SKETCH]
    assert (balances(party_id=job.worker.id), loose_ends()) == ({}, [])


@pytest.fixture
def in_debt(job, leader):
    """The worker owes all of the first milestone: it went back, and their account is empty."""
    account = job.onboards()
    job.fund()
    job.accept()
    account["_empty"] = True
    give_back(job.payment(), SKETCH, why="Nothing of it was theirs.", now=clock.now())
    db.session.commit()
    run_jobs()
    assert debts_of(job.worker.id) == {"EUR": SKETCH}
    return account


def test_a_debt_is_kept_from_the_next_transfer_and_never_more_than_that(in_debt, job, outbox):
    job.fund(1)
    job.accept()
    assert [one["amount"] for one in job.transfers()] == [SKETCH, OUTLINES - SKETCH]
    assert (debts_of(job.worker.id), balances(party_id=job.worker.id)) == ({}, {})
    assert cash_agrees(job)
    assert "was kept for what you owed" in outbox.to("sam-reyes@example.org").subject


def test_a_debt_that_is_larger_keeps_all_and_what_is_taken_of_that_is_owed_again(in_debt, job):
    job.fund(1)
    job.deliver()
    release(job.payment(1), price=10_000, now=clock.now())
    db.session.commit()
    run_jobs()
    assert len(job.transfers()) == 1
    assert (debts_of(job.worker.id), shares(job.payment(1))["work"].kept) == ({"EUR": SKETCH - 10_000}, 10_000)
    give_back(job.payment(1), 4_000, why="Too much.", now=clock.now())
    db.session.commit()
    run_jobs()
    assert debts_of(job.worker.id) == {"EUR": SKETCH - 6_000}
    assert balances(party_id=job.worker.id) == {"debts": SKETCH - 6_000}
    tick()
    run_jobs()
    assert cash_agrees(job)


def test_pages_say_what_is_owed_what_waits_and_what_can_be_done(in_debt, job, failed_page, browser, leader):
    worker = db.session.get_one(Member, (job.agreement.tenant_id, job.worker.id))
    shown = browser(worker).get("/earnings").text
    assert "You owe" in shown
    assert "kept from what you earn next" in shown
    desk = browser(db.session.get_one(Member, (job.agreement.tenant_id, leader.id)))
    assert desk.get("/desk/money").text.count("/desk/money/waiting") == 1
    page = desk.get("/desk/money/waiting").text
    assert "Their bank did not take it back." in page
    assert "could not be sent back" in browser(worker).get(f"/agreements/{job.agreement.id}").text
    assert "could not be sent back" in browser(worker).get(f"/agreements/{job.agreement.id}").text
    assert browser(worker).get("/desk/money/waiting").status_code == 403
    assert desk.post(f"/desk/money/waiting/refunds/{loose_ends()[0].id}/payment").status_code == 302
    assert loose_ends() == []


@pytest.fixture
def failed_page(in_debt, job):
    fail_refund(job.world, PLATFORM, job.world.all(PLATFORM, "refund")[-1])
    job.money.arrive()
