"""What a tier limits: in the verb, under a lock, never taking anything away."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.alerts.models import Alert
from app.applications.models import Application
from app.applications.raising import raise_hand
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.gigs.search import Search
from app.memberships.limits import LimitReached
from tenants.isolation import scoped
from tests.access.arranging import a_membership, a_tier
from tests.app_fixtures import sign_in
from tests.factories import a_category, a_gig, a_leader, a_member, a_published_gig, acting


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def raises_hand(gig, by):
    return raise_hand(gig, by=acting(by), note="I'd love to.", answers=[], now=clock.now())


def saves(by, word):
    channels = {"pace": "daily", "weekday": 0, "hour": 8, "in_app": True, "by_mail": False}
    return Alert.save(Search(q=word), by=acting(by), now=clock.now(), name=word, **channels)


def test_a_tier_gives_so_many_posts_a_month_and_the_draft_stays(sam, client):
    a_membership(sam, a_tier(posts_a_month=1))
    a_published_gig(by=sam)
    second = a_gig(by=sam, drafting={"done": ["details", "terms", "what"], "seen": ["details", "terms", "what"]})
    sign_in(client, sam)

    page = client.post(f"/gigs/{second.id}/publication")

    assert page.status_code == 409
    assert "1 gig a month" in page.text
    assert "/membership" in page.text
    assert db.session.get_one(Gig, (second.tenant_id, second.id)).state == "draft"
    next_month = (clock.now().replace(day=1) + timedelta(days=45)).replace(day=2)
    with clock.travel(to=next_month):
        second.publish(by=acting(sam))
    assert second.is_open


def test_of_two_tiers_the_larger_counts_and_without_a_number_there_is_no_limit(sam):
    a_membership(sam, a_tier(posts_a_month=1))
    a_published_gig(by=sam)
    a_membership(sam, a_tier("Studio", position=1))
    a_published_gig(by=sam)


def test_hands_alerts_and_categories_have_their_limits(sam):
    author = a_member("Maya Okafor")
    one, two = a_published_gig(by=author), a_published_gig(by=author)
    before = a_published_gig(by=sam), a_published_gig(by=sam, category=a_category("Printing"))
    a_membership(sam, a_tier(open_applications=1, alerts=1, categories=1))
    assert all(gig.is_open for gig in before), "what was there stays"

    raises_hand(one, sam)
    with pytest.raises(LimitReached, match="1 hand raised"):
        raises_hand(two, sam)
    saves(sam, "bakery")
    with pytest.raises(LimitReached, match="1 alert"):
        saves(sam, "windows")
    a_published_gig(by=sam)
    with pytest.raises(LimitReached, match="1 category"):
        a_published_gig(by=sam, category=a_category("Engraving"))


def test_an_answered_hand_makes_room_for_another(sam):
    author = a_member("Maya Okafor")
    a_membership(sam, a_tier(open_applications=1))
    first = raises_hand(a_published_gig(by=author), sam)
    first.decline(by=acting(author), why="The dates don't work out.", now=clock.now())
    assert raises_hand(a_published_gig(by=author), sam).state == "sent"


def test_no_tier_limits_whoever_runs_the_marketplace(hall):
    leader = a_leader()
    a_membership(leader, a_tier(posts_a_month=0))
    assert a_published_gig(by=leader).is_open


def test_many_tabs_at_once_never_go_over_a_limit(busy_hall, at_once):
    author, sam = a_member("Maya Okafor"), a_member("Sam Reyes")
    a_membership(sam, a_tier(open_applications=2))
    gig_ids = [a_published_gig(by=author).id for _ in range(6)]
    me, here = acting(sam), busy_hall.id

    def raising(gig_id):
        def work():
            return raise_hand(
                db.session.get_one(Gig, (here, gig_id)), by=me, note="Me.", answers=[], now=clock.now()
            ).id

        return work

    answers = at_once(*(raising(gig_id) for gig_id in gig_ids))

    assert sum(isinstance(one, LimitReached) for one in answers) == 4
    assert db.session.scalar(select(func.count()).select_from(Application).where(scoped(Application))) == 2


def test_members_without_a_membership_have_the_limits_that_leaders_set_beside_the_tiers(sam, client, browser):
    leading = browser(a_leader())
    said = {"posts_a_month": "1", "open_applications": "2", "categories": "", "alerts": "1"}
    assert leading.post("/desk/memberships/without", data=said).status_code == 302
    assert "2 hands raised at a time" in leading.get("/desk/memberships").text
    db.session.expire_all()
    a_published_gig(by=sam)
    second = a_gig(by=sam, drafting={"done": ["details", "terms", "what"], "seen": ["details", "terms", "what"]})
    sign_in(client, sam)

    page = client.post(f"/gigs/{second.id}/publication")

    assert page.status_code == 409
    assert "Without a membership you can post 1 gig a month" in page.text
    assert "/membership" in page.text
    saves(sam, "bakery")
    with pytest.raises(LimitReached, match="Without a membership you can have 1 alert"):
        saves(sam, "windows")
    a_membership(sam, a_tier())
    second.publish(by=acting(sam))
    saves(sam, "windows")
    leader = a_leader("Ada Lind")
    assert [a_published_gig(by=leader).state for _ in range(2)] == ["open", "open"], "no limit for whoever leads"


def test_limits_without_a_membership_are_whole_numbers_above_nothing(hall, browser):
    leading = browser(a_leader())
    for wrong in ("0", "-1", "many", "99999999"):
        assert leading.post("/desk/memberships/without", data={"posts_a_month": wrong}).status_code == 422, wrong
    assert browser(a_member("Ada Ames")).get("/desk/memberships/without").status_code == 403
