"""What a mandate does not let anybody do is not done by another way either: no money, no own cause, no both sides."""

from dataclasses import replace

import pytest

from app.agreements.failures import OwnCause
from app.agreements.models import Agreement
from app.applications.raising import obstacle, raise_hand
from app.categories.models import Category
from app.category_desk.flags import flag_or_404
from app.core import clock
from app.core.database import db
from app.gigs.queries import one_gig
from app.mandates.failures import HelperAndHelped
from app.messages.models import Report
from app.policies import ANSWER_FLAG, MANDATES, REVIEW_GIG, SUGGEST_CHANGE, allows
from app.projects.models import Project
from tests.assisting.arranging import a_mandate
from tests.credits.arranging import an_agreement_on_hours
from tests.factories import a_leader, a_member, a_published_gig, acting, an_agreement
from tests.projects.arranging import a_project, member_of

# Where whatever changes something moves money or hours, or what is done with them.
MONEY = set("commissions credits fees gifts loose_money memberships offer_desk offers payments tiers treasury".split())


def test_no_route_of_money_or_hours_is_in_any_mandate(app):
    lent = set().union(*MANDATES.values())
    found = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "policy", "public")
        for rule in app.url_map.iter_rules()
        if rule.subdomain == "hall" and "POST" in rule.methods and rule.endpoint.partition(".")[0] in MONEY
    }
    assert {endpoint.partition(".")[0] for endpoint in found} == MONEY
    assert {endpoint for endpoint, permission in found.items() if permission in lent} == set()


def test_hours_that_were_earned_are_given_back_by_nobody_else(acting_for, rosa, maya, browser):
    agreement = an_agreement_on_hours(180, client=maya, worker=rosa, state="accepted")
    back = f"/agreements/{agreement.id}/hours/return"
    page = acting_for()
    assert page.get(back).status_code == 403
    assert page.post(back, data={"minutes": "3:00", "reason": "She meant it as a gift."}).status_code == 403
    assert back not in page.get(f"/agreements/{agreement.id}").text
    assert back in browser(rosa).get(f"/agreements/{agreement.id}").text


def test_nobody_settles_a_dispute_of_somebody_they_act_for(ana, rosa, maya, browser):
    agreement = an_agreement(gig=a_published_gig(by=maya), applicant=rosa, state="disputed")
    ines = a_leader()
    a_mandate(ines, rosa)
    page, now = browser(ines), clock.now()
    assert page.get(f"/agreements/{agreement.id}/settlement").status_code == 403
    with pytest.raises(OwnCause):
        agreement.resolve(by=acting(ines), outcome="ended", why="It was not done.", now=now)
    with pytest.raises(OwnCause):
        agreement.reinstate(by=acting(ines), why="It goes on.", now=now)
    agreement.resolve(by=acting(a_leader("Otto Berg")), outcome="ended", why="It was not done.", now=now)


def test_nobody_works_on_both_sides_of_what_was_agreed_before(acting_for, ana, rosa, maya):
    agreement = an_agreement(
        gig=a_published_gig(by=maya, settlement="none"), applicant=rosa, state="delivered", settlement="none"
    )
    page = acting_for("agreeing")
    # She may as long as she stands on one side alone.
    assert page.post(f"/agreements/{agreement.id}/acceptance").status_code == 403
    page.post("/helping/rest")
    both = a_mandate(ana, maya, "agreeing")
    page.post(f"/helping/{both.id}/acting")
    seen = agreement.waiting_delivery().id
    assert page.post(f"/agreements/{agreement.id}/acceptance", data={"seen": str(seen)}).status_code == 403
    db.session.expire_all()
    assert db.session.get_one(Agreement, (agreement.tenant_id, agreement.id)).state == "delivered"


def test_whoever_acts_goes_on_with_what_was_agreed_with_others(acting_for, rosa):
    agreement = an_agreement(gig=a_published_gig(by=a_member("Sam Reyes")), applicant=rosa, state="agreed")
    assert acting_for("agreeing").post(f"/agreements/{agreement.id}/start").status_code == 302


def test_no_projects_go_round_what_the_two_may_not_deal_in(hall):
    team, sam, noor = a_project(), a_member("Sam Reyes"), a_member("Noor Haddad")
    role, coordinator = team.role(), member_of(team.coordinator)
    a_mandate(sam, coordinator)
    # Of a role its coordinator answers, so that it is with them, too, that one deals.
    assert isinstance(obstacle(role.gig, by=acting(sam)), HelperAndHelped)
    hand = raise_hand(role.gig, by=acting(noor), note="Gladly.", answers=[], now=clock.now())
    a_mandate(coordinator, noor)
    with pytest.raises(HelperAndHelped):
        team.project.ask(role, hand, team.part(role), by=team.coordinator, now=clock.now())
    other = a_published_gig(by=noor, category=db.session.get_one(Category, (hall.id, role.gig.category_id)))
    with pytest.raises(HelperAndHelped):
        Project.suggest(other, title="All of it", brief="And more.", note="", by=team.coordinator, now=clock.now())


def test_nobody_by_duty_looks_at_what_they_wrote_for_somebody(acting_for, ana, rosa):
    garden = a_published_gig(by=rosa, title="Dig the garden")
    acting_for("gigs").post(f"/gigs/{garden.id}/recruitment/end")
    db.session.refresh(garden)
    assert garden.helper_id == ana.id
    by_duty = frozenset({("review", garden.category_id), ("flags", garden.category_id)})
    reviewer, another = (replace(acting(who), duties=by_duty) for who in (ana, a_member("Sam Reyes")))
    report = Report.file("gig", garden.id, rule="spam", words="", by=another, now=clock.now())
    db.session.flush()
    for permission, thing in (
        (REVIEW_GIG, garden),
        (REVIEW_GIG, one_gig(garden.id, reviewer)),
        (SUGGEST_CHANGE, one_gig(garden.id, reviewer)),
        (ANSWER_FLAG, flag_or_404(report.id)),
    ):
        assert not allows(permission, reviewer, thing)
        assert allows(permission, another, thing)
