"""Feeds: what anyone may see, in two forms that programs can read, whatever people write."""

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from app.core.database import db
from app.feeds import atom, json_feed
from app.feeds.feed import Entry, Feed, sayable
from app.feeds.queries import IN_A_FEED
from tenants.context import tenant_context
from tenants.models import Tenant
from tests.factories import a_category, a_gig, a_leader, a_member, a_published_gig, acting

ATOM = f"{{{atom.NAMESPACE}}}"
HERE = "http://designers.localhost:8000"


def titles(client, path="/gigs"):
    """Return the titles of a feed; both forms tell of the same gigs."""
    root = ET.fromstring(client.get(f"{path}.atom").data)
    listed = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
    assert [item["title"] for item in client.get(f"{path}.json").get_json(force=True)["items"]] == listed
    return listed


def close_to_strangers(hall):
    db.session.get_one(Tenant, hall.id).who_may_see = "members"
    db.session.commit()


def test_a_feed_tells_of_open_gigs_with_whole_addresses(client, hall):
    maya = a_member("Maya <Okafor>")
    gig = a_published_gig(by=maya, title="Paint “A & B” <b>", description="See **this** and [that](/gigs).")
    response = client.get("/gigs.atom")
    assert response.mimetype == "application/atom+xml"
    root = ET.fromstring(response.data)
    assert root.findtext(f"{ATOM}id") == f"{HERE}/gigs.atom"
    (entry,) = root.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{gig.id}"
    assert entry.findtext(f"{ATOM}title") == "Paint “A & B” <b>"
    assert entry.find(f"{ATOM}link").get("href") == f"{HERE}/gigs/{gig.id}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Maya <Okafor>"
    assert entry.find(f"{ATOM}category").get("term") == "Lettering"
    assert "<strong>this</strong>" in entry.findtext(f"{ATOM}content")
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated")) <= clock.now()
    feed = client.get("/gigs.json")
    assert feed.mimetype == "application/feed+json"
    said = json.loads(feed.data)
    assert (said["version"], said["feed_url"]) == ("https://jsonfeed.org/version/1.1", f"{HERE}/gigs.json")
    assert said["items"][0]["url"] == f"{HERE}/gigs/{gig.id}"
    assert said["items"][0]["authors"][0]["url"] == f"{HERE}/people/{maya.id}"


def test_an_edit_is_newer_and_stays_the_same_entry(client, hall):
    gig = a_published_gig(by=a_member())
    (first,) = client.get("/gigs.json").get_json(force=True)["items"]
    with clock.travel(to=clock.now() + timedelta(hours=3)):
        gig.updated_at = clock.now()
        db.session.commit()
        (later,) = client.get("/gigs.json").get_json(force=True)["items"]
    assert later["id"] == first["id"]
    assert later["date_published"] == first["date_published"]
    assert later["date_modified"] > first["date_modified"]


def test_feeds_and_the_map_hold_nothing_that_a_visitor_may_not_see(client, hall, browser):
    maya, leader = a_member(), a_leader()
    a_published_gig(by=maya, title="For everybody")
    a_published_gig(by=maya, title="For members", audience="members")
    a_gig(by=maya, title="A draft")
    a_published_gig(by=maya, title="Paused").pause(by=maya, why="Away.")
    a_published_gig(by=maya, title="Closed").close(by=maya, why="Done.")
    a_published_gig(by=maya, title="Removed").remove(by=acting(leader), why="No.")
    db.session.commit()
    # Whoever asks: a feed goes on to others.
    for viewer in (client, browser(maya), browser(leader)):
        assert titles(viewer) == ["For everybody"]
        assert titles(viewer, "/categories/lettering") == ["For everybody"]
        assert viewer.get("/sitemap.xml").text.count("/gigs/") == 1


def test_a_category_has_a_feed_of_its_own(client, hall):
    maya = a_member()
    a_published_gig(by=maya, title="A sign")
    a_published_gig(by=maya, title="A leaflet", category=a_category("Print"))
    assert titles(client, "/categories/print") == ["A leaflet"]
    assert titles(client) == ["A leaflet", "A sign"]
    assert client.get("/categories/none.atom").status_code == 404


