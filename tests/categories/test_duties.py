"""Duties are delegated for a time, in one category, by whoever has the power and no longer than that; nobody gives them on."""

from datetime import timedelta

import pytest

from app.categories.delegating import LeadsAlready, TooLong, delegate, take_back
from app.categories.offices import TermOfOffice
from app.core import clock
from app.core.database import db
from app.experts.deciders import deciders_of
from app.gigs.models import Suggestion
from app.policies import ANSWER_FLAG, DELEGATE, EDIT_CATEGORY, KEEP_BOARD, MAKE_PROJECT, REVIEW_GIG, allows
from tenants.duties import DUTIES, Delegation
from tenants.isolation import scoped
from tenants.models import Role
from tests.factories import a_category, a_category_leader, a_leader, a_member, a_published_gig, acting, run_jobs


@pytest.fixture
def printing(hall):
    return a_category("Print", posting_rule="reviewed")


@pytest.fixture
def tomasz(printing):
    return a_category_leader(printing)


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def given(category, member, *duties, by, days=7):
    delegation = delegate(
        category, member, duties, ends_on=clock.today("UTC") + timedelta(days=days), by=acting(by), now=clock.now()
    )
    db.session.commit()
    return delegation


def test_the_form_gives_duties_and_both_know(printing, tomasz, sam, browser, outbox):
    leads, helper = browser(tomasz), browser(sam)
    gig = a_published_gig(by=a_member(), category=printing)
    address = f"/categories/print/people/{sam.id}/duties"
    assert "Delegate …" in leads.get("/categories/print/people?q=Sam").text
    until = (clock.today("UTC") + timedelta(days=7)).isoformat()
    assert leads.post(address, data={"ends_on": until}).status_code == 422
    assert leads.post(address, data={"duties": ["review"], "ends_on": ""}).status_code == 422
    assert helper.post(f"/gigs/{gig.id}/approval").status_code in (403, 404)
    assert leads.post(address, data={"duties": ["review", "board"], "ends_on": until}).status_code == 302
    run_jobs()
    assert "gave you duties" in outbox.to("sam-reyes@example.org").subject
    page = helper.get("/categories/print/people").text
    assert "Reviewing gigs and changes" in page
    assert "Sam Reyes" in page
    # Their work is at the desk, and nothing else of it.
    desk = helper.get("/categories/print/desk").text
    assert "sign lettering" in desk
    assert "Approve" in desk
    assert helper.get("/categories/print/board").status_code == 200
    assert helper.get("/categories/print/edit").status_code == 403
    assert helper.get(f"/categories/print/people/{sam.id}/duties").status_code == 403
    assert helper.post(f"/gigs/{gig.id}/approval").status_code == 302
    db.session.expire_all()
    assert gig.state == "open"
    # Taken back, it is over at once.
    delegation = db.session.query(Delegation).filter(scoped(Delegation)).one()
    assert leads.post(f"/duties/{delegation.id}/end").status_code == 302
    run_jobs()
    assert "ended delegated duties" in outbox.to("sam-reyes@example.org").subject
    assert helper.get("/categories/print/desk").status_code == 403


def test_each_duty_gives_its_own_and_nothing_beyond_the_category(printing, tomasz, sam):
    other = a_category("Engraving", posting_rule="reviewed")
    here, there = (
        a_published_gig(by=a_member(name), category=one)
        for name, one in (("Maya Okafor", printing), ("Orla Finch", other))
    )
    live = a_published_gig(by=tomasz, category=printing)
    powers = {
        "review": (REVIEW_GIG, here),
        "board": (KEEP_BOARD, printing),
        "staffing": (MAKE_PROJECT, live),
        "flags": (ANSWER_FLAG, here),
    }
    for duty in DUTIES:
        given(printing, sam, duty, by=tomasz)
        me = acting(sam)
        for whose, (permission, thing) in powers.items():
            assert allows(permission, me, thing) == (whose == duty), (duty, permission)
        assert (sam.id in deciders_of(printing.id)) == (duty == "vetting")
        assert not allows(DELEGATE, me, printing)
        assert not allows(EDIT_CATEGORY, me, printing)
        assert not allows(KEEP_BOARD, me, other)
        assert not any(allows(permission, me, there) for permission in (REVIEW_GIG, ANSWER_FLAG))


def test_the_check_ends_them_and_no_job(printing, tomasz, sam):
    gig = a_published_gig(by=a_member(), category=printing)
    given(printing, sam, "review", by=tomasz, days=2)
    assert allows(REVIEW_GIG, acting(sam), gig)
    with clock.travel(to=clock.now() + timedelta(days=4)):
        assert not allows(REVIEW_GIG, acting(sam), gig)


def test_they_never_outlast_the_power_of_whoever_gave_them(printing, tomasz, sam):
    gig = a_published_gig(by=a_member(), category=printing)
    role = (
        db.session.query(Role).filter(scoped(Role), Role.member_id == tomasz.id, Role.role == "category_leader").one()
    )
    role.until = clock.now() + timedelta(days=3)
    db.session.commit()
    with pytest.raises(TooLong):
        given(printing, sam, "review", by=tomasz, days=30)
    given(printing, sam, "review", by=tomasz, days=1)
    assert allows(REVIEW_GIG, acting(sam), gig)
    db.session.delete(role)
    db.session.commit()
    assert not allows(REVIEW_GIG, acting(sam), gig)


def test_nobody_reviews_their_own_by_duty_and_leaders_need_none(printing, tomasz, sam):
    given(printing, sam, "review", by=tomasz)
    own = a_published_gig(by=sam, category=printing)
    assert own.state == "in_review"
    assert not allows(REVIEW_GIG, acting(sam), own)
    with pytest.raises(LeadsAlready):
        given(printing, tomasz, "review", by=tomasz)


def test_what_whose_duty_it_is_suggests_is_approved_when_it_is_taken(printing, tomasz, sam):
    maya = a_member()
    gig = a_published_gig(by=maya, category=printing)
    delegation = given(printing, sam, "review", by=tomasz)
    words = {"title": "Paint our bakery's sign"}
    Suggestion.make(gig, words, by=acting(sam), note="", now=clock.now()).take(by=acting(maya), now=clock.now())
    assert gig.state == "open"
    take_back(delegation, by=acting(sam), now=clock.now())
    assert not acting(sam).duties


def test_what_somebody_gave_is_over_with_their_term_also_when_they_are_appointed_anew(printing, sam):
    boss, lotte, day = acting(a_leader()), a_member("Lotte Brandt"), clock.today("UTC")
    term = {"starts_on": day, "ends_on": day + timedelta(days=60), "by": boss}
    office = TermOfOffice.begin(printing, lotte, "category_leader", now=clock.now(), **term)
    delegation = given(printing, sam, "review", by=lotte, days=30)
    # Sooner over, and so is what was given; it does not come back with a later end.
    office.renew(day + timedelta(days=10), by=boss, now=clock.now())
    office.renew(day + timedelta(days=90), by=boss, now=clock.now())
    assert delegation.ends_on == day + timedelta(days=10)
    office.end(by=boss, why="A sabbatical.", now=clock.now())
    TermOfOffice.begin(printing, lotte, "category_leader", now=clock.now(), **term)
    db.session.commit()
    assert not acting(sam).duties
    # Whoever leads the marketplace gives as its leader.
    kofi = a_member("Kofi Mensah", roles=("admin",))
    office = TermOfOffice.begin(printing, kofi, "category_leader", now=clock.now(), **term)
    given(printing, sam, "review", by=kofi)
    office.end(by=boss, why="Too much.", now=clock.now())
    assert acting(sam).duties
