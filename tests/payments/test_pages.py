"""The pages about held payments: what each side reads, and that nobody pays without having seen how much."""

import re
from urllib.parse import urlsplit

import pytest

from app.core.database import db
from tenants.models import Member
from tests.factories import run_jobs
from tests.payments.arranging import balances, send_form, work


@pytest.fixture
def job(hall, money, outbox):
    return work(money)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.fixture
def maya(job, browser):
    return browser(db.session.get_one(Member, (job.agreement.tenant_id, job.agreement.client_id)))


@pytest.fixture
def sam(job, browser):
    return browser(db.session.get_one(Member, (job.agreement.tenant_id, job.agreement.worker_id)))


def page_of(browser, job):
    return words(browser.get(f"/agreements/{job.agreement.id}"))


def test_from_paying_in_to_being_paid(job, maya, sam, outbox):
    before = page_of(sam, job)
    assert "Not paid in" in before
    assert "Nothing is held for this part yet" in before
    assert "Pay" not in re.findall(r"Pay €\S+ in", before)
    assert "Pay €400 in" in page_of(maya, job)
    here = f"/agreements/{job.agreement.id}/payments"
    to_stripe = maya.post(here, data={"part": str(job.part().id)}).headers["Location"]
    assert to_stripe.startswith(f"{job.world.base}/pay/")
    back = send_form(to_stripe, card="pm_card_visa")[1]
    # Whoever comes back before the webhook sees it paid in all the same.
    maya.get(urlsplit(back).path)
    assert "€400 is held until the work is accepted" in page_of(maya, job)
    assert "Held" in page_of(sam, job)
    assert "Pay €400 in" not in page_of(maya, job)
    job.money.arrive()
    job.accept()
    assert "Your share: €400." in page_of(sam, job)
    earned = words(sam.get("/earnings"))
    assert "You have earned something" in earned
    assert "Waits for your account" in earned
    leads = sam.post("/earnings/account", data={"country": "DE"}).headers["Location"]
    assert leads.startswith(f"{job.world.base}/setup/acct_")
    send_form(leads, stage="complete")
    assert "You are paid automatically" in words(sam.get("/earnings?from=stripe"))
    run_jobs()
    assert "Paid" in words(sam.get("/earnings"))
    assert balances(party_id=job.worker.id) == {}
    run_jobs()
    assert any("€400" in mail.subject for mail in outbox.all)


def test_both_agree_on_a_part(job, maya, sam):
    job.fund()
    job.deliver()
    part = {"part": str(job.part().id)}
    here = f"/agreements/{job.agreement.id}/payments/part"
    assert maya.get(here, query_string=part).status_code == 200
    refused = maya.post(here, data=part | {"amount": "400"})
    assert (refused.status_code, "It must be less than €400" in words(refused)) == (422, True)
    assert maya.post(here, data=part | {"amount": "300"}).status_code == 302
    assert "€300 of €400 is offered" in page_of(sam, job)
    assert sam.post(f"{here}/consent", data=part | {"amount": "10"}).status_code == 409
    assert sam.post(f"{here}/consent", data=part | {"amount": "30000"}).status_code == 302
    run_jobs()
    assert job.payment().state == "partly_released"
    assert job.part().milestone.state == "accepted"
    assert "€100 of it went back" in page_of(maya, job)


def test_a_worker_gives_something_back(job, maya, sam):
    job.onboards()
    job.fund()
    job.accept()
    part = {"part": str(job.part().id)}
    here = f"/agreements/{job.agreement.id}/payments/return"
    assert "at most €400 can go back" in words(sam.get(here, query_string=part))
    assert sam.post(here, data=part | {"amount": "401"}).status_code == 422
    assert maya.post(here, data=part | {"amount": "50"}).status_code == 403
    assert sam.post(here, data=part | {"amount": "50"}).status_code == 302
    run_jobs()
    assert job.transfers()[0]["amount_reversed"] == 5_000


def test_the_client_alone_pays_and_tips(job, maya, sam):
    part = {"part": str(job.part().id)}
    assert sam.post(f"/agreements/{job.agreement.id}/payments", data=part).status_code == 403
    assert maya.get(f"/agreements/{job.agreement.id}/tips/new").status_code == 409
    job.accept()
    job.accept()
    assert maya.get(f"/agreements/{job.agreement.id}/tips/new").status_code == 200
    assert maya.post(f"/agreements/{job.agreement.id}/tips", data={"amount": "0.10"}).status_code == 422
    leads = maya.post(f"/agreements/{job.agreement.id}/tips", data={"amount": "5"}).headers["Location"]
    send_form(leads, card="pm_card_visa")
    job.money.arrive()
    assert "A tip of €5" in page_of(sam, job)


def test_before_ending_it_one_reads_what_goes_back(job, maya):
    job.fund()
    assert "€400 that is held for it goes back" in words(maya.get(f"/agreements/{job.agreement.id}/cancellation"))


def test_without_stripe_the_pages_say_so_and_the_rest_works(hall, browser, outbox):
    job = work(None)
    maya = browser(db.session.get_one(Member, (job.agreement.tenant_id, job.agreement.client_id)))
    assert "Payments are not set up" in page_of(maya, job)
    assert "Payments are not set up here" in words(maya.get("/earnings"))
    assert maya.post(f"/agreements/{job.agreement.id}/payments", data={"part": str(job.part().id)}).status_code == 409
    assert maya.post("/earnings/account", data={"country": "DE"}).status_code == 409
    job.accept()
    assert job.part().is_accepted


def test_when_stripe_does_not_answer_nothing_is_lost(job, maya):
    job.money.fake.faults.plan("busy", "POST /v1/checkout", times=3)
    maya.post(f"/agreements/{job.agreement.id}/payments", data={"part": str(job.part().id)})
    assert "Nothing is lost" in page_of(maya, job)
