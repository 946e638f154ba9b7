"""A category's desk: one queue of what waits, in time, in one statement, and nothing of anybody else's."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.categories.waiting import matters
from app.category_desk.jobs import remind
from app.category_desk.models import CategoryDesk
from app.category_desk.queue import queue
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.messages.models import Report
from tests.factories import (
    a_category,
    a_category_leader,
    a_leader,
    a_member,
    a_published_gig,
    acting,
    run_jobs,
)


@pytest.fixture
def travelling():
    with ExitStack() as stack:
        yield lambda to: stack.enter_context(clock.travel(to=to))


@pytest.fixture
def printing(hall):
    return a_category("Print", posting_rule="reviewed")


@pytest.fixture
def tomasz(printing):
    return a_category_leader(printing)


def a_report(gig, by="Noor Hadid"):
    words = "It is the same as last week."
    report = Report.file("gig", gig.id, rule="spam", words=words, by=acting(a_member(by)), now=clock.now())
    db.session.commit()
    return report


def titles(category, me, **asked):
    return [(row.kind, row.title) for row in queue(category.id, onlooker=me.id, **asked).page]


def test_everything_that_waits_stands_in_one_queue_the_longest_waiting_first(printing, tomasz, travelling):
    maya, now = a_member(), clock.now()
    first = a_published_gig(by=maya, category=printing, title="Print a poster")
    travelling(now + timedelta(hours=1))
    live = a_published_gig(by=tomasz, category=printing, title="Bind a book")
    report = a_report(live)
    travelling(now + timedelta(hours=2))
    edited = a_published_gig(by=maya, category=printing, title="Fold a map")
    edited.approve(by=tomasz)
    edited.revise({"seats": 3}, by=maya)
    travelling(now + timedelta(hours=3))
    climbed = a_published_gig(by=tomasz, category=printing, title="Cut a stencil")
    climbed.climbed_at = clock.now()
    a_published_gig(by=maya, category=a_category("Engraving", posting_rule="reviewed"), title="Not here")
    db.session.commit()
    # What is said of one's own gig is not for oneself.
    expected = [("gigs", first.title), ("edits", edited.title), ("unfilled", climbed.title)]
    assert titles(printing, tomasz) == expected
    leader = a_leader()
    assert titles(printing, leader) == [expected[0], ("flags", live.title), *expected[1:]]
    assert titles(printing, leader, kind="flags") == [("flags", live.title)]
    report.dismiss(by=acting(leader), answer="It differs.", now=clock.now())
    assert queue(printing.id, onlooker=leader.id).counts == {
        "gigs": 1, "edits": 1, "unfilled": 1, "flags": 0, "projects": 0, "vettings": 0, "questions": 0
    }  # fmt: skip


def test_pages_go_on_where_the_last_one_ended_in_both_directions(printing, tomasz):
    maya = a_member()
    for number in range(30):
        gig = a_published_gig(by=maya, category=printing, title=f"Number {number:02}")
        db.session.execute(
            update(Gig).where(Gig.id == gig.id).values(state_changed_at=clock.now() + timedelta(minutes=number // 2))
        )
    db.session.commit()
    first = queue(printing.id, onlooker=tomasz.id).page
    second = queue(printing.id, onlooker=tomasz.id, at=first.next).page
    assert [row.title for row in (*first, *second)] == [f"Number {number:02}" for number in range(30)]
    assert first.previous is None
    assert second.next is None
    again = queue(printing.id, onlooker=tomasz.id, at=second.previous).page
    assert [row.id for row in again] == [row.id for row in first]


def test_the_page_costs_the_same_statements_whatever_its_length(printing, tomasz, browser, statements):
    leads, maya = browser(tomasz), a_member()
    leads.get("/categories/print/desk")
    statements.clear()
    assert "Nothing waits" in leads.get("/categories/print/desk").text
    few = len(statements)
    for number in range(26):
        a_published_gig(by=maya, category=printing, title=f"Number {number:02}")
    a_report(a_published_gig(by=a_leader(), category=printing))
    leads.get("/categories/print/desk")
    statements.clear()
    page = leads.get("/categories/print/desk").text
    assert page.count("desk-row__title") == 24
    assert "Shorter waiting" in page
    assert len(statements) == few


def test_what_is_late_is_told_of_once_and_then_once_a_day(printing, tomasz, travelling, outbox):
    now = clock.now().replace(hour=6, minute=0) + timedelta(days=1)
    travelling(to=now)
    CategoryDesk.of(printing.id).response_hours = 10
    a_published_gig(by=a_member(), category=printing)

    def told(hours):
        travelling(now + timedelta(hours=hours))
        count = remind(now=clock.now())
        db.session.commit()
        run_jobs()
        return count

    assert [told(hours) for hours in (9, 11, 12, 11 + 24, 12 + 24)] == [0, 1, 0, 1, 0]
    subjects = [mail.subject for mail in outbox.all if "desk" in mail.subject]
    assert len(subjects) == 2
    assert "waits for you" in subjects[0]
    assert "waited too long" in subjects[1]


def test_a_leader_answers_a_report_of_others_gigs_alone(printing, tomasz, browser):
    own = a_report(a_published_gig(by=tomasz, category=printing), by="Sam Reyes")
    live = a_published_gig(by=a_leader(), category=printing)
    report, leads = a_report(live), browser(tomasz)
    assert leads.get(f"/desk/flags/{own.id}").status_code == 403
    assert "same as last week" in leads.get(f"/desk/flags/{report.id}").text
    assert leads.post(f"/desk/flags/{report.id}", data={"answer": ""}).status_code == 422
    assert leads.post(f"/desk/flags/{report.id}", data={"answer": "It differs."}).status_code == 302
    db.session.expire_all()
    assert report.state == "dismissed"


def test_nobody_works_at_another_categorys_desk(printing, tomasz, browser):
    engraving = a_category("Engraving")
    report = a_report(a_published_gig(by=a_leader(), category=engraving))
    leads = browser(tomasz)
    for path in ("/categories/engraving/desk", "/categories/engraving/desk/settings", f"/desks/{engraving.id}"):
        assert leads.get(path).status_code == 403
    assert leads.post(f"/desk/flags/{report.id}", data={"answer": "Mine."}).status_code == 403
    assert leads.get(f"/desks/{printing.id}").headers["Location"].endswith("/categories/print/desk")


def test_the_hours_are_the_categorys_or_else_the_marketplaces(printing, tomasz, browser):
    leads, runs = browser(tomasz), browser(a_leader())
    assert "within 2 days" in leads.get("/categories/print/desk").text
    address = "/categories/print/desk/settings"
    assert runs.post(f"{address}/hall", data={"hall_hours": "6"}).status_code == 302
    assert "within 6 hours" in leads.get("/categories/print/desk").text
    assert leads.post(address, data={"response_hours": "900"}).status_code == 422
    assert leads.post(address, data={"response_hours": "3"}).status_code == 302
    assert "within 3 hours" in leads.get("/categories/print/desk").text
    assert leads.post(f"{address}/hall", data={"hall_hours": "6"}).status_code == 403


def test_every_matter_says_what_it_is(hall):
    assert list(matters())[:5] == ["gigs", "edits", "unfilled", "flags", "projects"]
