"""Ana acts for Rosa: who let her, what says so, and what neither of the two can do by it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.models import Activity
from app.agreements.models import Agreement
from app.applications.models import Application
from app.core import clock
from app.core.database import db
from app.departures.departure import leave
from app.gigs.models import Gig
from app.mandates.failures import BothAlready, HelperAndHelped, NotAway
from app.mandates.models import Mandate
from app.messages.models import Message
from app.notifications.models import Notification
from app.profiles.blocks import Block
from app.vouching.models import Vouch
from tenants.models import Member
from tests.assisting.arranging import YEAR, a_mandate, one
from tests.factories import a_leader, a_published_gig, acting, an_application, run_jobs

BOTH = "Ana Lima for Rosa Silva"


def test_one_asks_the_other_consents_and_nothing_is_possible_before(ana, rosa, browser, outbox):
    helper, assisted = browser(ana), browser(rosa)
    assert f"/people/{rosa.id}/mandates/new" in helper.get(f"/people/{rosa.id}").text
    until = (clock.now() + YEAR).date().isoformat()
    asked = {"side": "help", "scopes": ["gigs", "messages"], "until": until, "words": "Let me type for you."}
    assert helper.post(f"/people/{rosa.id}/mandates", data=asked | {"scopes": []}).status_code == 422
    address = helper.post(f"/people/{rosa.id}/mandates", data=asked).headers["Location"]
    assert helper.post(f"{address}/acting").status_code == 409
    assert helper.post(f"{address}/consent").status_code == 403
    run_jobs()
    assert "offers to act for you" in outbox.to("rosa@example.org").subject
    assert "Let me type for you." in assisted.get(address).text
    assisted.post(f"{address}/consent")
    assert helper.post(f"{address}/acting").status_code == 302
    page = helper.get("/gigs").text
    assert "You act for Rosa Silva" in page
    assert BOTH in page
    # A step of either's ends it at once, whatever is open elsewhere.
    assisted.post(f"{address}/end")
    assert "You act for" not in helper.get("/gigs").text
    assert [fact.verb for fact in db.session.scalars(select(Activity).where(Activity.subject_kind == "mandate"))] == [
        "asked",
        "consented",
        "ended",
    ]


def test_a_leader_witnesses_for_whoever_does_not_sign_in_and_for_nobody_else(ana, rosa, browser):
    leader = a_leader()
    mandate = a_mandate(ana, rosa, consented=False)
    page = browser(leader)
    assert "Rosa Silva" in page.get("/helping").text
    said = {"how": "At her kitchen table on Sunday, with her daughter."}
    assert browser(ana).post(f"/helping/{mandate.id}/witness", data=said).status_code == 403
    member = db.session.get_one(Member, (hall_of(rosa), rosa.id))
    member.seen_on = clock.now().date()
    db.session.commit()
    assert page.post(f"/helping/{mandate.id}/witness", data=said).status_code == NotAway.status
    member.seen_on = None
    db.session.commit()
    letter = page.post(f"/helping/{mandate.id}/witness", data=said, follow_redirects=True).text
    assert "Dear Rosa Silva" in letter
    assert said["how"] in letter
    assert one(Mandate).witness_id == leader.id
    # She cannot click: a leader ends it for her.
    page.post(f"/helping/{mandate.id}/end")
    assert one(Mandate).state == "ended"


def hall_of(member):
    return member.tenant_id


def test_everything_done_for_somebody_says_so_and_they_are_told(for_rosa, ana, rosa, maya, browser, outbox):
    wall = a_published_gig(by=maya, title="Paint the wall")
    for_rosa.post(f"/gigs/{wall.id}/applications", data={"note": "She has painted for forty years."})
    hand = one(Application)
    assert (hand.applicant_id, hand.helper_id) == (rosa.id, ana.id)
    mayas = browser(maya)
    assert BOTH in mayas.get(f"/applications/{hand.id}").text
    assert BOTH in mayas.get(f"/gigs/{wall.id}/applications").text
    for_rosa.post(f"/gigs/{wall.id}/messages/{maya.id}", data={"body": "May she bring her own ladder?"})
    message = one(Message)
    assert (message.author_id, message.helper_id) == (rosa.id, ana.id)
    assert BOTH in mayas.get(f"/messages/{message.thread_id}").text
    assert BOTH in browser(rosa).get(f"/messages/{message.thread_id}").text
    run_jobs()
    # The other side hears it from both; whom it was done for hears of each deed, and finds all of them in one place.
    assert BOTH in "".join(mail.subject for mail in outbox.all if "maya@example.org" in str(mail.to))
    told = db.session.scalars(
        select(Notification).where(Notification.member_id == rosa.id, Notification.event == "mandate.acted")
    )
    assert sorted(row.detail for row in told) == [
        "raised a hand for “Paint the wall”",
        "wrote a message about “Paint the wall”",
    ]
    deeds = browser(rosa).get(f"/helping/{one(Mandate).id}").text
    assert "raised a hand for “Paint the wall”" in deeds
    # Who really did it stays with the fact.
    assert one(Activity, Activity.verb == "apply").helper_id == ana.id
    # What somebody reads for her is still new to her.
    mayas.post(f"/messages/{message.thread_id}", data={"body": "Gladly."})
    for_rosa.get(f"/messages/{message.thread_id}")
    assert db.session.get_one(Member, (rosa.tenant_id, rosa.id)).unread_messages == 1


def test_gigs_offers_and_agreements_say_so(for_rosa, ana, rosa, maya, browser):
    garden = a_published_gig(by=rosa, title="Dig the garden")
    for_rosa.post(f"/gigs/{garden.id}/recruitment/end")
    for_rosa.post(f"/gigs/{garden.id}/recruitment")
    assert one(Gig).helper_id == ana.id
    mayas = browser(maya)
    assert BOTH in mayas.get(f"/gigs/{garden.id}").text
    hand = an_application(to=garden, by=maya)
    page = for_rosa.get(f"/applications/{hand.id}/offers/new").text
    assert "Dig the garden" in page
    agreement = offered(for_rosa, hand)
    assert BOTH in mayas.get(f"/agreements/{agreement.id}").text
    assert one(Activity, Activity.verb == "propose").helper_id == ana.id


def offered(page, hand):
    terms = {"title": "Dig the garden", "scope": "All of it.", "conditions": "", "note": "", "favour": "A cake"}
    answer = page.post(f"/applications/{hand.id}/offers", data=terms)
    assert answer.status_code == 302, answer.text
    return one(Agreement)


@pytest.mark.parametrize(
    "path",
    [
        "/profile",
        "/settings",
        "/settings/departure",
        "/settings/notifications",
        "/notifications",
        "/earnings",
        "/credits",
        "/work",
        "/membership",
        "/alerts",
        "/vouches",
        "/helping",
        "/desk/",
        "/measures",
        "/rules/acceptance",
        "/tribes",
    ],
)
def test_what_is_not_in_a_mandate_is_refused_also_where_both_may_do_it(ana, rosa, browser, path):
    mandate, page = a_mandate(ana, rosa), browser(ana)
    page.post(f"/helping/{mandate.id}/acting")
    assert page.get(path).status_code == 403


def test_a_mandate_for_messages_is_for_nothing_else(ana, rosa, maya, browser):
    wall = a_published_gig(by=maya)
    mandate, page = a_mandate(ana, rosa, "messages"), browser(ana)
    page.post(f"/helping/{mandate.id}/acting")
    assert page.get("/messages").status_code == 200
    assert page.get("/gigs/new").status_code == 403
    assert page.post(f"/gigs/{wall.id}/applications", data={"note": "Me!"}).status_code == 403
    page.post("/helping/rest")
    assert page.get("/gigs/new").status_code == 302


def test_nobody_acts_when_the_time_is_over_or_either_is_gone_or_blocked(ana, rosa, browser):
    mandate, page = a_mandate(ana, rosa, until=timedelta(days=3)), browser(ana)
    page.post(f"/helping/{mandate.id}/acting")
    with clock.travel(to=clock.now() + timedelta(days=3, minutes=1)):
        assert "You act for" not in page.get("/gigs").text
        assert page.post(f"/helping/{mandate.id}/acting").status_code == 409
    page.post(f"/helping/{mandate.id}/acting")
    Block.put(ana.id, by=acting(rosa), now=clock.now())
    db.session.commit()
    assert "You act for" not in page.get("/gigs").text
    Block.lift(ana.id, by=acting(rosa))
    leave(acting(rosa), now=clock.now())
    db.session.commit()
    assert one(Mandate).state == "ended"
    assert "You act for" not in page.get("/gigs").text


def test_blocks_of_both_hold(for_rosa, ana, maya):
    wall = a_published_gig(by=maya)
    Block.put(ana.id, by=acting(maya), now=clock.now())
    db.session.commit()
    # Rosa and Maya have nothing against each other; Ana does not get to Maya through Rosa.
    assert for_rosa.post(f"/gigs/{wall.id}/applications", data={"note": "She can."}).status_code == 404


def test_the_two_make_no_deals_and_write_no_words_for_each_other(for_rosa, ana, rosa, browser):
    shop = a_published_gig(by=ana)
    assert for_rosa.post(f"/gigs/{shop.id}/applications", data={"note": "She can."}).status_code == 403
    assert browser(rosa).post(f"/gigs/{shop.id}/applications", data={"note": "I can."}).status_code == 403
    mandate = one(Mandate)
    mandate.end(by=acting(rosa), now=clock.now())
    db.session.commit()
    # A deal is possible again; praise is not: it would be for one's own work.
    with pytest.raises(HelperAndHelped):
        Vouch.write(
            rosa.id, by=acting(ana), relation="neighbour", text="She is a marvel with a brush.", now=clock.now()
        )
    assert browser(rosa).post(f"/gigs/{shop.id}/applications", data={"note": "I can."}).status_code == 302


def test_nobody_stands_on_both_sides_of_a_deal(for_rosa, ana, rosa, maya):
    a_mandate(ana, maya)
    wall = a_published_gig(by=maya)
    assert for_rosa.post(f"/gigs/{wall.id}/applications", data={"note": "She can."}).status_code == 403


def test_who_have_work_between_them_begin_no_mandate_and_none_is_there_twice(ana, rosa, browser):
    a_mandate(ana, rosa, consented=False)
    with pytest.raises(BothAlready):
        a_mandate(ana, rosa)
    an_application(to=a_published_gig(by=ana), by=rosa)
    assert browser(rosa).post(f"/helping/{one(Mandate).id}/consent").status_code == 409
