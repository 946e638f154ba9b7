"""A member's home: what waits for them and what they wait for."""

import pytest

from tests.factories import a_member, a_published_gig, an_agreement, an_application


@pytest.fixture
def orla(hall):
    return a_member("Orla Finch")


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


def parts(page):
    """Return the text of the page under each of its headings."""
    waiting, _, rest = page.partition("You wait for")
    return waiting, rest


def test_an_empty_bench_says_what_to_do(maya, browser):
    assert "Nothing on your bench yet" in browser(maya).get("/work").text


def test_a_hand_waits_for_the_author_and_is_waited_for_by_who_raised_it(orla, maya, browser):
    gig = a_published_gig(by=orla, title="Redraw a sign")
    an_application(to=gig, by=maya)
    assert "1 person raised a hand" in parts(browser(orla).get("/work").text)[0]
    assert "Your application: sent" in parts(browser(maya).get("/work").text)[1]


def test_terms_wait_for_the_side_that_was_asked(orla, maya, browser):
    an_agreement(gig=a_published_gig(by=orla, title="Redraw a sign"), applicant=maya, state="proposed")
    assert "Answer the terms" in parts(browser(maya).get("/work").text)[0]
    assert "Answer the terms" not in browser(orla).get("/work").text


def test_a_delivery_waits_for_the_client(orla, maya, browser):
    an_agreement(gig=a_published_gig(by=orla, title="Redraw a sign"), applicant=maya, state="delivered")
    assert "Look at what was handed over" in parts(browser(orla).get("/work").text)[0]
    assert "Delivered" in parts(browser(maya).get("/work").text)[1]


def test_visitors_are_asked_to_sign_in(hall, client):
    assert client.get("/work").headers["Location"].startswith("/enter")
