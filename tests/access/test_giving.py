"""Memberships that a leader gives: until a day or for good, with the reason, told to whoever gets one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.access.jobs import settle
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.memberships.models import Membership
from tenants.isolation import scoped
from tests.access.arranging import a_subscription, a_tier, needing
from tests.app_fixtures import sign_in
from tests.factories import a_leader, a_member
from tests.notifications.telling import told


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


@pytest.fixture
def leader(hall, client):
    leader = a_leader()
    sign_in(client, leader)
    return leader


def gives(client, member, which, **answers):
    given = {"tier": str(which.id), "why": "You answer every newcomer."} | answers
    return client.post(f"/desk/members/{member.id}/membership", data=given)


def only_membership():
    return db.session.scalars(select(Membership).where(scoped(Membership))).one()


def test_a_given_membership_opens_doors_until_its_last_day_is_over(hall, sam, leader, client, browser, outbox):
    needing(see="everybody")
    tier, today = a_tier(), clock.today(hall.time_zone)
    last = today + timedelta(days=10)

    assert gives(client, sam, tier, until=last.isoformat()).status_code == 302

    theirs = browser(sam)
    assert theirs.get("/gigs").status_code == 200
    assert told(sam)[-1] == "Ines Moreau gave you a membership"
    assert "You answer every newcomer." in outbox.to("sam-reyes@example.org").text
    ends = clock.end_of_day(last, hall.time_zone)
    with clock.travel(to=ends - timedelta(minutes=1)):
        assert theirs.get("/gigs").status_code == 200
    with clock.travel(to=ends):
        assert theirs.get("/gigs").status_code == 403
        settle.enqueue()
        run_due()
    db.session.expire_all()
    assert only_membership().state == "ended"
    assert "until" in client.get(f"/desk/members/{sam.id}/membership").text.lower()


def test_without_a_day_it_is_for_good_and_a_leader_can_end_it(sam, leader, client, outbox):
    gives(client, sam, a_tier())
    given = only_membership()
    assert (given.source, given.state, given.paid_until) == ("complimentary", "active", None)
    page = client.get(f"/desk/members/{sam.id}/membership").text
    assert "You answer every newcomer." in page
    assert client.post(f"/desk/members/{sam.id}/membership/{given.id}/end").status_code == 302
    assert only_membership().state == "ended"


def test_a_reason_is_asked_for_and_days_gone_by_are_refused(hall, sam, leader, client):
    tier = a_tier()
    yesterday = clock.today(hall.time_zone) - timedelta(days=1)
    for wrong in ({"why": ""}, {"until": yesterday.isoformat()}, {"tier": "gold"}):
        assert gives(client, sam, tier, **wrong).status_code == 422, wrong
    assert db.session.scalars(select(Membership).where(scoped(Membership))).all() == []


def test_what_somebody_pays_for_is_not_for_a_leader_to_end(sam, leader, client):
    bought = a_subscription(sam)
    assert client.post(f"/desk/members/{sam.id}/membership/{bought.id}/end").status_code == 404


def test_only_leaders_give(sam, browser):
    tier = a_tier()
    for member in (sam, a_member("Ada Lind", roles=("admin",))):
        assert gives(browser(member), sam, tier).status_code == 403
