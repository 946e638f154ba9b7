"""Two people of a gig talk; some do not want to; some call for a moderator."""

import re
from functools import partial

import pytest
from sqlalchemy import func, select

from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from app.messages.models import KeptApart, Message, Report, ReportAnswered, Thread, ThreadMark
from app.profiles.blocks import Block
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_leader, a_member, a_published_gig, acting


@pytest.fixture
def orla(hall):
    return a_member("Orla Finch")


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


@pytest.fixture
def gig(orla):
    return a_published_gig(by=orla)


def a_thread(gig, one, other):
    return Thread.between(one.id, other.id, gig_id=gig.id, now=clock.now())


def test_a_pair_has_one_thread_per_gig_whoever_begins(gig, orla, maya):
    assert a_thread(gig, orla, maya) is a_thread(gig, maya, orla)


def unread_by(member):
    """Return what a member's row says they have not read, which is the sum of what their threads say."""
    counted = db.session.scalar(select(Member.unread_messages).where(scoped(Member), Member.id == member.id))
    marks = select(func.coalesce(func.sum(ThreadMark.unread), 0)).where(
        scoped(ThreadMark), ThreadMark.member_id == member.id
    )
    assert db.session.scalar(marks) == counted
    return counted


def in_the_dock(page):
    found = re.search(r'<span class="tool__count">(\d+)', page.split('class="dock"')[1])
    return int(found[1]) if found else None


def test_a_message_is_unread_for_the_other_side_until_they_look(gig, orla, maya, browser):
    page = browser(orla)
    assert in_the_dock(page.get("/gigs").text) is None
    thread, other = a_thread(gig, maya, orla), a_thread(a_published_gig(by=orla), maya, orla)
    thread.post("Is the wall north-facing?", by=acting(maya), now=clock.now())
    thread.post("And how high is it?", by=acting(maya), now=clock.now())
    other.post("This too?", by=acting(maya), now=clock.now())
    assert unread_by(orla) == 3
    # The listing is remembered: what is unread makes it new.
    assert in_the_dock(page.get("/gigs").text) == 3
    assert "And how high is it?" in page.get("/messages").text
    assert in_the_dock(page.get(f"/messages/{thread.id}").text) == unread_by(orla) == 1
    other.post("It is.", by=acting(orla), now=clock.now())
    assert unread_by(orla) == 0
    assert unread_by(maya) == in_the_dock(browser(maya).get("/gigs").text) == 1


def test_what_is_unread_is_counted_right_while_both_write_and_read_at_once(busy_hall, at_once):
    """Several threads of two people, each written in by both and read by both, over and over."""
    one, other = a_member("Orla Finch"), a_member("Maya Okafor")
    threads = [a_thread(a_published_gig(by=one), one, other) for _ in range(3)]
    db.session.commit()
    sides = [acting(one), acting(other)]

    def write(thread_id, who):
        db.session.get_one(Thread, (busy_hall.id, thread_id)).post("Well?", by=who, now=clock.now())

    def look(thread_id, who):
        db.session.get_one(Thread, (busy_hall.id, thread_id)).read(by=who)

    answers = at_once(
        *[
            partial(act, thread.id, who)
            for _ in range(3)
            for act in (write, look)
            for thread in threads
            for who in sides
        ]
    )
    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == []
    unread_by(one)
    unread_by(other)
    for thread in threads:
        for who in sides:
            look(thread.id, who)
    assert unread_by(one) == unread_by(other) == 0


def test_the_first_message_begins_the_thread(gig, orla, maya, browser):
    page = browser(maya)
    address = f"/gigs/{gig.id}/messages/{orla.id}"
    assert page.get(address).status_code == 200
    assert db.session.scalar(select(func.count()).select_from(Thread).where(scoped(Thread))) == 0
    answer = page.post(address, data={"body": "Hello"})
    assert answer.status_code == 302
    assert page.get(address).headers["Location"].startswith("/messages/")


def test_an_empty_message_is_not_sent(gig, orla, maya, browser):
    answer = browser(maya).post(f"/gigs/{gig.id}/messages/{orla.id}", data={"body": " \n "})
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Message).where(scoped(Message))) == 0


