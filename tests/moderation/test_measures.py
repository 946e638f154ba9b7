"""What is decided about somebody cites a rule, holds for a time, stands in the log, and is appealed to somebody else."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core import clock
from app.core.database import db
from app.departures.departure import ban
from app.messages.models import Report, Thread
from app.moderation.failures import AlreadyTakenBack, YourOwnDecision
from app.moderation.jobs import tell_of_ends
from app.moderation.models import Appeal, Measure
from app.moderation.queries import summary
from app.moderation.things import thing_or_none
from app.vouching.models import Vouch
from app.vouching.queries import shown_about
from tenants.models import Member
from tests.factories import (
    a_category,
    a_gig,
    a_leader,
    a_member,
    a_published_gig,
    a_user,
    acting,
    an_agreement,
    run_jobs,
)

RULE, WHY = "Insults, threats or pressure", "You called Sam names, twice, after he asked you to stop."
SETTINGS = {"new_days": "7", "new_gigs": "5", "new_talks": "10", "most_links": "5"}
SAID = {"rule": RULE, "why": WHY}


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor", user=a_user("Maya Okafor", email="maya@example.org"))


@pytest.fixture
def ines(hall):
    return a_leader("Ines Moreau")


@pytest.fixture
def kofi(hall):
    return a_member("Kofi Mensah", roles=("moderator",))


def decided(kind, about, by, *, days=7, **more):
    now = clock.now()
    lasting = {"until": now + timedelta(days=days)} if kind in ("limited", "suspended") else {}
    measure = Measure.take(kind, about.id, by=acting(by), now=now, **SAID, **lasting, **more)
    db.session.commit()
    return measure


def test_a_limit_keeps_from_what_it_names_says_until_when_and_ends(maya, kofi, browser):
    theirs = a_published_gig(by=kofi)
    measure = decided("limited", maya, kofi, deeds=("post",))
    page = browser(maya)
    refused = page.get("/gigs/new?draft=")
    assert refused.status_code == 403
    assert RULE in refused.text
    assert f"/measures/{measure.id}" in refused.text
    # Nothing else is taken.
    assert page.get(f"/gigs/{theirs.id}/applications/new").status_code == 200
    with clock.travel(to=clock.now() + timedelta(days=8)):
        assert page.get("/gigs/new?draft=").status_code == 302
        assert tell_of_ends(now=clock.now()) == 1
        assert tell_of_ends(now=clock.now()) == 0


def test_whoever_may_not_write_still_talks_to_those_they_work_with(kofi, browser):
    agreement = an_agreement(state="active")
    maya, sam = (
        db.session.get_one(Member, (agreement.tenant_id, one)) for one in (agreement.client_id, agreement.worker_id)
    )
    other = a_published_gig(by=kofi, title="Gild a frame")
    thread = Thread.between(maya.id, sam.id, gig_id=agreement.gig_id, now=clock.now())
    db.session.commit()
    decided("limited", maya, kofi, deeds=("write",))
    page = browser(maya)
    assert page.get(f"/gigs/{other.id}/messages/{kofi.id}").status_code == 403
    assert page.post(f"/messages/{thread.id}", data={"body": "On my way."}).status_code == 302


def test_whoever_is_suspended_finishes_what_was_agreed_and_begins_nothing(kofi, browser):
    agreement = an_agreement(state="active")
    worker = db.session.get_one(Member, (agreement.tenant_id, agreement.worker_id))
    gig = a_published_gig(by=worker, title="Letter a van")
    theirs = a_published_gig(by=kofi, title="Gild a frame")
    decided("suspended", worker, kofi)
    db.session.refresh(gig)
    assert gig.state == "paused"
    page = browser(worker)
    for path in (
        f"/gigs/{theirs.id}/applications/new",
        f"/people/{kofi.id}/vouch",
        f"/gigs/{gig.id}/edit",
    ):
        assert page.get(path).status_code == 403, path
    assert page.post(f"/gigs/{gig.id}/resumption").status_code == 403
    for path in (f"/agreements/{agreement.id}", f"/agreements/{agreement.id}/deliveries/new", "/gigs", "/measures"):
        assert page.get(path).status_code == 200, path


def test_a_gig_of_somebody_suspended_is_not_approved_and_live(kofi, maya):
    gig = a_gig(by=maya, category=a_category("Print", posting_rule="reviewed"))
    gig.publish(by=maya)
    assert gig.state == "in_review"
    decided("suspended", maya, kofi)
    db.session.refresh(gig)
    assert gig.state == "draft"


def test_what_is_hidden_is_read_by_nobody_until_it_is_shown_again(maya, ines, kofi):
    vouch = Vouch.write(
        ines.id, by=acting(maya), relation="client", text="She never pays, ask anybody.", now=clock.now()
    )
    vouch.show(by=acting(ines), now=clock.now())
    gig = a_published_gig(by=maya)
    hidden = [
        decided("hidden", maya, kofi, thing=thing_or_none(kind, one.id))
        for kind, one in (("vouch", vouch), ("gig", gig))
    ]
    assert shown_about(ines.id) == []
    vouch.show(by=acting(ines), now=clock.now())
    assert shown_about(ines.id) == []
    assert gig.state == "removed"
    for measure in hidden:
        measure.lift(by=acting(ines), why="It is an opinion.", now=clock.now())
    assert [one.text for one in shown_about(ines.id)] == ["She never pays, ask anybody."]
    assert gig.state == "paused"
    with pytest.raises(AlreadyTakenBack):
        hidden[0].lift(by=acting(ines), why="Again.", now=clock.now())


def test_the_log_can_only_grow(maya, kofi):
    measure = decided("warned", maya, kofi)
    for change in ("UPDATE measures SET why = 'Never mind'", "DELETE FROM measures"):
        with pytest.raises(DBAPIError, match="only added to"), db.session.begin_nested():
            db.session.execute(text(change))
    assert measure.why == WHY


def test_an_appeal_is_answered_by_somebody_else_and_gives_back_what_was_taken(maya, kofi, ines, browser, outbox):
    measure = decided("limited", maya, kofi, deeds=("apply",))
    run_jobs()
    assert RULE in outbox.to("maya@example.org").text
    assert WHY in outbox.to("maya@example.org").text
    browser(maya).post(f"/measures/{measure.id}/appeal", data={"words": "It was somebody else who wrote that."})
    appeal = db.session.query(Appeal).one()
    assert browser(kofi).post(f"/appeals/{appeal.id}/granting", data={"answer": "No."}).status_code == 403
    with pytest.raises(YourOwnDecision):
        appeal.refuse(by=acting(kofi), answer="No.", now=clock.now())
    # The table itself holds it, whatever code does.
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text("UPDATE appeals SET state = 'refused', answered_by = decided_by"))
    assert browser(ines).post(f"/appeals/{appeal.id}/granting", data={"answer": "You are right."}).status_code == 302
    db.session.refresh(maya)
    assert maya.restraints == ""
    assert "You are right." in browser(maya).get(f"/measures/{measure.id}").text
    # Others' decisions are nobody's business.
    assert browser(a_member("Li Wei")).get(f"/measures/{measure.id}").status_code == 403


def test_nobody_takes_back_what_was_decided_about_themselves(kofi, ines, browser):
    measure, path = decided("suspended", kofi, ines), "/measures/{}/reversal"
    assert browser(kofi).post(path.format(measure.id), data={"why": "I am sorry."}).status_code == 403
    with pytest.raises(YourOwnDecision):
        measure.lift(by=acting(kofi), why="I am sorry.", now=clock.now())
    assert not measure.is_lifted
    assert browser(ines).post(path.format(measure.id), data={"why": "He is sorry."}).status_code == 302
    assert measure.is_lifted


def test_a_ban_is_taken_back_by_an_admin_and_by_no_moderator(maya, kofi, ines, browser):
    ban(maya.id, by=acting(kofi), now=clock.now(), **SAID)
    db.session.commit()
    measure, kofis = db.session.query(Measure).one(), browser(kofi)
    path = f"/measures/{measure.id}"
    assert f"{path}/reversal" not in kofis.get(path).text
    assert kofis.post(f"{path}/reversal", data={"why": "Never mind."}).status_code == 403
    leader = browser(ines)
    assert f"{path}/reversal" in leader.get(path).text
    assert leader.post(f"{path}/reversal", data={"why": "It was somebody else."}).status_code == 302
    db.session.refresh(maya)
    assert maya.standing == "removed"


def test_whoever_is_banned_appeals_by_the_link_in_the_letter(maya, kofi, ines, browser, outbox):
    ban(maya.id, by=acting(kofi), now=clock.now(), **SAID)
    db.session.commit()
    run_jobs()
    letter = outbox.to("maya@example.org").text
    path = "/appeals/by-link/" + letter.partition("/appeals/by-link/")[2].split()[0]
    visitor = browser()
    assert WHY in visitor.get(path).text
    assert visitor.get(path + "x").status_code == 404
    visitor.post(path, data={"words": "I was hacked, and have a new password."})
    appeal = db.session.query(Appeal).one()
    appeal.grant(by=acting(ines), answer="Welcome back.", now=clock.now())
    db.session.refresh(maya)
    assert maya.standing == "removed"


def test_a_report_about_anything_leads_to_a_decision_and_an_answer(maya, kofi, browser):
    sam = a_member("Sam Reyes")
    gig = a_published_gig(by=maya)
    browser(sam).post(f"/reports/new/gig/{gig.id}", data={"rule": "unkind", "words": "Look at the title."})
    report = db.session.query(Report).one()
    desk, path = browser(kofi), f"/desk/reports/{report.id}/measure"
    assert path in desk.get(f"/desk/reports/{report.id}").text
    assert desk.post(path, data={"kind": "limited", **SAID, "days": "7"}).status_code == 422
    assert desk.post(path, data={"kind": "hidden", **SAID, "days": "7", "answer": "Gone."}).status_code == 302
    db.session.refresh(report)
    db.session.refresh(gig)
    assert (report.state, report.answer, gig.state) == ("upheld", "Gone.", "removed")
    assert WHY in desk.get(f"/measures/{db.session.query(Measure).one().id}").text
    # Who leads the marketplace is above moderators; and nobody decides without the role.
    leader = a_leader("Noor Haddad")
    assert desk.get(f"/desk/members/{leader.id}/measures/new").status_code == 403
    assert browser(sam).get(f"/desk/members/{maya.id}/measures/new").status_code == 403


def test_a_gig_taken_down_on_its_own_page_stands_in_the_log(maya, kofi, browser):
    gig = a_published_gig(by=maya)
    browser(kofi).post(f"/gigs/{gig.id}/removal", data={"why": WHY})
    measure = db.session.query(Measure).one()
    assert (measure.kind, measure.member_id, measure.why) == ("hidden", maya.id, WHY)


def test_the_summary_names_nobody_and_is_read_where_the_leaders_want(maya, kofi, ines, browser):
    for _ in range(3):
        decided("warned", maya, kofi)
    Measure.take("warned", maya.id, by=acting(kofi), rule="Rare", why=WHY, now=clock.now())
    db.session.commit()
    ((_, rules),) = summary()
    assert rules == [(RULE, 3, 0), ("", 1, 0)]
    visitor = browser()
    assert visitor.get("/moderation").status_code == 404
    browser(ines).post("/desk/moderation/settings", data=SETTINGS | {"publishes_summary": "y"})
    page = visitor.get("/moderation").text
    assert RULE in page
    assert "Rare" not in page
    assert "Maya" not in page
    assert "/moderation" in visitor.get("/rules").text
