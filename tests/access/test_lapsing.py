"""What happens around a payment that failed: grace, reminders, gigs that rest and come back."""

from datetime import timedelta

import pytest

from app.access.jobs import settle
from app.activity.recording import record
from app.authorization import MembershipNeeded
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.gigs.models import Gig
from app.moderation.models import Measure
from tenants.context import current_tenant_id
from tests.access.arranging import DAY, a_membership, a_subscription, a_tier, needing, owes
from tests.app_fixtures import sign_in
from tests.factories import a_leader, a_member, a_published_gig, acting
from tests.notifications.telling import told


def at(moment):
    """Let the hourly work be done at a moment."""
    with clock.travel(to=moment):
        settle.enqueue()
        run_due()
    db.session.expire_all()


def again(gig: Gig) -> Gig:
    return db.session.get_one(Gig, (current_tenant_id(), gig.id))


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def test_in_the_days_of_grace_nothing_changes_but_a_banner(sam, client, outbox):
    needing(see="everybody", post="everybody")
    gig = a_published_gig(by=sam)
    ends = clock.now() + 3 * DAY
    owes(sam, until=ends)
    at(clock.now())
    assert again(gig).state == "open"
    sign_in(client, sam)
    for path in ("/gigs", "/settings", "/gigs/new"):
        assert "A payment for your membership failed" in client.get(path, follow_redirects=True).text, path
    sign_in(client, a_leader())
    assert "A payment for your membership failed" not in client.get("/gigs").text


def test_when_grace_is_over_live_gigs_rest_and_come_back_with_the_payment(sam, outbox):
    needing(post="everybody")
    gig, other = a_published_gig(by=sam), a_published_gig(by=a_member("Ada Lind"))
    dates = gig.expires_at, gig.published_at, gig.due_on
    ends = clock.now() + DAY
    membership = owes(sam, until=ends)
    at(ends - timedelta(minutes=1))
    assert again(gig).state == "open"

    at(ends)

    assert (again(gig).state, again(gig).held_at is not None) == ("paused", True)
    assert again(other).state == "open", "whoever never had a membership has lost none"
    with clock.travel(to=ends), pytest.raises(MembershipNeeded):
        again(gig).resume(by=acting(sam))

    membership.state, membership.grace_until, membership.paid_until = "active", None, ends + 30 * DAY
    record("recovered", membership, by=None, to="active")
    db.session.commit()
    with clock.travel(to=ends + DAY):
        run_due()
    db.session.expire_all()

    assert again(gig).state == "open"
    assert (again(gig).expires_at, again(gig).published_at, again(gig).due_on) == dates
    assert again(gig).held_at is None


def test_what_its_author_paused_stays_paused(sam):
    needing(post="everybody")
    gig = a_published_gig(by=sam)
    membership = a_membership(sam, paid_until=clock.now() + DAY)
    gig.pause(by=acting(sam), why="On holiday")
    db.session.commit()
    at(clock.now() + 2 * DAY)
    membership.paid_until = None
    db.session.commit()
    at(clock.now() + 3 * DAY)
    assert (again(gig).state, again(gig).state_reason) == ("paused", "On holiday")


def test_a_gig_of_somebody_suspended_waits_until_that_is_over_too(sam, outbox):
    needing(post="everybody")
    gig = a_published_gig(by=sam)
    a_membership(sam, paid_until=clock.now() + DAY)
    at(clock.now() + 2 * DAY)
    assert again(gig).held_at is not None
    until, by = clock.now() + 7 * DAY, acting(a_leader())
    Measure.take("suspended", sam.id, by=by, rule="Kindness", why="Names.", until=until, now=clock.now())
    a_membership(sam, a_tier("Patron"))
    at(clock.now() + 3 * DAY)
    assert again(gig).state == "paused"
    at(clock.now() + 8 * DAY)
    assert again(gig).state == "open"


def test_gigs_come_back_when_the_leader_asks_for_less(sam):
    needing(post="everybody")
    gig = a_published_gig(by=sam)
    a_subscription(sam, state="ended", paid_until=clock.now() - DAY, ended_at=clock.now() - DAY)
    at(clock.now())
    assert again(gig).state == "paused"
    needing(apply="everybody")
    at(clock.now())
    assert again(gig).state == "open"


def test_a_member_is_reminded_at_half_on_the_last_day_and_after_each_once(sam, outbox):
    needing(see="everybody")
    began = clock.now()
    membership = owes(sam, until=began + 7 * DAY)
    record("lapsed", membership, by=None, to="past_due")
    db.session.commit()
    for hours in range(0, 9 * 24, 9):
        at(began + timedelta(hours=hours))
    assert told(sam) == [
        "A payment for your membership failed",
        "Your membership is still not paid",
        "Pay your membership by tomorrow",
        "Your membership rests until it is paid",
    ]
    assert len(outbox.all) == 4


def test_held_gigs_say_why_to_their_author_alone(sam, client, outbox):
    needing(post="everybody")
    gig = a_published_gig(by=sam)
    owes(sam, until=clock.now() - DAY)
    at(clock.now())
    sign_in(client, sam)
    page = client.get(f"/gigs/{gig.id}").text
    assert "See to the membership" in page
    assert "/resumption" not in page
    sign_in(client, a_leader())
    assert "needs a membership" not in client.get(f"/gigs/{gig.id}").text
    assert gig.title not in client.get("/gigs").text
