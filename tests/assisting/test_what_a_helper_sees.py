"""Whoever acts for somebody sees what the mandate is for, and nothing of the member's beside it."""

import pytest

from app.agreements.models import Agreement
from app.agreements.page import page_of
from app.core import clock
from app.core.database import db
from app.gigs.models import Suggestion
from app.messages.models import Thread
from app.profiles.models import Profile
from tests.assisting.arranging import YEAR, a_mandate
from tests.factories import a_gig, a_leader, a_published_gig, acting, an_agreement, an_application


@pytest.fixture
def gigs(rosa, maya):
    """Rosa's draft; hers for which Maya raised a hand and a leader suggested other words; Maya's, for which Rosa did."""
    draft, garden = a_gig(by=rosa, title="Not yet told"), a_published_gig(by=rosa, title="Dig the garden")
    wall = a_published_gig(by=maya, title="Paint the wall")
    an_application(to=garden, by=maya)
    an_application(to=wall, by=rosa)
    words = {"summary": "Every bed of it, before the frost."}
    Suggestion.make(garden, words, by=acting(a_leader()), note="It says when.", now=clock.now())
    db.session.commit()
    return draft, garden, wall


def test_a_mandate_for_messages_shows_no_drafts_and_nothing_of_applications(acting_for, gigs):
    draft, garden, wall = gigs
    page = acting_for("messages")
    assert page.get(f"/gigs/{draft.id}").status_code == 404
    of_hers, of_mayas = page.get(f"/gigs/{garden.id}").text, page.get(f"/gigs/{wall.id}").text
    for told in ("Answer 1 person", f"/gigs/{garden.id}/applications", "It says when.", "People who fit"):
        assert told not in of_hers
    for told in ("Your hand is up", "See your application", "Raise your hand", "/reports/new/"):
        assert told not in of_mayas
    assert "Ask a question" in of_mayas


def test_a_mandate_for_applying_shows_who_raised_a_hand_and_no_drafts(acting_for, gigs):
    draft, garden, wall = gigs
    page = acting_for("applying")
    assert "Answer 1 person" in page.get(f"/gigs/{garden.id}").text
    assert "See your application" in page.get(f"/gigs/{wall.id}").text
    own = page.get("/gigs/mine").text
    assert "Dig the garden" in own
    assert "Not yet told" not in own
    assert page.get(f"/gigs/{draft.id}").status_code == 404


def test_a_mandate_for_gigs_shows_drafts_and_what_is_suggested_without_the_answer(acting_for, gigs, rosa, browser):
    draft, garden, _wall = gigs
    page = acting_for("gigs")
    assert "Not yet told" in page.get("/gigs/mine").text
    assert page.get(f"/gigs/{draft.id}").status_code == 200
    shown, own = page.get(f"/gigs/{garden.id}").text, browser(rosa).get(f"/gigs/{garden.id}").text
    assert "It says when." in shown
    assert "Answer 1 person" not in shown
    assert "/taking" not in shown
    assert "/taking" in own
    assert "Answer 1 person" in own


def test_how_the_other_side_is_reached_is_for_the_two_alone(for_rosa, rosa, maya, browser):
    agreement = an_agreement(gig=a_published_gig(by=maya), applicant=rosa, state="agreed")
    profile = db.session.get(Profile, (rosa.tenant_id, maya.id)) or Profile(member_id=maya.id)
    profile.contact, profile.contact_details = "email_after_agreement", "maya@example.net"
    db.session.add(profile)
    db.session.commit()
    assert "maya@example.net" in browser(rosa).get(f"/agreements/{agreement.id}").text
    assert "maya@example.net" not in for_rosa.get(f"/agreements/{agreement.id}").text


def test_pages_name_the_member_as_the_applicant_and_say_who_wrote_for_them(for_rosa, rosa, maya, browser):
    wall = a_published_gig(by=maya)
    address = for_rosa.post(f"/gigs/{wall.id}/applications", data={"note": "She has painted for forty years."}).location
    page = browser(maya).get(address).text
    assert "Rosa raised a hand" in page
    assert f'href="/people/{rosa.id}">Rosa Silva</a>' in page
    assert "Ana Lima for Rosa Silva" in page


def test_terms_are_put_forward_by_the_member_in_the_words_of_whoever_acts(for_rosa, rosa, maya):
    hand = an_application(to=a_published_gig(by=rosa), by=maya)
    terms = {"title": "Dig the garden", "scope": "All of it.", "conditions": "", "note": "", "favour": "A cake"}
    assert for_rosa.post(f"/applications/{hand.id}/offers", data=terms).status_code == 302
    (first,) = page_of(db.session.scalars(db.select(Agreement)).one(), acting(maya))["talk"]
    assert (first["who"].name, first["by"]) == ("Rosa Silva", "Ana Lima for Rosa Silva")


def test_what_is_unread_and_how_to_block_is_nothing_for_whoever_acts(ana, rosa, maya, browser):
    wall = a_published_gig(by=maya)
    thread = Thread.between(maya.id, rosa.id, gig_id=wall.id, now=clock.now())
    thread.post("Are you still there?", by=acting(maya), now=clock.now())
    db.session.commit()
    mandate, page = a_mandate(ana, rosa, "gigs"), browser(ana)
    page.post(f"/helping/{mandate.id}/acting")
    assert "tool__count" not in page.get("/gigs").text
    mandate.end(by=acting(ana), now=clock.now())
    mandate = a_mandate(ana, rosa, "messages")
    page.post(f"/helping/{mandate.id}/acting")
    assert "tool__count" in page.get("/gigs").text
    talk, own = page.get(f"/messages/{thread.id}").text, browser(rosa).get(f"/messages/{thread.id}").text
    for way in ("/block", "/reports/new/"):
        assert way not in talk
        assert way in own
    assert "Show the profile" in talk


def test_who_have_work_between_them_ask_for_no_mandate(ana, rosa, browser):
    an_application(to=a_published_gig(by=ana), by=rosa)
    asked = {"side": "help", "scopes": ["gigs"], "until": (clock.now() + YEAR).date().isoformat(), "words": ""}
    page = browser(ana)
    assert page.get(f"/people/{rosa.id}/mandates/new").status_code == 409
    assert page.post(f"/people/{rosa.id}/mandates", data=asked).status_code == 409
