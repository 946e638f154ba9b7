"""Featured gigs that a membership includes: counted, never one too many, given back when leaders take the gig down."""

from dataclasses import replace

import pytest

from app.core import clock
from app.core.database import db
from app.fees.asking import featured_until
from app.fees.included import NoneLeft, NotOpen, included, use_included
from app.gigs.models import Gig
from tenants.needs import Cover
from tests.access.arranging import DAY, a_membership, a_tier
from tests.app_fixtures import sign_in
from tests.factories import a_leader, a_member, a_published_gig, acting


def having(member, *tiers):
    """Return a member as they act with some tiers."""
    return replace(acting(member), cover=Cover(frozenset(tier.id for tier in tiers), had=True))


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def test_a_member_lets_a_gig_stand_out_by_their_membership_and_pays_nothing(sam, client):
    a_membership(sam, a_tier("Studio", featured_a_month=1, featured_days=5))
    gig, second = a_published_gig(by=sam, title="Paint the boathouse"), a_published_gig(by=sam)
    sign_in(client, sam)
    assert f"/gigs/{gig.id}/featuring" in client.get(f"/gigs/{gig.id}").text
    page = client.get(f"/gigs/{gig.id}/featuring").text
    assert "includes 1 featured gig a month, for 5 days." in page
    assert "1 is left this month." in page

    assert client.post(f"/gigs/{gig.id}/featuring").status_code == 302

    assert (featured_until(gig.id, now=clock.now()) - clock.now()).days in (4, 5)
    assert client.get("/gigs").text.count("Paint the boathouse") == 2
    assert "You have used the 1 featured gig" in client.get(f"/gigs/{second.id}/featuring").text
    client.post(f"/gigs/{second.id}/featuring")
    assert featured_until(second.id, now=clock.now()) is None
    assert "1 featured gig a month, for 5 days" in client.get("/membership").text


def test_next_month_there_are_as_many_again_and_what_is_left_over_does_not_add_up(sam):
    tier = a_tier(featured_a_month=2)
    gig, me, now = a_published_gig(by=sam), having(sam, tier), clock.now()
    use_included(gig, by=me, now=now)
    assert included(me, now=now).left == 1
    with clock.travel(to=included(me, now=now).again_at + DAY):
        assert included(me, now=clock.now()).left == 2
    assert included(having(sam), now=now) is None


def test_a_gig_that_is_not_open_uses_none_and_one_that_leaders_take_down_gives_its_own_back(sam):
    me, now = having(sam, a_tier(featured_a_month=1)), clock.now()
    gig, paused = a_published_gig(by=sam), a_published_gig(by=sam)
    paused.pause(by=acting(sam), why="On holiday")
    with pytest.raises(NotOpen):
        use_included(paused, by=me, now=now)
    use_included(gig, by=me, now=now)
    with pytest.raises(NoneLeft):
        use_included(gig, by=me, now=now)
    gig.remove(by=acting(a_leader()), why="Not here.")
    assert included(me, now=now).left == 1
    assert featured_until(gig.id, now=now) is None


def test_many_tabs_at_once_never_use_one_too_many(busy_hall, at_once):
    sam = a_member("Sam Reyes")
    tier = a_tier(featured_a_month=2)
    gig_ids = [a_published_gig(by=sam).id for _ in range(5)]
    me, here = having(sam, tier), busy_hall.id
    db.session.commit()

    def using(gig_id):
        return lambda: use_included(db.session.get_one(Gig, (here, gig_id)), by=me, now=clock.now()).id

    answers = at_once(*(using(gig_id) for gig_id in gig_ids))

    assert sum(isinstance(one, NoneLeft) for one in answers) == 3
    assert included(me, now=clock.now()).used == 2
