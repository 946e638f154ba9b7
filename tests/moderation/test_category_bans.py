"""Whoever is banned from one category keeps the marketplace: nothing goes there, by no way, until it ends by the clock."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.climbing.picking import may_be_asked
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.matching import fit_of, people_for
from app.moderation.category_bans import KeptFromCategory
from app.moderation.jobs import tell_of_ends
from app.moderation.models import CategoryBan, Measure
from app.profiles.models.skills import set_skills
from tenants.restraints import DEEDS_OF_CATEGORY
from tests.factories import (
    a_category,
    a_category_leader,
    a_gig,
    a_leader,
    a_member,
    a_published_gig,
    acting,
    an_agreement,
    an_application,
    run_jobs,
)

RULE, WHY = "Insults, threats or pressure", "You called Sam names, twice, after he asked you to stop."
DAY = timedelta(days=1)


@pytest.fixture
def printing(hall):
    return a_category("Print")


@pytest.fixture
def tomasz(printing):
    return a_category_leader(printing)


@pytest.fixture
def maya(hall):
    return a_member()


def banned(member, category, by, *, days=7):
    until = clock.now() + days * DAY
    said = {"rule": RULE, "why": WHY, "until": until, "deeds": DEEDS_OF_CATEGORY}
    measure = Measure.take("limited", member.id, by=acting(by), now=clock.now(), category=category, **said)
    db.session.commit()
    return measure


def test_a_leader_bans_with_rule_and_reason_and_the_member_is_told_and_appeals_to_somebody_else(
    printing, tomasz, maya, browser, outbox
):
    leads, page = browser(tomasz), browser(maya)
    here = f"/categories/print/bans/{maya.id}"
    assert leads.post(here, data={"days": "7", "rule": "", "why": ""}).status_code == 422
    assert leads.post(here, data={"days": "7", "rule": RULE, "why": WHY}).status_code == 302
    run_jobs()
    letter = outbox.to("maya-okafor@example.org")
    assert "in Print" in letter.text
    assert RULE in letter.text
    measure = db.session.query(Measure).filter_by(member_id=maya.id).one()
    listed = leads.get("/categories/print/bans").text
    assert maya.name in listed
    assert f"/measures/{measure.id}" in listed
    assert page.post(f"/measures/{measure.id}/appeal", data={"words": "Sam and I had settled it."}).status_code == 302
    decision = leads.get(f"/measures/{measure.id}").text
    assert "/granting" not in decision
    ines = browser(a_leader())
    assert "/granting" in ines.get(f"/measures/{measure.id}").text
    assert "Ban from one category" in ines.get("/desk/moderation").text
    # Those who look after the marketplace or this category read it on the member's page, nobody else.
    assert "Banned from Print until" in ines.get(f"/people/{maya.id}").text
    assert "Banned from Print until" in leads.get(f"/people/{maya.id}").text
    elsewhere = browser(a_category_leader(a_category("Engraving"), "Lotte Brandt"))
    assert "Banned from" not in elsewhere.get(f"/people/{maya.id}").text
    assert elsewhere.get(f"/measures/{measure.id}").status_code == 403
    assert elsewhere.post(f"/measures/{measure.id}/reversal", data={"why": "No."}).status_code == 403
    assert leads.post(f"/measures/{measure.id}/reversal", data={"why": "I was wrong."}).status_code == 302
    assert db.session.query(CategoryBan).count() == 0


def test_nothing_begins_there_what_was_agreed_goes_on_and_all_else_is_open(printing, tomasz, maya, browser):
    sam, engraving = a_member("Sam Reyes"), a_category("Engraving")
    agreement = an_agreement(state="active", gig=a_published_gig(by=sam, category=printing), applicant=maya)
    theirs, other = a_published_gig(by=sam, category=printing), a_published_gig(by=sam, category=engraving)
    mine, elsewhere = a_published_gig(by=maya, category=printing), a_published_gig(by=maya, category=engraving)
    hand = an_application(to=mine, by=a_member("Noor Hadid"))
    draft = a_gig(by=maya, category=printing)
    measure = banned(maya, printing, tomasz)
    db.session.expire_all()
    assert (mine.state, elsewhere.state) == ("paused", "open")
    page = browser(maya)
    refused = page.get(f"/gigs/{theirs.id}/applications/new")
    assert refused.status_code == 403
    assert "Everything else in" in refused.text
    assert f"/measures/{measure.id}" in refused.text
    for path in (f"/gigs/{draft.id}/publication", f"/gigs/{mine.id}/resumption"):
        assert page.post(path, data={}).status_code in (403, 404), path
    assert page.get(f"/applications/{hand.id}/offers/new").status_code == 403
    # A no they may give: nobody is left waiting.
    assert page.get(f"/applications/{hand.id}").status_code == 200
    assert page.get(f"/gigs/{other.id}/applications/new").status_code == 200
    assert page.get(f"/agreements/{agreement.id}").status_code == 200
    with pytest.raises(KeptFromCategory):
        draft.publish(by=acting(maya))
    with pytest.raises(KeptFromCategory):
        elsewhere.revise({"category_id": printing.id}, by=acting(maya))
    db.session.rollback()
    # A draft can be put elsewhere, and goes live there.
    draft = db.session.get_one(Gig, (maya.tenant_id, draft.id))
    draft.revise({"category_id": engraving.id}, by=acting(maya))
    draft.publish(by=acting(maya))
    assert draft.state == "open"


def test_it_ends_by_the_clock_in_every_place_that_asks(printing, tomasz, maya, browser):
    theirs = a_published_gig(by=a_member("Sam Reyes"), category=printing)
    banned(maya, printing, tomasz, days=2)
    page = browser(maya)
    assert page.get(f"/gigs/{theirs.id}/applications/new").status_code == 403
    with clock.travel(to=clock.now() + 3 * DAY):
        assert page.get(f"/gigs/{theirs.id}/applications/new").status_code == 200
        assert a_published_gig(by=maya, category=printing).state == "open"
        assert "Nobody is banned here" in browser(tomasz).get("/categories/print/bans").text
        assert tell_of_ends(now=clock.now()) == 1


def test_whoever_is_banned_is_suggested_nowhere_there_and_nothing_there_to_them(printing, tomasz, maya):
    sam = a_member("Sam Reyes")
    gigs = [
        a_published_gig(by=sam, category=category, skills_needed=["Letterpress"])
        for category in (printing, a_category("Engraving"))
    ]
    set_skills(maya.id, {"held": ["Letterpress"]})
    db.session.commit()

    def suits():
        now = clock.now()
        found = [
            (
                maya.id in [one.id for one in people_for(gig, now=now)],
                may_be_asked(gig, maya.id),
                fit_of(maya, gig.id, now=now) is not None,
            )
            for gig in gigs
        ]
        db.session.rollback()
        return found

    everything, nothing = (True, True, True), (False, False, False)
    assert suits() == [everything, everything]
    banned(maya, printing, tomasz)
    assert suits() == [nothing, everything]
    with clock.travel(to=clock.now() + 8 * DAY):
        assert suits() == [everything, everything]


def test_nobody_with_a_say_there_is_banned_and_no_leader_beyond_their_category(printing, tomasz, maya, browser):
    leads, moderates = browser(tomasz), browser(a_member("Kofi Mensah", roles=("moderator",)))
    second, ines = a_category_leader(printing, "Lotte Brandt"), a_leader()
    a_category("Engraving")
    for path in (
        f"print/bans/{tomasz.id}",
        f"print/bans/{second.id}",
        f"print/bans/{ines.id}",
        f"engraving/bans/{maya.id}",
    ):
        assert leads.get(f"/categories/{path}").status_code == 403, path
    assert leads.get(f"/categories/print/bans/{maya.id}").status_code == 200
    # Nor is it offered where it would be refused.
    assert f"/bans/{maya.id}" in leads.get("/categories/print/bans?q=a").text
    assert f"/bans/{second.id}" not in leads.get("/categories/print/bans?q=a").text
    assert f"/bans/{second.id}" not in leads.get(f"/people/{second.id}").text
    assert f"/categories/print/bans/{maya.id}" in leads.get(f"/people/{maya.id}").text
    assert moderates.get(f"/categories/engraving/bans/{maya.id}").status_code == 200
    assert browser(maya).get(f"/categories/print/bans/{tomasz.id}").status_code == 403
    with pytest.raises(IntegrityError):
        Measure.take("warned", maya.id, by=acting(ines), rule=RULE, why=WHY, category=printing, now=clock.now())
    db.session.rollback()


def test_their_list_names_each_category_without_asking_for_each(printing, tomasz, maya, browser, statements):
    banned(maya, printing, tomasz)
    theirs, counts = browser(maya), []
    for path in ("/measures", "/measures"):
        statements.clear()
        assert "Print" in theirs.get(path).text
        counts.append(len(statements))
    banned(maya, a_category("Binding"), a_leader())
    statements.clear()
    page = theirs.get("/measures").text
    assert "not possible in Print" in page
    assert "not possible in Binding" in page
    assert len(statements) == counts[-1]
