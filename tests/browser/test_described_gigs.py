"""A gig's description for search engines, in a browser with our content policy: data, which nobody complains of or runs."""

import json

import pytest

pytestmark = pytest.mark.browser


def test_a_gigs_description_is_in_its_page_and_the_policy_has_nothing_to_say(person, demo):
    gig = demo.rows(
        "SELECT id, title FROM hall, gigs WHERE tenant_id = here AND state = 'open' AND audience = 'hall' "
        "AND direction = 'request' AND accepting AND seats_taken < seats LIMIT 1"
    )[0]
    # A complaint on the console fails the test when its browser closes.
    page = person()
    page.goto(demo.url(f"/gigs/{gig.id}"))
    said = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert (said["@type"], said["title"]) == ("JobPosting", gig.title)
