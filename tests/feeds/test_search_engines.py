"""What search engines may keep: public pages, open gigs as jobs, and nothing else."""

import json
import re

import pytest

from app.core import clock
from app.core.database import db
from app.editorial.pages import Page, Wording
from tenants.models import Tenant
from tests.factories import a_leader, a_member, a_published_gig, acting

ROBOTS = "X-Robots-Tag"


def may_be_found(client, path):
    response = client.get(path)
    return response.status_code == 200 and "noindex" not in response.headers.get(ROBOTS, "")


def posting(client, gig):
    """Return the job that a gig's page describes, or None."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get(f"/gigs/{gig.id}").text, re.S)
    return json.loads(found[1]) if found else None


def own_page(by, *, audience="anyone", title="About us"):
    page = Page.begin(Wording(title, "Who we are.", "", audience), by=by, now=clock.now())
    page.publish(by=by)
    db.session.commit()
    return f"/pages/{page.slug}"


def test_public_pages_may_be_found_and_nothing_else(client, hall, browser):
    leader = a_leader()
    gig = a_published_gig(by=leader)
    about, inside = own_page(acting(leader)), own_page(acting(leader), audience="members", title="Inside")
    for path in ("/", "/gigs", "/categories/lettering", f"/gigs/{gig.id}", about):
        assert may_be_found(client, path), path
        # Once more: remembered, it says the same.
        assert may_be_found(client, path), path
    unfound = (
        "/gigs?direction=offer",
        "/gigs?at=x",
        "/search",
        "/people",
        f"/people/{leader.id}",
        "/enter",
        "/gigs/none",
    )
    for path in (*unfound, "/gigs.atom", "/sitemap.xml", inside, "/rules"):
        assert client.get(path).headers[ROBOTS] == "noindex", path
    for path in ("/desk", "/work", "/settings", "/messages", "/gigs/mine", inside):
        assert browser(leader).get(path).headers[ROBOTS] == "noindex", path


def test_other_sites_pages_are_not_found_but_the_platforms_first(browser, hall):
    assert may_be_found(browser(host="localhost"), "/")
    for host, path in (("localhost", "/start"), ("id.localhost", "/sign-in"), ("localhost", "/styleguide")):
        assert browser(host=host).get(path).headers[ROBOTS] == "noindex", path


def test_every_host_says_where_robots_may_look(browser, hall):
    for host in ("localhost", "id.localhost"):
        answer = browser(host=host).get("/robots.txt")
        assert (answer.mimetype, answer.text) == ("text/plain", "User-agent: *\nDisallow: /*?\n"), host


def test_a_list_of_one_category_names_its_feed(client, hall):
    a_published_gig(by=a_leader())
    for path in ("/categories/lettering", "/gigs?category=lettering", "/categories"):
        page = client.get(path).text
        assert 'type="application/atom+xml" title="Lettering · ' in page, path
        assert 'href="/categories/lettering.atom"' in page, path


def test_a_hall_for_members_is_not_found_at_all(client, hall):
    leader = a_leader()
    about = own_page(acting(leader))
    gig = a_published_gig(by=leader)
    db.session.get_one(Tenant, hall.id).who_may_see = "members"
    db.session.commit()
    for path in ("/", "/gigs", f"/gigs/{gig.id}", about):
        assert client.get(path).headers[ROBOTS] == "noindex", path


def test_the_map_names_public_pages(client, hall):
    leader = a_leader()
    gig, about = a_published_gig(by=leader), own_page(acting(leader))
    inside = own_page(acting(leader), audience="members", title="Inside")
    here = "http://designers.localhost:8000"
    places = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").text)
    assert places == [f"{here}{path}" for path in ("/", "/gigs", "/categories/lettering", about, f"/gigs/{gig.id}")]
    assert inside not in places
    assert f"Sitemap: {here}/sitemap.xml" in client.get("/robots.txt").text
    for place in places:
        assert may_be_found(client, place.removeprefix(here)), place


def test_an_open_gig_is_described_as_a_job_until_it_closes(client, hall):
    maya = a_member()
    gig = a_published_gig(
        by=maya,
        title="Signs </script><script>alert(1)",
        settlement="money",
        pay_kind="hourly",
        pay_min=3250,
        pay_max=4000,
        currency="GBP",
        place="Leeds",
        remote=False,
    )
    job = posting(client, gig)
    assert job["@type"] == "JobPosting"
    assert job["title"] == "Signs </script><script>alert(1)"
    assert job["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "minValue": 32.5,
        "maxValue": 40.0,
        "unitText": "HOUR",
    }
    assert job["jobLocation"]["address"]["addressLocality"] == "Leeds"
    assert "jobLocationType" not in job
    gig.close(by=maya, why="Found somebody.")
    db.session.commit()
    assert posting(client, gig) is None
    assert client.get(f"/gigs/{gig.id}").headers[ROBOTS] == "noindex"


@pytest.mark.parametrize("columns", [{"direction": "offer"}, {"audience": "members"}, {"accepting": False}])
def test_what_is_no_job_for_strangers_is_not_described_as_one(client, browser, hall, columns):
    maya = a_member()
    gig = a_published_gig(by=maya, **columns)
    assert posting(client, gig) is None
    assert posting(browser(maya), gig) is None