def test_a_feed_without_gigs_is_one_all_the_same(client, hall):
    root = ET.fromstring(client.get("/gigs.atom").data)
    assert root.findtext(f"{ATOM}updated")
    assert titles(client) == []


def test_a_hall_for_members_has_no_feeds_and_no_map(client, hall, browser):
    maya = a_member()
    a_published_gig(by=maya)
    close_to_strangers(hall)
    for viewer in (client, browser(maya)):
        for path in ("/gigs.atom", "/gigs.json", "/categories/lettering.atom", "/sitemap.xml"):
            assert viewer.get(path).status_code == 404, path
        assert "alternate" not in viewer.get("/gigs").text
        assert ".atom" not in viewer.get("/gigs").text
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_pages_of_an_open_hall_show_the_way_to_their_feed(client, hall, browser):
    maya = a_member()
    a_published_gig(by=maya)
    for viewer in (client, browser(maya)):
        for path, feed in {
            "/gigs": "/gigs.atom",
            "/gigs?category=lettering": "/categories/lettering.atom",
            "/categories/lettering": "/categories/lettering.atom",
        }.items():
            shown = re.search(
                r'<a class="button[^>]* href="([^"]+)">(?:(?!</a>).)*Follow by feed', viewer.get(path).text
            )
            assert shown, path
            assert shown[1] == feed


def test_pages_name_their_feeds(client, hall):
    assert 'href="/gigs.atom"' in client.get("/gigs").text
    assert 'href="/categories/lettering.json"' in client.get("/categories/lettering").text


def test_a_feed_costs_the_same_however_long_it_is(client, hall, statements):
    maya = a_member()
    counts = []
    for more in (1, 6):
        for _ in range(more):
            a_published_gig(by=maya)
        statements.clear()
        client.get("/categories/lettering.atom")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 3


def test_a_reader_that_has_the_feed_is_told_so(client, hall):
    maya = a_member()
    a_published_gig(by=maya)
    first = client.get("/gigs.atom")
    again = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/gigs.atom", headers=again).status_code == 304
    a_published_gig(by=maya)
    assert client.get("/gigs.atom", headers=again).status_code == 200


def test_another_halls_gigs_are_in_no_feed_of_this_one(client, hall, other_hall):
    db.session.commit()
    with tenant_context(other_hall):
        a_published_gig(by=a_member("Zoe Roe"), title="Elsewhere")
        db.session.commit()
    assert titles(client) == []


WORDS = st.text(max_size=60)


@given(title=WORDS, summary=WORDS, html=WORDS, author=WORDS, category=WORDS)
def test_whatever_people_write_can_be_read_back(title, summary, html, author, category):
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    said = [sayable(words) for words in (title, summary, html, author, category)]
    title, summary, html, author, category = said
    entry = Entry("urn:uuid:1", HERE, title, summary, html, author, HERE, category, at, at)
    feed = Feed(title, summary, "en", HERE, HERE, HERE, at, (entry,))
    (read,) = ET.fromstring(atom.written(feed)).iter(f"{ATOM}entry")
    # XML reads every end of a line as one sign.
    assert _lines(read.findtext(f"{ATOM}title")) == _lines(title)
    assert _lines(read.findtext(f"{ATOM}content") or "") == _lines(html)
    assert _lines(read.findtext(f"{ATOM}author/{ATOM}name")) == _lines(author)
    (item,) = json.loads(json_feed.written(feed))["items"]
    assert item.get("title", "") == title
    assert item.get("tags", [""]) == [category]


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("path", ["/gigs.atom", "/gigs.json"])
def test_no_more_than_the_newest_are_told(client, hall, path):
    maya = a_member()
    newest = [a_published_gig(by=maya, title=f"Gig {number}") for number in range(IN_A_FEED + 1)][-1]
    text = client.get(path).text
    assert text.count("urn:uuid:") == IN_A_FEED
    assert str(newest.id) in text
