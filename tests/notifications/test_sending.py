"""A mail that is about to leave is asked once more whether it should."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.accounts.models import User
from app.core import clock, mail
from app.core.database import db
from app.core.jobs import run_due
from app.core.mail import Undeliverable
from app.notifications.inbox import read_all
from app.notifications.jobs import send
from app.notifications.models import Dispatch
from app.notifications.preferences import end_rest, rest, stop_mail
from app.notifications.topics import TOPICS
from app.profiles.blocks import Block
from tenants.context import tenant
from tenants.isolation import scoped
from tenants.models import Tenant
from tests.factories import a_member, a_published_gig, acting, an_application
from tests.notifications.telling import reasons


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


@pytest.fixture
def prepared(maya):
    """A mail to Maya that is about to leave: Sam raised a hand for her gig."""
    application = an_application(to=a_published_gig(by=maya), by=a_member("Sam Reyes"))
    _run_until_mail_waits()
    return application


def _run_until_mail_waits():
    """Tell, and leave the mails waiting."""
    from app.activity.models import Activity
    from app.notifications.telling import tell

    activity = db.session.scalars(select(Activity).where(scoped(Activity), Activity.verb == "apply")).one()
    told = tell(activity, now=clock.now())
    db.session.commit()
    for dispatch_id in told.dispatches:
        send.enqueue(dispatch_id=dispatch_id)


def _outcome(maya):
    return reasons(maya)[-1]


def test_a_mail_is_sent(maya, prepared, outbox):
    assert _outcome(maya) == "sent"
    sent = outbox.to("maya-okafor@example.org")
    kept = [row.message_id for row in db.session.scalars(select(Dispatch).where(scoped(Dispatch)))]
    assert sent.headers["Message-ID"].strip("<>").split("@")[0] in kept
    assert sent.headers["List-Unsubscribe"].startswith("<http://designers.localhost:8000/unsubscribe/")
    assert sent.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.sender.startswith("Designers <")
    assert "You get this because you posted this gig." in sent.text
    assert "http://designers.localhost:8000/settings/notifications" in sent.text


def test_an_address_that_is_not_verified_gets_nothing(maya, prepared, outbox):
    db.session.execute(update(User).where(User.id == maya.user_id).values(email_verified_at=None))
    assert _outcome(maya) == "the address is not verified"
    assert [message for message in outbox.all if message.to == "maya-okafor@example.org"] == []


def test_whoever_left_gets_nothing(maya, prepared, outbox):
    maya.standing = "left"
    assert _outcome(maya) == "no longer a member"


def test_whose_account_is_closed_gets_nothing(maya, prepared, outbox):
    db.session.execute(update(User).where(User.id == maya.user_id).values(disabled_at=clock.now()))
    assert _outcome(maya) == "no longer a member"


def test_what_is_not_wanted_any_more_is_not_sent(maya, prepared, outbox):
    stop_mail(maya.id, [TOPICS["hands"]])
    assert _outcome(maya) == "not wanted"


def test_no_mail_comes_in_a_week_of_rest(maya, prepared, outbox):
    rest(maya.id, now=clock.now())
    assert _outcome(maya) == "no mail wanted for a while"


def test_a_rest_ends_by_itself_or_by_hand(maya, prepared, outbox):
    rest(maya.id, now=clock.now() - timedelta(days=7))
    assert _outcome(maya) == "sent"
    rest(maya.id, now=clock.now())
    end_rest(maya.id)
    an_application(to=a_published_gig(by=maya), by=a_member("Ada Cole"))
    assert _outcome(maya) == "sent"


def test_what_was_read_here_is_not_mailed(maya, prepared, outbox):
    read_all(maya.id, now=clock.now())
    assert _outcome(maya) == "read before it was mailed"


def test_what_is_no_longer_so_is_not_mailed(maya, prepared, outbox):
    prepared.decline(by=acting(maya), why="The dates don't work out.", now=clock.now())
    assert _outcome(maya) == "no longer so"


def test_what_somebody_may_no_longer_see_is_not_mailed(maya, outbox):
    sam = a_member("Sam Reyes")
    gig = a_published_gig(by=maya)
    an_application(to=gig, by=sam)
    run_due()
    gig.pause(by=maya, why="A week away.")
    Block.put(maya.id, by=acting(sam), now=clock.now())
    assert reasons(sam)[-1] == "not for this member to see"


def test_a_closed_marketplace_writes_to_nobody(maya, prepared, outbox):
    db.session.execute(update(Tenant).where(Tenant.id == tenant.id).values(status="suspended"))
    assert _outcome(maya) == "the marketplace is closed"


def test_what_waited_too_long_is_not_sent(maya, prepared, outbox):
    with clock.travel(to=clock.now() + timedelta(days=8)):
        assert _outcome(maya) == "too old"


def test_a_refusal_for_good_ends_it(maya, prepared, outbox, monkeypatch):
    def refuse(_message):
        raise Undeliverable

    monkeypatch.setattr("app.notifications.sending.send", refuse)
    assert _outcome(maya) == "refused by the mail server"


def test_a_mail_that_left_before_its_commit_was_lost_comes_once(maya, prepared, outbox, monkeypatch):
    """The worker dies after the mail has left: the job runs again, and it is the same message."""
    left = []

    def send_and_die(message):
        mail.send(message)
        left.append(message.message_id)
        if len(left) == 1:
            raise ConnectionError("the worker is killed here")

    monkeypatch.setattr("app.notifications.sending.send", send_and_die)
    dispatch_id = db.session.scalars(
        select(Dispatch.id).where(scoped(Dispatch), Dispatch.state == "waiting").order_by(Dispatch.id.desc())
    ).first()
    with pytest.raises(ConnectionError):
        send(dispatch_id=str(dispatch_id))
    db.session.rollback()
    send(dispatch_id=str(dispatch_id))
    db.session.commit()
    send(dispatch_id=str(dispatch_id))
    assert left == [str(dispatch_id)] * 2
    assert [message.to for message in outbox.all] == ["maya-okafor@example.org"]
