"""Members stand by other members: only in words that those have read and want to be shown, and only while both are here."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.acquaintances.meeting import come_invited, finish_work_together
from app.acquaintances.models import Acquaintance
from app.acquaintances.queries import Tie, ties
from app.core import clock
from app.core.database import db
from app.departures.departure import leave
from app.matching.engine import gigs_for
from app.matching.reasons import to_member
from app.profiles.blocks import Block
from app.vouching.failures import KeptApart, NotForYourself
from app.vouching.models import Vouch, vouch_of
from app.vouching.queries import shown_about
from tenants.isolation import scoped
from tests.factories import a_member, a_published_gig, a_user, acting, run_jobs

WORDS = "She measures twice, and leaves the pavement clean."
SAID = {"relation": "colleague", "text": WORDS}


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor", user=a_user("Maya Okafor", email="maya@example.org"))


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def said(author, subject, *, shown=False):
    vouch = Vouch.write(subject.id, by=acting(author), now=clock.now(), **SAID)
    if shown:
        vouch.show(by=acting(subject), now=clock.now())
    db.session.commit()
    return vouch


def readers(browser, whose):
    """Return what a visitor reads on a member's page."""
    return browser().get(f"/people/{whose.id}").text


def test_words_are_read_by_whom_they_are_about_and_shown_when_they_say_so(maya, sam, browser, outbox):
    page, own = browser(sam), browser(maya)
    assert f"/people/{maya.id}/vouch" in page.get(f"/people/{maya.id}").text
    page.post(f"/people/{maya.id}/vouch", data=SAID)
    run_jobs()
    assert "vouches for you" in outbox.to("maya@example.org").subject
    vouch = vouch_of(sam.id, maya.id)
    assert WORDS not in readers(browser, maya)
    assert WORDS in own.get("/vouches").text
    own.post(f"/vouches/{vouch.id}/show")
    shown = readers(browser, maya)
    assert WORDS in shown
    assert "worked with them elsewhere" in shown
    own.post(f"/vouches/{vouch.id}/hide")
    assert WORDS not in readers(browser, maya)


def test_only_whom_it_is_about_shows_it_and_only_its_author_takes_it_back(maya, sam, browser):
    vouch_id = said(sam, maya).id
    stranger = a_member("Kim Lund")
    for who, step, status in (
        (sam, "show", 403),
        (stranger, "show", 403),
        (stranger, "hide", 403),
        (maya, "take-back", 403),
        (stranger, "take-back", 403),
        (sam, "take-back", 302),
        (maya, "show", 404),
    ):
        assert browser(who).post(f"/vouches/{vouch_id}/{step}").status_code == status, (who.name, step)


def test_words_that_are_changed_are_read_anew_before_they_are_shown(maya, sam):
    first = said(sam, maya, shown=True)
    again = Vouch.write(maya.id, by=acting(sam), relation="client", text=WORDS + " Always.", now=clock.now())
    assert again.id == first.id
    assert shown_about(maya.id) == []
    # Sent a second time unchanged, nothing has to be read again.
    again.show(by=acting(maya), now=clock.now())
    assert Vouch.write(maya.id, by=acting(sam), relation="client", text=WORDS + " Always.", now=clock.now()).is_shown


def test_nobody_vouches_for_themselves_nor_across_a_block(maya, sam, browser):
    with pytest.raises(NotForYourself):
        said(maya, maya)
    Block.put(sam.id, by=acting(maya), now=clock.now())
    with pytest.raises(KeptApart):
        said(sam, maya)
    db.session.rollback()
    assert browser(maya).get(f"/people/{maya.id}/vouch").status_code == 409


def test_words_go_with_whoever_leaves(maya, sam):
    said(sam, maya, shown=True)
    leave(acting(sam), now=clock.now())
    db.session.commit()
    assert shown_about(maya.id) == []
    assert db.session.scalars(select(Acquaintance).where(scoped(Acquaintance))).all() == []


def test_a_gig_says_how_many_whom_one_knows_vouch_for_its_author(maya, sam):
    li, ola = a_member("Li Wei"), a_member("Ola Berg")
    gig = a_published_gig(by=maya)
    for known in (li, ola):
        finish_work_together(sam.id, known.id, now=clock.now())
        said(known, maya, shown=True)
    (match,) = (one for one in gigs_for(sam, now=clock.now()) if one.id == gig.id)
    assert "2 people whom you know vouch for Maya Okafor" in to_member(match.parts)


STEPS = st.lists(
    st.tuples(st.sampled_from(("write", "show", "hide", "take back", "work", "invite")), st.booleans()), max_size=9
)


@given(STEPS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_know_each_other_by_words_as_long_as_those_are_shown(maya, sam, steps):
    """Whatever they say and take back, in whatever order; work and invitations join them for good."""
    db.session.begin_nested()
    shown, worked, invited = {True: False, False: False}, 0, None
    for step, is_mayas in steps:
        author, subject = (maya, sam) if is_mayas else (sam, maya)
        vouch = vouch_of(author.id, subject.id)
        if step == "write":
            Vouch.write(subject.id, by=acting(author), now=clock.now(), relation="client", text=f"{WORDS} {step}")
        elif step == "work":
            finish_work_together(maya.id, sam.id, now=clock.now())
            worked += 1
        elif step == "invite":
            come_invited(subject.id, by=author.id, now=clock.now())
            invited = invited or author.id
        elif vouch is not None and step == "take back":
            vouch.take_back(by=acting(author))
            shown[is_mayas] = False
        elif vouch is not None:
            getattr(vouch, step)(by=acting(subject), now=clock.now())
            shown[is_mayas] = step == "show"
        expected = Tie(worked, invited, is_vouched=any(shown.values()))
        for one, other in ((maya, sam), (sam, maya)):
            db.session.flush()
            assert ties(one.id, [other.id]).get(other.id, Tie()) == expected
    db.session.rollback()
