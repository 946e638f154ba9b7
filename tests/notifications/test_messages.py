"""Messages: one line in the list for a thread, and one mail for what was written and not read meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.models import Activity
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.messages.models import Thread
from app.notifications.models import Notification
from app.notifications.preferences import choose
from app.notifications.telling import tell
from tenants.isolation import scoped
from tests.factories import a_member, a_published_gig, acting
from tests.notifications.telling import reasons, subjects, told, unread

LATER = timedelta(minutes=11)


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


@pytest.fixture
def thread(maya, sam, outbox):
    return Thread.between(maya.id, sam.id, gig_id=a_published_gig(by=maya).id, now=clock.now())


def _write(thread, *bodies, by):
    for body in bodies:
        thread.post(body, by=acting(by), now=clock.now())
        db.session.commit()


def _later(minutes=11):
    return clock.travel(to=clock.now() + timedelta(minutes=minutes))


ABOUT = "about “Redraw our bakery's sign lettering”"


def test_messages_are_gathered_into_one_mail_after_ten_minutes(thread, maya, sam, outbox):
    _write(thread, "Hello!", "Is the wall dry?", by=sam)
    assert subjects(outbox, maya) == []
    with _later():
        assert subjects(outbox, maya) == [f"Sam Reyes sent you 2 messages {ABOUT}"]
        text = outbox.to("maya-okafor@example.org").text
        assert text.index("> Hello!") < text.index("> Is the wall dry?")
        assert f"/messages/{thread.id}" in text
        assert subjects(outbox, sam) == []


def test_the_next_mail_tells_only_what_came_since(thread, maya, sam, outbox):
    _write(thread, "Hello!", by=sam)
    with _later():
        run_due()
        _write(thread, "One thing more.", by=sam)
    with _later(25):
        assert subjects(outbox, maya) == [f"Sam Reyes wrote to you {ABOUT}"] * 2
        assert "Hello!" not in outbox.to("maya-okafor@example.org").text
        assert "> One thing more." in outbox.to("maya-okafor@example.org").text


def test_what_was_read_meanwhile_is_not_mailed(thread, maya, sam, outbox):
    _write(thread, "Hello!", by=sam)
    run_due()
    thread.read(by=acting(maya))
    with _later():
        assert subjects(outbox, maya) == []


def test_what_is_read_while_its_mail_waits_is_not_mailed(thread, maya, sam, outbox, monkeypatch):
    _write(thread, "Hello!", by=sam)
    run_due()
    from app.notifications import digest

    with _later():
        (dispatch_id,) = digest.gather(thread.id, maya.id, now=clock.now())
        thread.read(by=acting(maya))
        from app.notifications.jobs import send

        send(dispatch_id=str(dispatch_id))
        assert reasons(maya)[-1] == "no longer so"


def test_an_answer_is_no_news_to_whoever_wrote_it(thread, maya, sam, outbox):
    _write(thread, "Hello!", by=sam)
    _write(thread, "Hello yourself.", by=maya)
    with _later():
        # She answered, so she has read.
        assert subjects(outbox, maya) == []
        assert subjects(outbox, sam) == [f"Maya Okafor wrote to you {ABOUT}"]


def test_a_thread_is_one_line_in_the_list_until_it_is_read(thread, maya, sam, outbox):
    before = unread(maya)
    for body in ("Hello!", "Is the wall dry?", "It looked dry."):
        _write(thread, body, by=sam)
        assert told(maya)[-1] == f"Sam Reyes wrote to you {ABOUT}"
        assert unread(maya) == before + 1
    assert told(maya).count(f"Sam Reyes wrote to you {ABOUT}") == 1


def test_two_workers_out_of_order_leave_the_newest(thread, maya, sam, outbox):
    _write(thread, "First.", "Second.", by=sam)
    first, second = db.session.scalars(
        select(Activity).where(scoped(Activity), Activity.verb == "wrote").order_by(Activity.id)
    )
    tell(second, now=clock.now())
    tell(first, now=clock.now())
    assert db.session.scalars(select(Notification.quote).where(scoped(Notification))).all() == ["Second."]
    assert unread(maya) == 1


def test_messages_can_be_had_here_alone(thread, maya, sam, outbox):
    choose(maya.id, {"messages": ["app"]})
    _write(thread, "Hello!", by=sam)
    with _later():
        assert subjects(outbox, maya) == []
        assert told(maya)[-1] == f"Sam Reyes wrote to you {ABOUT}"


def test_messages_can_be_had_by_mail_alone(thread, maya, sam, outbox):
    choose(maya.id, {"messages": ["email"]})
    before = unread(maya)
    _write(thread, "Hello!", by=sam)
    with _later():
        assert subjects(outbox, maya) == [f"Sam Reyes wrote to you {ABOUT}"]
        assert unread(maya) == before
