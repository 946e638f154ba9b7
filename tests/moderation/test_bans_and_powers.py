"""A ban from one category against what else moves and gives power there: dissolving, moving, duties, terms."""

from datetime import timedelta

import pytest

from app.categories.delegating import delegate, take_back
from app.categories.dissolving import dissolve
from app.categories.offices import BannedThere, TermOfOffice
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.moderation.category_bans import KeptFromCategory
from app.moderation.models import CategoryBan, Measure
from tenants.restraints import DEEDS_OF_CATEGORY
from tests.factories import a_category, a_category_leader, a_gig, a_leader, a_member, a_published_gig, acting

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


def test_a_ban_follows_its_category_into_another_and_on(printing, tomasz, maya, browser):
    boss, engraving, drawing = a_leader(), a_category("Engraving"), a_category("Drawing")
    measure = banned(maya, printing, tomasz)
    for one, into in ((printing, engraving), (engraving, drawing)):
        dissolve(one, into=into, by=acting(boss), now=clock.now())
        db.session.commit()
        db.session.expire_all()
        assert [row.category_id for row in db.session.query(CategoryBan)] == [into.id]
        listed = browser(boss).get(f"/categories/{into.slug}/bans").text
        assert maya.name in listed
        assert f"/measures/{measure.id}" in listed
        draft = a_gig(by=maya, category=into)
        with pytest.raises(KeptFromCategory):
            draft.publish(by=acting(maya))
        draft.discard(by=acting(maya))
        db.session.commit()
    measure.lift(by=acting(boss), why="I was wrong.", now=clock.now())
    assert db.session.query(CategoryBan).count() == 0


def test_a_banned_authors_gig_is_moved_there_by_nobody(printing, tomasz, maya, browser):
    drawing = a_category("Drawing")
    draws = browser(a_category_leader(drawing, "Noor Hadid"))
    gig = a_published_gig(by=maya, category=drawing)
    banned(maya, printing, tomasz)
    refused = draws.post(f"/gigs/{gig.id}/move", data={"into": str(printing.id), "why": "It is printed."})
    assert refused.status_code == 403
    assert "go there for now" in refused.text
    # Why is between its author and that category.
    assert "Decisions about you" not in refused.text
    assert db.session.get_one(Gig, (gig.tenant_id, gig.id), populate_existing=True).category_id == drawing.id


def test_nobody_has_a_duty_and_a_ban_in_one_category(printing, tomasz, maya, browser):
    sam, boss, now = a_member("Sam Reyes"), acting(a_leader()), clock.now()
    leads, day = browser(tomasz), clock.today("UTC")
    duty = delegate(printing, sam, ["board"], ends_on=day + DAY, by=acting(tomasz), now=now)
    db.session.commit()
    assert leads.get(f"/categories/print/bans/{sam.id}").status_code == 403
    named = leads.get("/categories/print/bans?q=Sam").text
    assert f"/bans/{sam.id}" not in named
    assert "has a say here" in named
    assert "No member has such a name" not in named
    take_back(duty, by=acting(tomasz), now=now)
    db.session.commit()
    assert leads.get(f"/categories/print/bans/{sam.id}").status_code == 200
    banned(maya, printing, tomasz)
    asked = {"duties": ["board"], "ends_on": (day + DAY).isoformat()}
    refused = leads.post(f"/categories/print/people/{maya.id}/duties", data=asked)
    assert refused.status_code == 409
    assert "are banned from this category" in refused.text
    with pytest.raises(BannedThere):
        TermOfOffice.begin(printing, maya, "expert", starts_on=day, ends_on=None, by=boss, now=now)
    delegate(a_category("Engraving"), maya, ["board"], ends_on=day + DAY, by=boss, now=now)


def test_who_has_a_duty_alone_is_led_to_no_page_that_refuses_them(printing, tomasz, browser):
    sam = a_member("Sam Reyes")
    delegate(printing, sam, ["review"], ends_on=clock.today("UTC") + DAY, by=acting(tomasz), now=clock.now())
    printing.posting_rule = "reviewed"
    own, other = (a_published_gig(by=one, category=printing) for one in (sam, a_member("Orla Finch")))
    db.session.commit()
    desk = browser(sam).get("/categories/print/desk").text
    assert "/categories/print/bans" not in desk
    assert f"/gigs/{other.id}/approval" in desk
    assert f"/gigs/{own.id}" in desk
    assert f"/gigs/{own.id}/approval" not in desk
    leads = browser(tomasz).get("/categories/print/desk").text
    assert "/categories/print/bans" in leads
    assert f"/gigs/{own.id}/approval" in leads
