"""Thanks: few, to others, read by whom they are for before anybody else, unless those let them be shown as they come."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.departures.departure import leave
from app.kudos.failures import KeptApart, NoLongerHere, NoneLeft, NotToYourself
from app.kudos.models import MOST, SPAN, Kudos, left_to
from app.messages.models import Report
from app.moderation.models import Measure
from app.moderation.things import thing_or_none
from app.profiles.blocks import Block
from app.profiles.models import Profile
from tenants.isolation import scoped
from tests.factories import a_leader, a_member, a_user, acting, run_jobs

WORDS = "Three evenings on spacing, and never a sigh."


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor", user=a_user("Maya Okafor", email="maya@example.org"))


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def thanked(author, subject, *, text=WORDS, shown=False, now=None):
    thanks = Kudos.give(subject.id, by=acting(author), reason="patience", text=text, now=now or clock.now())
    if shown:
        thanks.show(by=acting(subject), now=clock.now())
    db.session.commit()
    return thanks


def visitors_read(browser, *paths):
    return [WORDS in browser().get(path).text for path in paths]


def test_thanks_are_read_by_whom_they_are_for_and_shown_when_they_say_so(maya, sam, browser, outbox):
    where, own = (f"/people/{maya.id}", "/"), browser(maya)
    page = browser(sam)
    assert f"/people/{maya.id}/kudos" in page.get(where[0]).text
    page.post(f"/people/{maya.id}/kudos", data={"reason": "patience", "text": WORDS})
    run_jobs()
    letter = outbox.to("maya@example.org")
    assert "thanks you" in letter.subject
    assert WORDS in letter.text
    thanks = db.session.scalars(select(Kudos).where(scoped(Kudos))).one()
    assert visitors_read(browser, *where) == [False, False]
    assert WORDS in own.get("/kudos").text
    own.post(f"/kudos/{thanks.id}/show")
    assert visitors_read(browser, *where) == [True, True]
    assert "Patient explaining" in browser().get(where[0]).text
    own.post(f"/kudos/{thanks.id}/hide")
    assert visitors_read(browser, *where) == [False, False]


def test_whoever_lets_thanks_be_has_them_shown_as_they_come(maya, sam, browser, outbox):
    own = browser(maya)
    own.post("/kudos", data={"at_once": "y"})
    browser(sam).post(f"/people/{maya.id}/kudos", data={"reason": "own", "text": WORDS})
    run_jobs()
    assert visitors_read(browser, f"/people/{maya.id}") == [True]
    assert "as they come" in outbox.to("maya@example.org").text
    own.post("/kudos", data={})
    assert not Profile.of(maya.id).kudos_shown
    # What was shown stays so until it is hidden.
    assert visitors_read(browser, f"/people/{maya.id}") == [True]


def test_something_else_needs_words(maya, sam, browser):
    answer = browser(sam).post(f"/people/{maya.id}/kudos", data={"reason": "own", "text": ""})
    assert answer.status_code == 422
    assert "Say in a line what for" in answer.text
    assert browser(sam).post(f"/people/{maya.id}/kudos", data={"reason": "hand"}).status_code == 302


def test_thanks_are_five_within_any_week_also_when_one_is_taken_back(maya, sam, browser):
    start = clock.now()
    given = [thanked(sam, maya, now=start + timedelta(days=day)) for day in range(MOST)]
    given[0].take_back(by=acting(sam), now=start)
    with pytest.raises(NoneLeft):
        thanked(sam, maya, now=start + SPAN - timedelta(seconds=1))
    db.session.rollback()
    assert left_to(sam.id, now=start + SPAN) == 1
    with clock.travel(to=start + timedelta(days=MOST)):
        assert browser(sam).get(f"/people/{maya.id}/kudos").status_code == 409
    thanked(sam, maya, now=start + SPAN)


def test_nobody_thanks_themselves_nor_across_a_block_nor_while_kept_from_speaking(maya, sam, browser):
    with pytest.raises(NotToYourself):
        thanked(maya, maya)
    Measure.take(
        "limited", sam.id, by=acting(a_leader()), rule="spam", why="Enough.", now=clock.now(),
        until=clock.now() + timedelta(days=3), deeds=["speak"],
    )  # fmt: skip
    db.session.commit()
    assert browser(sam).get(f"/people/{maya.id}/kudos").status_code == 403
    kim = a_member("Kim Lund")
    Block.put(kim.id, by=acting(maya), now=clock.now())
    db.session.commit()
    for one, other in ((kim, maya), (maya, kim)):
        with pytest.raises(KeptApart):
            thanked(one, other)
        db.session.rollback()


def test_only_who_is_thanked_shows_them_and_only_their_author_takes_them_back(maya, sam, browser):
    kudos_id, stranger = thanked(sam, maya).id, a_member("Kim Lund")
    for who, step, status in (
        (sam, "show", 403),
        (stranger, "show", 403),
        (stranger, "hide", 403),
        (maya, "take-back", 403),
        (stranger, "take-back", 403),
        (sam, "take-back", 302),
        (maya, "show", 404),
    ):
        assert browser(who).post(f"/kudos/{kudos_id}/{step}").status_code == status, (who.name, step)
    assert db.session.get_one(Kudos, (maya.tenant_id, kudos_id)).text == ""


def test_reported_thanks_leave_the_front_page_and_hidden_ones_every_page(maya, sam, browser):
    thanks, leader, where = thanked(sam, maya, shown=True), a_leader(), (f"/people/{maya.id}", "/")
    assert visitors_read(browser, *where) == [True, True]
    assert f"/reports/new/kudos/{thanks.id}" in browser(leader).get(where[0]).text
    answer = browser(leader).post(f"/reports/new/kudos/{thanks.id}", data={"rule": "spam", "words": "Look at it."})
    assert answer.status_code == 302
    assert visitors_read(browser, *where) == [True, False]
    db.session.scalars(select(Report).where(scoped(Report))).one().dismiss(
        by=acting(leader), answer="It is fair.", now=clock.now()
    )
    db.session.commit()
    assert visitors_read(browser, *where) == [True, True]
    thing_or_none("kudos", thanks.id).hide(by=acting(leader), why="Not here.", now=clock.now())
    db.session.commit()
    assert visitors_read(browser, *where) == [False, False]


def test_an_author_takes_back_also_what_is_old_and_reads_what_moderators_hid(maya, sam, browser):
    start = clock.now()
    said = [thanked(sam, maya, shown=True, now=start + number * timedelta(days=3)) for number in range(25)]
    thing_or_none("kudos", said[-1].id).hide(by=acting(a_leader()), why="Not here.", now=clock.now())
    db.session.commit()
    own = browser(sam)
    page = own.get("/kudos").text
    assert page.count("A moderator has taken it out of sight.") == 1
    assert page.count("Everybody here can read it.") == 23
    older = re.search(r'href="(\?given=[^"]+)"', page)[1]
    assert f"/kudos/{said[0].id}/take-back" not in page
    assert f"/kudos/{said[0].id}/take-back" in own.get(f"/kudos{older}").text


@pytest.mark.parametrize("who", ["author", "subject"])
def test_thanks_go_with_whoever_leaves(maya, sam, browser, who):
    thanked(sam, maya, shown=True)
    leave(acting(sam if who == "author" else maya), now=clock.now())
    db.session.commit()
    assert db.session.scalars(select(Kudos).where(scoped(Kudos))).all() == []
    assert visitors_read(browser, "/", f"/people/{maya.id}") == [False, False]
    if who == "subject":
        with pytest.raises(NoLongerHere):
            thanked(sam, maya)


def test_a_member_kept_apart_from_one_of_the_two_does_not_read_it_on_the_front_page(maya, sam, browser):
    thanked(sam, maya, shown=True)
    kim = a_member("Kim Lund")
    looks = browser(kim)
    assert WORDS in looks.get("/").text
    Block.put(sam.id, by=acting(kim), now=clock.now())
    db.session.commit()
    assert WORDS not in looks.get("/").text
