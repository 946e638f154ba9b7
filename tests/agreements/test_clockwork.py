"""Time: who is reminded when, what ends by itself, and each only once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.activity.models import Activity
from app.activity.recording import history
from app.agreements import jobs
from app.agreements.states import AGREEMENT
from app.agreements.terms import MilestoneTerms
from app.core import clock
from app.core.database import db
from app.core.timers import timer
from tenants.context import tenant_context
from tenants.models import Member
from tests.factories import a_hall, a_member, a_published_gig, acting, an_agreement, run_jobs

ENDS = {
    "proposed": "cancelled",
    "countered": "cancelled",
    "agreed": "cancelled",
    "active": "cancelled",
    "paused": "cancelled",
    "delivered": "accepted",
    "changes_requested": "disputed",
    "disputed": "resolved",
}


def reminders(agreement):
    return [fact for fact in history("agreement", agreement.id) if fact.verb == "reminded"]


def facts_of(agreement):
    return [(fact.verb, fact.from_state, fact.to_state) for fact in history("agreement", agreement.id)]


@pytest.mark.parametrize(("state", "end"), ENDS.items())
def test_what_waits_too_long_ends_as_the_table_says(hall, outbox, state, end):
    agreement = an_agreement(state=state)
    before = len(facts_of(agreement))

    with clock.travel(to=agreement.deadline_at - timedelta(minutes=1)):
        jobs.tick()
        run_jobs()
        assert agreement.state == state

    with clock.travel(to=agreement.deadline_at + timedelta(minutes=1)):
        jobs.tick()
        jobs.tick()
        run_jobs()

    assert agreement.state == end
    new = [fact for fact in facts_of(agreement)[before:] if fact[0] != "reminded"]
    assert new == [(AGREEMENT.waiting[state].ends_with, state, end)]
    assert history("agreement", agreement.id)[-1].reason
    assert len(outbox), "somebody is told"


@pytest.mark.parametrize("state", [state for state in ENDS if state != "disputed"])
def test_whoever_is_waited_for_is_reminded_once(hall, state):
    agreement = an_agreement(state=state)
    owner = agreement.asked_id

    with clock.travel(to=agreement.remind_at + timedelta(minutes=1)):
        assert jobs.remind(now=clock.now()) == 1
        assert jobs.remind(now=clock.now()) == 0

    assert [fact.data["owner_ids"] for fact in reminders(agreement)] == [[str(owner)]]


def test_a_dispute_reminds_the_leaders(hall):
    agreement = an_agreement(state="disputed")

    jobs.remind(now=agreement.remind_at)

    assert reminders(agreement)[0].data["owner_ids"] == []


def test_a_deadline_lasts_to_the_end_of_the_day_where_the_marketplace_is(app):
    there = a_hall("tokyo", time_zone="Asia/Tokyo")
    with tenant_context(there):
        agreement = an_agreement()
        local = agreement.deadline_at.astimezone(ZoneInfo("Asia/Tokyo"))

        assert (local.hour, local.minute) == (0, 0)
        assert (local.date() - clock.today("Asia/Tokyo")).days == 8


def test_reminders_come_in_the_morning_where_the_marketplace_is():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    due = timer(AGREEMENT.waiting["proposed"], now=late, zone="America/Los_Angeles")

    assert due.remind_at.astimezone(ZoneInfo("America/Los_Angeles")).strftime("%d %H:%M") == "24 09:00"
    assert due.ends_at.astimezone(ZoneInfo("America/Los_Angeles")).strftime("%d %H:%M") == "30 00:00"


def test_a_reminder_whose_moment_has_gone_by_gives_some_days_of_peace():
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    due = timer(AGREEMENT.waiting["active"], now=now, zone="UTC", counts_from=date(2026, 11, 1))

    assert due.remind_at == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert due.ends_at == datetime(2027, 1, 22, tzinfo=UTC)


def test_work_is_reminded_of_the_day_before_its_next_milestone_is_due(hall):
    day = clock.today("UTC") + timedelta(days=20)
    parts = (MilestoneTerms("Sketch", due_on=day), MilestoneTerms("Outlines", due_on=day + timedelta(days=9)))
    agreement = an_agreement(state="active", milestones=parts)
    assert agreement.remind_at.date() == day - timedelta(days=1)

    worker = acting(db.session.get_one(Member, (hall.id, agreement.worker_id)))
    client = acting(db.session.get_one(Member, (hall.id, agreement.client_id)))
    delivery = agreement.deliver(by=worker, note="The sketch.", now=clock.now())
    agreement.accept(by=client, seen=delivery.id, now=clock.now())

    assert agreement.remind_at.date() == day + timedelta(days=8)


def test_a_start_far_ahead_is_not_late_before_it_comes(hall):
    start = clock.today("UTC") + timedelta(days=90)

    agreement = an_agreement(state="agreed", starts_on=start)

    assert agreement.remind_at.date() == start
    assert agreement.deadline_at.date() > start


def test_the_clock_of_one_hall_leaves_another_alone(hall, other_hall, outbox):
    mine = an_agreement()
    with tenant_context(other_hall):
        theirs = an_agreement(gig=a_published_gig(by=a_member("Ada Lind")), applicant=a_member("Bo Falk"))
        deadline = theirs.deadline_at
        db.session.commit()

    with clock.travel(to=deadline + timedelta(days=1)):
        jobs.tick()
        run_jobs()

    assert mine.state == "cancelled"
    db.session.commit()
    with tenant_context(other_hall):
        db.session.refresh(theirs)
        assert theirs.state == "proposed"
        assert not {"ada-lind@example.org", "bo-falk@example.org"} & {message.to for message in outbox.all}
        db.session.commit()


def test_the_platforms_clock_strikes_at_each_halls_own_hours(app):
    from tenants.clockwork import tenants_where_it_is

    east = a_hall("tokyo", time_zone="Asia/Tokyo")
    west = a_hall("hillside", time_zone="America/Los_Angeles")

    midnight_in_tokyo = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)

    assert tenants_where_it_is((0,), now=midnight_in_tokyo) == [east.id]
    assert tenants_where_it_is((7,), now=midnight_in_tokyo) == [west.id]


def test_a_reminder_tells_what_is_needed_to_say_it(hall):
    agreement = an_agreement(state="delivered")
    jobs.remind(now=agreement.remind_at)

    data = db.session.scalars(select(Activity.data).where(Activity.verb == "reminded")).one()

    assert set(data) >= {"gig_id", "title", "client_id", "worker_id", "owner_ids", "state", "until"}
