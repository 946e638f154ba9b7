"""What was given until a day is announced before it ends; and nobody is told that doors are closed which stay open to them."""

from datetime import timedelta

import pytest

from app.access.jobs import settle
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from tests.access.arranging import DAY, a_membership, a_subscription, a_tier, needing, owes
from tests.app_fixtures import sign_in
from tests.factories import a_leader, a_member
from tests.notifications.telling import told


def every_day(days, *, start):
    """Let the hourly work be done twice on each of some days."""
    for hours in range(0, days * 24, 12):
        with clock.travel(to=start + timedelta(hours=hours)):
            settle.enqueue()
            run_due()
        db.session.expire_all()


def flat(text):
    return " ".join(text.split())


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def test_a_given_membership_is_announced_two_weeks_and_three_days_before_its_end_each_once(sam, outbox):
    needing(post="everybody")
    began = clock.now()
    a_membership(sam, began_at=began, paid_until=began + 30 * DAY)
    every_day(32, start=began)
    assert told(sam) == ["Your membership ends in two weeks", "Your membership ends in a few days"]
    letter = flat(outbox.all[-1].text)
    assert "After that you need another for posting gigs" in letter
    assert "ask the people who run this marketplace" in letter
    assert len(outbox.all) == 2


def test_what_is_given_for_some_days_is_not_announced_at_once(sam, outbox):
    began = clock.now()
    a_membership(sam, began_at=began, paid_until=began + 5 * DAY)
    every_day(6, start=began)
    assert told(sam) == ["Your membership ends in a few days"]
    assert "nothing of yours is lost" in flat(outbox.all[0].text)


def test_whoever_goes_on_by_another_is_told_of_no_end(sam, outbox):
    began = clock.now()
    a_membership(sam, began_at=began, paid_until=began + 20 * DAY)
    a_subscription(sam, a_tier("Studio"), paid_until=began + 25 * DAY)
    every_day(21, start=began)
    assert told(sam) == []


def test_nobody_is_told_that_doors_are_closed_which_another_membership_holds_open(sam, outbox):
    needing(see="everybody")
    ends = clock.now() + DAY
    owes(sam, until=ends, tier=a_tier())
    given = a_membership(sam, a_tier("Friends"))
    with clock.travel(to=ends + DAY):
        settle.enqueue()
        run_due()
    assert "Your membership rests until it is paid" not in told(sam)
    given.end(now=ends + DAY)
    db.session.commit()
    with clock.travel(to=ends + 2 * DAY):
        settle.enqueue()
        run_due()
    assert told(sam)[-1] == "Your membership rests until it is paid"


def test_without_tiers_the_page_says_what_needs_one_and_whom_to_ask(sam, client, browser):
    leader = a_leader("Ines Moreau")
    assert "Everything that this marketplace offers is open to you" in browser(sam).get("/membership").text
    needing(post="everybody", contact="everybody")
    sign_in(client, sam)
    page = client.get("/membership").text
    assert "Here you need a membership for posting gigs and writing to somebody first." in page
    assert f"/people/{leader.id}" in page
    assert 'href="/membership"' in client.get("/categories").text, "the account's menu leads there"
    assert 'href="/membership"' in client.get(f"/people/{sam.id}").text
    needing()
    assert 'href="/membership"' not in client.get("/categories").text
