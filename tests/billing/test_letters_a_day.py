"""So many letters a day: none is lost, money's letters wait for nothing, and leaders are told before letters wait."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.recording import record
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.looks.models import Appearance
from app.looks.publishing import OwnLook, publish, restore
from app.notifications.models import Dispatch
from billing import entitlements, plans
from billing.mails import note_posted, posted, waits_until
from tenants.context import current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.models import Tenant
from tests.access.arranging import a_membership
from tests.factories import a_leader, a_member, a_published_gig, acting, an_application, run_jobs
from tests.notifications.telling import told
from themes.presets import PRESETS


@pytest.fixture
def five_letters(monkeypatch):
    """The free plan has room for five letters a day."""
    free = replace(plans.FREE, quotas=replace(plans.FREE.quotas, mails=5))
    monkeypatch.setattr(entitlements, "FREE", free)


def raises_hands(gig, many):
    for number in range(many):
        an_application(to=gig, by=a_member(f"Ada Adams {number}"))
    db.session.commit()


def test_what_there_is_no_room_for_leaves_tomorrow_and_leaders_are_told_before(hall, five_letters, outbox):
    leader, maya = a_leader(), a_member("Maya Okafor")
    gig = a_published_gig(by=maya)
    run_jobs()
    raises_hands(gig, 9)
    run_jobs()
    to_maya = [one for one in outbox.all if one.to == "maya-okafor@example.org"]
    assert len(to_maya) == 5
    assert told(leader) == ["Designers has sent most of today’s letters"]
    assert len([one for one in outbox.all if "most of today" in one.subject]) == 1, (
        "letters about the plan wait for nothing"
    )
    waiting = db.session.scalars(select(Dispatch).where(scoped(Dispatch), Dispatch.state == "waiting")).all()
    assert len(waiting) == 4

    tomorrow = clock.end_of_day(clock.today(hall.time_zone), hall.time_zone) + timedelta(minutes=1)
    with clock.travel(to=tomorrow):
        run_due()
    db.session.expire_all()
    assert len([one for one in outbox.all if one.to == "maya-okafor@example.org"]) == 9
    assert {one.state for one in waiting} == {"sent"}


def test_a_letter_about_a_membership_leaves_whatever_left_before_it(hall, five_letters, outbox):
    sam, now = a_member("Sam Reyes"), clock.now()
    for _ in range(5):
        note_posted(now=now)
    assert waits_until(now=now) is not None
    assert posted(now=now).sent == 5
    membership = a_membership(sam)
    record("recovered", membership, by=None, to="active")
    db.session.commit()
    run_jobs()
    assert outbox.to("sam-reyes@example.org").subject == "Your membership is paid"


def test_the_free_plan_brings_the_styles_and_lets_stay_what_was_there_before(hall):
    by, now = acting(a_leader()), clock.now()
    before = Appearance.of(db.session.get_one(Tenant, current_tenant_id()))
    with pytest.raises(OwnLook) as refusal:
        publish(replace(before, brand_colour="#0f5fa8"), by=by, seen=0, now=now)
    assert refusal.value.part == "brand_colour"
    first = publish(replace(before, tagline="Ships and shops"), by=by, seen=0, now=now)
    style = PRESETS["harbour"]
    second = publish(
        replace(before, preset="harbour", brand_colour=style.brand_colour), by=by, seen=first.number, now=now
    )
    assert restore(first.number, by=by, seen=second.number, now=now).brand_colour == tenant.brand_colour
