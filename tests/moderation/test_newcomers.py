"""Where the leaders say who is new, new members begin slowly; what looks like advertising is looked at first, and never lost."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.database import db
from app.moderation.models import ModerationSettings
from app.moderation.newcomers import NewHere
from tests.factories import a_gig, a_leader, a_member, a_published_gig

LONG = "We paint signs, vans and shop windows, for a fixed price, within a week, in the whole county."


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


def chosen(**choices):
    db.session.add(ModerationSettings(**{"new_days": 7} | choices))
    db.session.commit()


def test_nobody_is_held_to_anything_before_the_leaders_say_so(maya):
    gigs = [a_published_gig(by=maya, description=f"{LONG} https://a.example " * 9) for _ in range(7)]
    assert {gig.state for gig in gigs} == {"open"}


def test_somebody_new_has_few_gigs_at_a_time_until_they_are_known(maya, browser):
    chosen(new_gigs=2)
    one, two = a_published_gig(by=maya), a_published_gig(by=maya, description="Another wall, and another word on it.")
    third = a_gig(by=maya, title="Letter a van")
    with pytest.raises(NewHere):
        third.publish(by=maya)
    db.session.rollback()
    assert third.state == "draft"
    assert "as a draft" in browser(maya).post(f"/gigs/{third.id}/publication").text
    with clock.travel(to=clock.now() + timedelta(days=9)):
        third.publish(by=maya)
    assert {one.state, two.state, third.state} == {"open"}
    # Whoever runs the marketplace is never new.
    leader = a_leader()
    assert {a_published_gig(by=leader).state for _ in range(3)} == {"open"}


def test_a_text_that_was_posted_lately_and_many_links_are_looked_at_first(maya, browser):
    chosen(most_links=1)
    sam, leader = a_member("Sam Reyes"), a_leader()
    assert a_published_gig(by=maya, description=LONG).state == "open"
    copied = a_published_gig(by=sam, description=LONG)
    linked = a_published_gig(by=sam, title="See", description="https://a.example and www.b.example and more there")
    assert (copied.state, linked.state) == ("in_review", "in_review")
    for gig, why in ((copied, "posted here lately"), (linked, "many links")):
        assert why in browser(leader).get(f"/gigs/{gig.id}").text
        assert why in browser(sam).get(f"/gigs/{gig.id}").text
    browser(leader).post(f"/gigs/{copied.id}/approval")
    db.session.refresh(copied)
    assert copied.state == "open"


def test_a_first_gig_is_looked_at_where_the_leaders_want(maya):
    chosen(new_days=0, looks_at_first=True)
    first = a_published_gig(by=maya)
    assert first.state == "in_review"
    first.approve(by=a_leader())
    assert a_published_gig(by=maya, title="Letter a van").state == "open"


def test_somebody_new_writes_first_to_few_and_answers_everybody(maya, browser):
    chosen(new_talks=1)
    sam, li = a_member("Sam Reyes"), a_member("Li Wei")
    gigs = {one.id: a_published_gig(by=one, description=f"A wall of {one.name}.") for one in (sam, li)}
    mine = a_published_gig(by=maya, description="Letter a van.")
    page = browser(maya)
    assert page.post(f"/gigs/{gigs[sam.id].id}/messages/{sam.id}", data={"body": "How tall is it?"}).status_code == 302
    assert page.post(f"/gigs/{gigs[li.id].id}/messages/{li.id}", data={"body": "And yours?"}).status_code == 429
    thread = browser(li).post(f"/gigs/{mine.id}/messages/{maya.id}", data={"body": "Is it taken?"}).location
    assert page.post(thread.partition("#")[0], data={"body": "Not yet."}).status_code == 302
