"""What an alert has found is told once: here, by mail, as often as its member asked, and only what they may see by then."""

from datetime import UTC, datetime, timedelta

import pytest

from app.alerts.jobs import gather, keep_up
from app.alerts.models import Alert
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.notifications.preferences import rest, stop_mail
from app.notifications.topics import TOPICS
from app.profiles.blocks import Block
from tenants.isolation import scoped
from tests.alerts.arranging import an_alert
from tests.factories import a_member, a_published_gig, a_user, acting
from tests.notifications.telling import subjects, told, unread

SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def sunday():
    with clock.travel(to=SUNDAY):
        yield


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def later(**span):
    return clock.travel(to=clock.now() + timedelta(**span))


def test_at_once_is_told_once_here_and_by_mail(hall, maya, sam, outbox):
    an_alert(of=sam, name="Gold", q="gilding")
    a_published_gig(by=maya, title="Gilding a sign")
    assert subjects(outbox, sam) == ["New: Gilding a sign"]
    assert told(sam) == ["1 new gig for “Gold”"]
    assert unread(sam) == 1
    mail = outbox.all[0]
    assert "List-Unsubscribe" in mail.headers
    assert "Gilding a sign" in mail.text
    assert "Gilding a sign" in mail.html
    with later(hours=1):
        gather.enqueue()
        assert subjects(outbox, sam) == ["New: Gilding a sign"]


def test_what_comes_in_one_go_comes_in_one_letter(hall, maya, sam, outbox):
    an_alert(of=sam, name="Gold", q="gilding")
    a_published_gig(by=maya, title="The first gilding")
    assert len(subjects(outbox, sam)) == 1
    for number in range(12):
        a_published_gig(by=maya, title=f"Gilding {number}")
    assert len(subjects(outbox, sam)) == 1
    with later(minutes=20):
        assert subjects(outbox, sam) == ["New: The first gilding", "12 new gigs for “Gold”"]
    assert all(f"Gilding {number}" in outbox.all[0].text for number in range(12))


def test_a_weekly_alert_tells_on_its_day_and_hour_on_its_members_clock(hall, maya, sam, outbox):
    sam.time_zone = "America/New_York"
    alert = an_alert(of=sam, name="Gold", q="gilding", pace="weekly", weekday=1, hour=7)
    assert alert.next_at == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    a_published_gig(by=maya, title="Gilding a sign")
    a_published_gig(by=maya, title="Gilding a frame")
    with clock.travel(to=datetime(2026, 11, 24, 11, 59, tzinfo=UTC)):
        assert subjects(outbox, sam) == []
    with clock.travel(to=datetime(2026, 11, 24, 12, 0, tzinfo=UTC)):
        assert subjects(outbox, sam) == ["2 new gigs for “Gold”"]
    db.session.refresh(alert)
    assert alert.next_at == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def test_several_alerts_of_one_hour_make_one_letter_that_names_a_gig_once(hall, maya, sam, outbox):
    for name, word in (("Gold", "gilding"), ("Signs", "sign")):
        an_alert(of=sam, name=name, q=word, pace="daily", hour=8)
    a_published_gig(by=maya, title="Gilding a sign")
    run_due()
    with later(days=1):
        assert subjects(outbox, sam) == ["New: Gilding a sign"]
    assert outbox.all[0].html.count("Gilding a sign</a>") == 1


def test_what_may_not_be_seen_any_more_is_told_to_nobody(hall, maya, sam, outbox):
    an_alert(of=sam, q="gilding", pace="daily", hour=8)
    closed, removed, kept, changed = (
        a_published_gig(by=maya, title=f"Gilding {name}") for name in ("shut", "gone", "kept", "changed")
    )
    run_due()
    closed.close(by=maya, why="Done.")
    removed.remove(by=maya, why="Not here.")
    changed.revise({"title": "Something else", "summary": "", "description": ""}, by=maya)
    db.session.commit()
    with later(days=1):
        assert subjects(outbox, sam) == ["New: Gilding kept"]
    # Between the letter's making and its leaving.
    another = a_member("Ada Byron")
    a_published_gig(by=another, title="Gilding late")
    run_due()
    with later(days=2):
        run_due_but_sending()
        Block.put(sam.id, by=acting(another), now=clock.now())
        db.session.commit()
        assert len(subjects(outbox, sam)) == 1
    assert kept.is_open


def run_due_but_sending():
    """Gather, and leave the letter where it is."""
    from app.alerts import gathering, jobs

    db.session.commit()
    gathered = gathering.gather(now=clock.now())
    jobs.send.enqueue_each({"letter_id": letter_id} for letter_id in gathered.letters)
    db.session.commit()
    assert gathered.letters


@pytest.mark.parametrize("why", ["unverified", "left", "stopped", "resting", "paused", "expired"])
def test_who_may_not_be_written_to_gets_nothing(hall, maya, outbox, why):
    user = a_user("Sam Reyes", email_verified_at=None) if why == "unverified" else None
    sam = a_member("Sam Reyes", user=user)
    alert = an_alert(of=sam, q="gilding", pace="daily", hour=8, in_app=False)
    a_published_gig(by=maya, title="Gilding a sign")
    run_due()
    if why == "left":
        sam.standing = "left"
    elif why == "stopped":
        stop_mail(sam.id, TOPICS.values())
    elif why == "resting":
        rest(sam.id, now=clock.now())
    elif why == "paused":
        alert.pause()
    elif why == "expired":
        alert.expires_at = clock.now()
    db.session.commit()
    with later(days=1):
        assert subjects(outbox, sam) == []
    if why == "resting":
        # Nothing is lost: it comes when mail comes again.
        with later(days=8):
            assert subjects(outbox, sam) == ["New: Gilding a sign"]


def test_an_alert_ends_after_a_year_with_a_word_before(hall, maya, sam, outbox):
    alert = an_alert(of=sam, name="Gold", q="gilding")
    with later(days=352):
        keep_up()
        keep_up()
        assert subjects(outbox, sam) == ["Your alert “Gold” ends on 22 November"]
        assert told(sam) == ["Your alert “Gold” ends soon"]
    with later(days=366):
        a_published_gig(by=maya, title="Gilding a sign")
        assert len(subjects(outbox, sam)) == 1
        db.session.query(Alert).filter(scoped(Alert)).one().renew(now=clock.now())
        a_published_gig(by=maya, title="Gilding a frame")
        assert len(subjects(outbox, sam)) == 2
    assert alert.name == "Gold"