def test_nobody_writes_to_a_stranger_about_somebody_elses_gig(gig, orla, maya, browser):
    sam = a_member("Sam Hill")
    assert browser(maya).get(f"/gigs/{gig.id}/messages/{sam.id}").status_code == 404
    assert browser(orla).post(f"/gigs/{gig.id}/messages/{maya.id}", data={"body": "Buy!"}).status_code == 404


def test_others_do_not_read_a_thread(gig, orla, maya, browser):
    thread = a_thread(gig, maya, orla)
    thread.post("Between us", by=acting(maya), now=clock.now())
    assert browser(a_member("Sam Hill")).get(f"/messages/{thread.id}").status_code == 403
    assert browser(a_leader()).get(f"/messages/{thread.id}").status_code == 403


def test_a_blocked_person_cannot_write(gig, orla, maya, browser):
    thread = a_thread(gig, maya, orla)
    Block.put(maya.id, by=acting(orla), now=clock.now())
    with pytest.raises(KeptApart):
        thread.post("Please", by=acting(maya), now=clock.now())
    assert browser(maya).post(f"/messages/{thread.id}", data={"body": "Please"}).status_code == 403


def test_a_block_is_lifted_again(gig, orla, maya, browser):
    page = browser(orla)
    page.post(f"/people/{maya.id}/block")
    page.post(f"/people/{maya.id}/block")
    page.post(f"/people/{maya.id}/block/removal")
    a_thread(gig, maya, orla).post("Thank you", by=acting(maya), now=clock.now())


def test_nobody_blocks_themselves(orla, browser):
    assert browser(orla).post(f"/people/{orla.id}/block").status_code == 409


def test_markup_in_a_message_is_shown_as_typed(gig, orla, maya, browser):
    thread = a_thread(gig, maya, orla)
    thread.post("<script>alert(1)</script>\n\nsecond", by=acting(maya), now=clock.now())
    page = browser(orla).get(f"/messages/{thread.id}").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</p><p>second</p>" in page


def test_writing_is_written_down_for_those_who_tell(gig, orla, maya):
    a_thread(gig, maya, orla).post("Hello", by=acting(maya), now=clock.now())
    fact = db.session.scalars(select(Activity).where(scoped(Activity), Activity.verb == "wrote")).one()
    assert fact.data["to_member"] == str(orla.id)


@pytest.mark.parametrize("kind", ["gig", "member"])
def test_a_report_reaches_the_moderators_and_is_answered_once(kind, gig, orla, maya, browser):
    subject = gig if kind == "gig" else orla
    answer = browser(maya).post(
        f"/reports/new/{kind}/{subject.id}", data={"rule": "untrue", "words": "The wall is not there"}
    )
    assert answer.status_code == 302
    report = db.session.scalars(select(Report).where(scoped(Report))).one()
    leader = a_leader()
    desk = browser(leader)
    assert "The wall is not there" in desk.get("/desk/reports").text
    assert desk.get(f"/desk/reports/{report.id}").status_code == 200
    assert desk.post(f"/desk/reports/{report.id}/upholding", data={"answer": ""}).status_code == 422
    assert desk.post(f"/desk/reports/{report.id}/upholding", data={"answer": "It is"}).status_code == 302
    with pytest.raises(ReportAnswered):
        report.dismiss(by=acting(leader), answer="No", now=clock.now())


def test_members_do_not_see_reports(maya, browser):
    assert browser(maya).get("/desk/reports").status_code == 403


def test_a_thread_costs_the_same_with_two_messages_as_with_forty(gig, orla, maya, browser, statements):
    thread = a_thread(gig, maya, orla)
    page = browser(orla)
    counts = []
    for number in (2, 40):
        for _ in range(number):
            thread.post("Hello", by=acting(maya), now=clock.now())
        db.session.commit()
        statements.clear()
        page.get(f"/messages/{thread.id}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_gig_offers_a_question_to_its_author_and_not_to_oneself(gig, orla, maya, browser):
    address = f"/gigs/{gig.id}/messages/{orla.id}"
    assert address in browser(maya).get(f"/gigs/{gig.id}").text
    assert address not in browser(orla).get(f"/gigs/{gig.id}").text
    assert f"/reports/new/gig/{gig.id}" in browser(maya).get(f"/gigs/{gig.id}").text
