"""Pages, lists, feeds and letters as somebody finds them who needs a membership and has none."""

import pytest

from app.alerts.gathering import gather
from app.alerts.models import Alert
from app.climbing.picking import may_be_asked
from app.core import clock
from app.core.database import db
from app.gigs.search import Search
from app.messages.models import Thread
from app.notifications.reader import reader_or_none
from tenants.context import tenant_context
from tenants.resolution import tenant_by_slug
from tests.access.arranging import DAY, a_membership, a_tier, needing, owes
from tests.app_fixtures import sign_in
from tests.factories import a_leader, a_member, a_published_gig, acting, an_application

TITLE = "Redraw our bakery"


@pytest.fixture
def gig(hall):
    return a_published_gig(by=a_member("Maya Okafor"))


@pytest.fixture
def sam(hall, client):
    member = a_member("Sam Reyes")
    sign_in(client, member)
    return member


LOOKS = ("/", "/gigs", "/people", "/categories", "/search?q=bakery", "/for-you", "/alerts/new?q=bakery")


def test_whoever_needs_a_membership_to_see_is_told_so_on_every_page_that_shows_gigs_or_people(gig, sam, client):
    a_tier("Supporter", pitch="For those who keep this place going.")
    needing(see="everybody")
    for path in (*LOOKS, f"/gigs/{gig.id}", f"/people/{gig.author_id}", "/categories/lettering"):
        page = client.get(path)
        assert page.status_code == 403, path
        assert "Supporter" in page.text, path
        assert TITLE not in page.text, path
        assert "Maya Okafor" not in page.text, path
    for path in (
        "/work",
        "/alerts",
        "/settings",
        "/profile",
        "/messages",
        "/agreements",
        "/notifications",
        f"/people/{sam.id}",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        assert TITLE not in page.text, path
    assert client.get("/suggestions/search?typed=bakery").status_code == 403


def test_visitors_are_led_to_sign_in_and_feeds_are_closed(gig, client):
    needing(see="everybody")
    assert "/enter" in client.get("/gigs").headers["Location"]
    assert "/enter" in client.get(f"/gigs/{gig.id}").headers["Location"]
    front = client.get("/")
    assert front.status_code == 200
    assert TITLE not in front.text
    assert client.get("/gigs.atom").status_code in (302, 404)
    assert str(gig.id) not in client.get("/sitemap.xml").text


def test_a_membership_opens_every_door_at_once(gig, sam, client):
    needing(see="everybody", post="everybody", apply="everybody", contact="everybody")
    assert client.get("/gigs").status_code == 403
    a_membership(sam)
    for path in (
        *LOOKS,
        f"/gigs/{gig.id}",
        f"/gigs/{gig.id}/applications/new",
        f"/gigs/{gig.id}/messages/{gig.author_id}",
    ):
        assert client.get(path).status_code == 200, path


def test_leaders_are_never_shut_out(gig, client):
    sign_in(client, a_leader())
    needing("nothing", see="everybody", post="everybody", apply="everybody", contact="everybody")
    for path in ("/gigs", f"/gigs/{gig.id}/applications/new", f"/gigs/{gig.id}/messages/{gig.author_id}"):
        assert client.get(path).status_code == 200, path


def test_what_was_typed_is_kept_where_a_membership_is_missing(gig, sam, client):
    assert client.get(f"/gigs/{gig.id}/applications/new").status_code == 200
    needing(apply="everybody")
    words = "I have painted signs for bakeries since 2009."
    page = client.post(f"/gigs/{gig.id}/applications", data={"note": words})
    assert page.status_code == 403
    assert page.text.count(words) == 2, "to read, and to send again"
    a_membership(sam)
    assert client.post(f"/gigs/{gig.id}/applications", data={"note": words}).status_code == 302


def test_posting_needs_one_and_a_draft_stays(hall, sam, client):
    needing(post=["plain"])
    assert client.get("/gigs/new").status_code == 403
    assert "Post a gig" in client.get("/gigs").text, "what leads there stays, and says what is needed"


def test_whom_one_deals_with_already_one_may_write_to(gig, sam, client):
    an_application(to=gig, by=sam)
    needing(contact="everybody")
    path = f"/gigs/{gig.id}/messages/{gig.author_id}"
    assert client.post(path, data={"body": "When may I begin?"}).status_code == 302
    stranger = a_member("Ada Lind")
    sign_in(client, stranger)
    assert client.post(path, data={"body": "Buy my things"}).status_code == 403


def test_a_conversation_goes_on_after_a_lapse(gig, sam, client):
    thread = Thread.between(sam.id, gig.author_id, gig_id=gig.id, now=clock.now())
    thread.post("Hello", by=acting(sam), now=clock.now())
    owes(sam, until=clock.now() - DAY)
    needing("nothing", see="everybody")
    assert client.get("/gigs").status_code == 403
    assert client.get(f"/messages/{thread.id}").status_code == 200
    assert client.post(f"/messages/{thread.id}", data={"body": "Still here"}).status_code == 302


def test_alerts_and_calls_reach_nobody_who_may_not_see(gig, sam):
    author = a_member("Tomasz Nowak")
    alert = Alert.save(
        Search(q="bakery"), by=acting(sam), now=clock.now(), name="Bakeries", pace="at_once", weekday=0, hour=8,
        in_app=True, by_mail=True,
    )  # fmt: skip
    db.session.commit()
    other = a_published_gig(by=author, title="A bakery's window")
    needing(see="everybody")
    with tenant_context(tenant_by_slug("designers")):
        assert not may_be_asked(other, sam.id)
        assert not gather(now=clock.now() + DAY).letters
        assert alert.told_at is None
        a_membership(sam)
        assert may_be_asked(other, sam.id)
        assert reader_or_none(sam.id).actor.cover.tiers
