"""Two gigs become one: both authors agree, everybody goes along once and is told, and what runs refuses it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.applications.models import Application
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.merging.failures import AskedBefore, OtherWay, PartOfProject, TargetNotLive, WorkUnderWay
from app.merging.jobs import tick
from app.merging.models import Merge
from tenants.isolation import scoped
from tests.factories import (
    a_category,
    a_category_leader,
    a_gig,
    a_member,
    a_published_gig,
    acting,
    an_agreement,
    an_application,
    run_jobs,
)

WHY = "It is the same wall."


@pytest.fixture
def printing(hall):
    return a_category("Print")


@pytest.fixture
def tomasz(printing):
    return a_category_leader(printing)


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def orla(hall):
    return a_member("Orla Finch")


def waiting_at(gig):
    found = select(Application.applicant_id).where(
        scoped(Application), Application.gig_id == gig.id, Application.state.in_(("sent", "shortlisted"))
    )
    return set(db.session.scalars(found))


def asked(gig, into, by):
    merge = Merge.ask(gig, into, by=acting(by), why=WHY, now=clock.now())
    db.session.commit()
    return merge


def test_with_both_consents_everybody_goes_along_once_and_is_told(printing, tomasz, maya, orla, browser, outbox):
    gig = a_published_gig(by=maya, category=printing, title="Paint the wall of our bakery")
    into = a_published_gig(by=orla, category=printing, title="Paint a bakery's wall")
    sam, noor = a_member("Sam Reyes"), a_member("Noor Hadid")
    one = an_application(to=gig, by=sam, note="I have a ladder.")
    for to in (gig, into):
        an_application(to=to, by=noor)
    # Whose gig it becomes cannot be an applicant of it.
    an_application(to=gig, by=orla)
    written_at = one.created_at
    leads, me, other = browser(tomasz), browser(maya), browser(orla)
    address = f"/gigs/{gig.id}/merging"
    assert "Paint a bakery" in leads.get(address).text
    assert leads.post(address, data={"into": str(into.id), "why": ""}).status_code == 422
    assert leads.post(address, data={"into": str(into.id), "why": WHY}).status_code == 302
    run_jobs()
    assert "goes into" in outbox.to("maya-okafor@example.org").subject
    assert "comes into" in outbox.to("orla-finch@example.org").subject
    assert WHY in me.get(f"/gigs/{gig.id}").text
    merge = db.session.scalars(select(Merge).where(scoped(Merge))).one()
    assert leads.post(f"/merges/{merge.id}/consent").status_code == 403
    assert me.post(f"/merges/{merge.id}/consent").status_code == 302
    db.session.expire_all()
    assert (gig.state, merge.state) == ("open", "waiting")
    assert other.post(f"/merges/{merge.id}/consent").location.endswith(f"/gigs/{into.id}")
    run_jobs()
    db.session.expire_all()
    assert (gig.state, gig.merged_into, merge.state) == ("closed", into.id, "merged")
    assert waiting_at(into) == {sam.id, noor.id}
    assert waiting_at(gig) == set()
    assert (one.gig_id, one.created_at, one.note) == (into.id, written_at, "I have a ladder.")
    assert "part of" in outbox.to("sam-reyes@example.org").subject
    assert "one gig" in outbox.to("tomasz-nowak@example.org").subject
    assert "one gig" in outbox.to("maya-okafor@example.org").subject
    # The old address leads on, for everybody, with a note.
    visitor = browser()
    led = visitor.get(f"/gigs/{gig.id}")
    assert led.location.endswith(f"/gigs/{into.id}")
    assert "is part of this gig now" in visitor.get(led.location).text
    assert other.get(f"/applications/{one.id}").status_code == 200


def test_two_of_ones_own_are_one_at_once(printing, maya, browser):
    gig, into = (a_published_gig(by=maya, category=printing, title=f"Paint a wall {number}") for number in (1, 2))
    answer = browser(maya).post(f"/gigs/{gig.id}/merging", data={"into": str(into.id), "why": WHY})
    assert answer.location.endswith(f"/gigs/{into.id}")
    db.session.expire_all()
    assert gig.merged_into == into.id


def test_what_waits_for_review_goes_into_a_live_one(hall, maya):
    reviewed = a_category("Type", posting_rule="reviewed")
    leads = a_category_leader(reviewed, "Ilse Brandt")
    into = a_published_gig(by=maya, category=reviewed)
    into.approve(by=leads)
    gig = a_published_gig(by=maya, category=reviewed)
    assert asked(gig, into, leads).state == "merged"
    assert (gig.state, gig.merged_into) == ("removed", into.id)


def test_declined_with_a_word_both_stay(printing, tomasz, maya, orla, browser, outbox):
    gig, into = (a_published_gig(by=who, category=printing) for who in (maya, orla))
    merge = asked(gig, into, tomasz)
    with pytest.raises(AskedBefore):
        asked(gig, into, tomasz)
    address = f"/merges/{merge.id}/refusal"
    other = browser(orla)
    assert other.post(address, data={"why": " "}).status_code == 422
    assert other.post(address, data={"why": "Mine is indoors."}).status_code == 302
    run_jobs()
    db.session.expire_all()
    assert (gig.state, into.state, merge.state) == ("open", "open", "declined")
    assert "apart" in outbox.to("tomasz-nowak@example.org").subject
    assert "Mine is indoors." in outbox.to("maya-okafor@example.org").text


def test_what_runs_refuses_it_kindly(printing, tomasz, maya, orla, browser):
    gig, into = (a_published_gig(by=who, category=printing, seats=2) for who in (maya, orla))
    offer = a_published_gig(by=orla, category=printing, direction="offer")
    role = a_published_gig(by=orla, category=printing, coordinator_id=tomasz.id)
    for other, refusal in (
        (offer, OtherWay),
        (role, PartOfProject),
        (a_gig(by=orla, category=printing), TargetNotLive),
    ):
        with pytest.raises(refusal):
            Merge.ask(gig, other, by=acting(tomasz), why=WHY, now=clock.now())
    merge = asked(gig, into, tomasz)
    # It came about while the authors were asked.
    an_agreement(state="proposed", gig=gig)
    with pytest.raises(WorkUnderWay):
        merge.agree(by=acting(maya), now=clock.now())
    refused = browser(orla).post(f"/merges/{merge.id}/consent")
    assert refused.status_code == 409
    assert "Let that end first" in refused.text
    assert db.session.get_one(Gig, (gig.tenant_id, gig.id)).merged_into is None


def test_nobody_offers_gigs_that_they_do_not_look_after(printing, tomasz, maya, browser):
    gig = a_published_gig(by=maya, category=printing)
    elsewhere = a_published_gig(by=a_member("Orla Finch"), title="Not in this field at all")
    leads = browser(tomasz)
    assert "Not in this field" not in leads.get(f"/gigs/{gig.id}/merging").text
    answer = leads.post(f"/gigs/{gig.id}/merging", data={"into": str(elsewhere.id), "why": WHY})
    assert answer.status_code == 422
    assert browser(a_member("Sam Reyes")).get(f"/gigs/{gig.id}/merging").status_code == 403
    assert leads.get(f"/gigs/{elsewhere.id}/merging").status_code == 403


def test_the_clock_reminds_whoever_has_not_answered_and_lets_go(printing, tomasz, maya, orla, outbox):
    gig, into = (a_published_gig(by=who, category=printing) for who in (maya, orla))
    merge = asked(gig, into, tomasz)
    merge.agree(by=acting(maya), now=clock.now())
    db.session.commit()
    run_jobs()
    outbox.clear()
    with clock.travel(to=clock.now() + timedelta(days=4)):
        tick()
        db.session.commit()
        run_jobs()
    assert [letter.to for letter in outbox.all] == ["orla-finch@example.org"]
    with clock.travel(to=clock.now() + timedelta(days=16)):
        tick()
        db.session.commit()
        run_jobs()
    db.session.expire_all()
    assert (merge.state, gig.state) == ("lapsed", "open")
