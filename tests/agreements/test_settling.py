"""Money and credits are settled in the step that accepts or ends the work, or that step is not taken."""

import pytest

from app.agreements import settling
from app.agreements.terms import MilestoneTerms
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict
from tenants.models import Member
from tests.factories import a_leader, acting, an_agreement


@pytest.fixture
def told(monkeypatch, hall):
    """Write down what agreements that are settled by favours tell of."""
    heard = []
    monkeypatch.setattr(settling, "_settlers", {})
    monkeypatch.setattr(settling, "_enders", {})

    @settling.settles("favour")
    def settle(agreement, milestone, *, now):
        heard.append(milestone.title if milestone else "all of it")

    @settling.ends("favour")
    def end(agreement, *, verb, by, now):
        heard.append((verb, agreement.state))

    return heard


def the_client(agreement):
    return acting(db.session.get_one(Member, (agreement.tenant_id, agreement.client_id)))


def the_worker(agreement):
    return acting(db.session.get_one(Member, (agreement.tenant_id, agreement.worker_id)))


def accept(agreement):
    agreement.deliver(by=the_worker(agreement), note="Here.", now=clock.now())
    agreement.accept(by=the_client(agreement), seen=agreement.waiting_delivery().id, now=clock.now())


def test_every_milestone_is_settled_once_and_then_the_whole(told):
    agreement = an_agreement(state="active", milestones=(MilestoneTerms("Sketch"), MilestoneTerms("Outlines")))
    accept(agreement)
    assert told == ["Sketch"]
    accept(agreement)
    assert told == ["Sketch", "Outlines", "all of it"]


def test_work_without_milestones_is_settled_whole_by_the_client_and_by_the_clock(told):
    accept(an_agreement(state="active"))
    assert told == ["all of it"]


@pytest.mark.parametrize(
    ("outcome", "heard"), [("finished", ["all of it"]), ("partly", []), ("ended", [("resolve", "disputed")])]
)
def test_a_leaders_word_settles_what_counts_as_finished_and_ends_what_does_not(told, outcome, heard):
    agreement = an_agreement(state="disputed")
    agreement.resolve(by=acting(a_leader()), outcome=outcome, why="So it is.", now=clock.now())
    assert told == heard


def test_what_ends_early_is_told_before_it_moves_and_proposals_never_are(told):
    agreement = an_agreement(state="active")
    agreement.cancel(by=the_worker(agreement), why="Ill.", now=clock.now())
    assert told == [("cancel", "active")]


def test_a_proposal_that_comes_to_nothing_settles_nothing(told):
    agreement = an_agreement()
    agreement.cancel(by=the_client(agreement), why="No.", now=clock.now())
    assert told == []


def test_a_refusal_refuses_the_step(told, monkeypatch):
    def refuse(agreement, *, verb, by, now):
        raise Conflict("Not while something waits.")

    monkeypatch.setitem(settling._enders, "favour", refuse)
    agreement = an_agreement(state="active")
    with pytest.raises(Conflict):
        agreement.cancel(by=the_client(agreement), why="No.", now=clock.now())
    assert agreement.state == "active"
