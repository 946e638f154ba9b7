"""The clock reminds, expires and ends, each once."""

from datetime import timedelta

import pytest

from app.activity.recording import history
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.gigs import jobs
from app.gigs.jobs import strike, tick
from tenants.context import platform_context
from tenants.models import Member, Tenant
from tests.factories import a_gig, a_leader, a_member, a_published_gig


@pytest.fixture
def gig(hall):
    return a_published_gig(by=a_member())


def verbs(gig):
    return [fact.verb for fact in history("gig", gig.id)]


def after(moment, **span):
    return clock.travel(to=moment + timedelta(**span))


def test_a_gig_expires_when_its_last_day_is_over(gig):
    with after(gig.expires_at, minutes=-1):
        tick()
        assert gig.state == "open"
    with after(gig.expires_at, minutes=1):
        tick()
        assert gig.state == "expired"


def test_a_paused_gig_expires_as_well(gig):
    gig.pause(by=gig_author(gig), why="Away.")

    with after(gig.expires_at, minutes=1):
        tick()

    assert gig.state == "expired"


def test_a_gig_that_was_due_yesterday_is_no_longer_listed(gig):
    gig.due_on = clock.today("UTC")

    tick()
    assert gig.state == "open"
    with after(clock.now(), days=1):
        tick()
        assert gig.state == "expired"


def test_a_day_ends_where_the_marketplace_is(hall):
    db.session.get_one(Tenant, hall.id).time_zone = "Pacific/Auckland"
    db.session.flush()
    gig = a_published_gig(by=a_member())
    last_day = clock.today("Pacific/Auckland") + timedelta(days=60)

    assert gig.expires_at == clock.end_of_day(last_day, "Pacific/Auckland")


def test_a_filled_gig_does_not_expire(gig):
    gig.take_seat(by=gig_author(gig))

    with after(gig.expires_at, days=1):
        tick()

    assert gig.state == "filled"


def test_its_author_is_reminded_once_three_days_before(gig):
    with after(gig.expires_at, days=-3, hours=-1):
        tick()
        assert "expiry_near" not in verbs(gig)
    for hours in (1, 2, 30):
        with after(gig.expires_at, days=-3, hours=hours):
            tick()

    assert verbs(gig).count("expiry_near") == 1


def test_a_renewed_gig_is_reminded_of_its_new_end(gig):
    with after(gig.expires_at, days=-1):
        tick()
        gig.renew(by=gig_author(gig))
        tick()
        assert verbs(gig).count("expiry_near") == 1
    with after(gig.expires_at, days=-1):
        tick()

    assert verbs(gig).count("expiry_near") == 2


def test_what_expired_is_closed_after_thirty_days(gig):
    with after(gig.expires_at, minutes=1):
        tick()
    with after(gig.expires_at, days=29):
        tick()
        assert gig.state == "expired"
    with after(gig.expires_at, days=31):
        tick()

    assert (gig.state, gig.state_reason) == ("closed", "It had expired and was not renewed.")
    assert verbs(gig) == ["publish", "expire", "remind", "close"]


def test_what_nobody_reviews_goes_back_to_its_author(hall):
    maya = a_member()
    gig = a_gig(by=maya)
    gig.submit(by=maya)
    sent = gig.state_changed_at

    with after(sent, days=3):
        tick()
        tick()
    with after(sent, days=15):
        tick()

    assert gig.state == "draft"
    assert verbs(gig) == ["submit", "remind", "return"]


def test_an_edit_that_nobody_reviews_is_handed_back(hall):
    db.session.get_one(Tenant, hall.id).who_may_post = "reviewed"
    maya = a_member()
    gig = a_published_gig(by=maya)
    gig.approve(by=a_leader())
    edit = gig.revise({"seats": 3}, by=maya)

    with after(edit.created_at, days=3):
        tick()
        tick()
    with after(edit.created_at, days=15):
        tick()

    assert (edit.state, gig.state, gig.seats) == ("returned", "open", 1)
    assert verbs(gig)[-2:] == ["remind_edit", "return_edit"]


def test_the_clock_works_through_more_than_one_batch(hall, monkeypatch):
    monkeypatch.setattr(jobs, "_BATCH", 2)
    maya = a_member()
    gigs = [a_published_gig(by=maya) for _ in range(5)]

    with after(gigs[-1].expires_at, days=1):
        tick()

    assert {gig.state for gig in gigs} == {"expired"}


def test_the_platforms_clock_reaches_a_tenant_when_its_day_has_ended(hall, outbox):
    gig = a_published_gig(by=a_member())
    ends = gig.expires_at
    db.session.commit()

    with after(ends, minutes=7), platform_context():
        strike()
        db.session.commit()
        run_due()

    assert gig.state == "expired"


def gig_author(gig):
    return db.session.get_one(Member, (gig.tenant_id, gig.author_id))
