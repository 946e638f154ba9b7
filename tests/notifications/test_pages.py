"""The list behind the bell, what people choose, and the way out of every e-mail."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.joining.roles import give_roles
from app.notifications.letters import unsubscribe_url
from app.notifications.models import Notification
from app.notifications.preferences import Wishes, rest_until
from app.notifications.topics import TOPICS
from tenants.isolation import scoped
from tests.factories import a_leader, a_member, a_published_gig, acting, an_application
from tests.notifications.telling import unread


@pytest.fixture
def maya(hall, outbox):
    return a_member("Maya Okafor")


@pytest.fixture
def hers(browser, maya):
    return browser(maya)


def _raise_hands(maya, number):
    gig = a_published_gig(by=maya)
    for each in range(number):
        an_application(to=gig, by=a_member(f"Person {each}"))
    run_due()


def test_the_list_shows_the_newest_first_and_marks_what_is_new(hers, maya):
    _raise_hands(maya, 2)
    page = hers.get("/notifications").text
    assert page.index("Person 1 raised a hand") < page.index("Person 0 raised a hand")
    assert page.count("data-unread") == 2
    assert '2<span class="unseen"> unread</span>' in page


def test_an_empty_list_says_what_belongs_there(hers, maya):
    assert "Nothing to tell yet" in hers.get("/notifications").text
    assert "You have read everything" in hers.get("/notifications?show=unread").text


def test_a_visitor_is_asked_to_sign_in(client, hall):
    assert client.get("/notifications").headers["Location"].startswith("/enter")


def test_one_is_read_by_a_button(hers, maya):
    _raise_hands(maya, 1)
    newest = _newest(maya)
    answer = hers.post(f"/notifications/{newest.id}/reading", data={"show": "unread"})
    assert answer.headers["Location"] == "/notifications?show=unread"
    assert unread(maya) == 0
    hers.post(f"/notifications/{newest.id}/reading")
    assert unread(maya) == 0
    assert "raised a hand" not in hers.get("/notifications?show=unread").text


def test_all_are_read_at_once(hers, maya):
    _raise_hands(maya, 2)
    hers.post("/notifications/reading")
    assert unread(maya) == 0
    page = hers.get("/notifications").text
    assert "data-unread" not in page
    assert "Mark all as read" not in page


def test_nobody_reads_for_somebody_else(browser, maya):
    _raise_hands(maya, 1)
    other = browser(a_member("Ada Cole"))
    assert other.post(f"/notifications/{_newest(maya).id}/reading").status_code == 404
    assert other.post(f"/notifications/{uuid4()}/reading").status_code == 404
    assert "raised a hand" not in other.get("/notifications").text
    assert unread(maya) == 1


def test_a_page_that_is_seen_takes_along_what_led_there(hers, maya):
    gig = a_published_gig(by=maya)
    an_application(to=gig, by=a_member("Sam Reyes"))
    gig.expire()
    db.session.commit()
    run_due()
    assert unread(maya) == 2
    page = hers.get(f"/gigs/{gig.id}")
    assert page.status_code == 200
    assert unread(maya) == 1
    assert '1<span class="unseen"> unread</span>' in page.text


def test_what_leads_nowhere_else_is_read_with_the_list(hers, maya):
    give_roles(maya, ["moderator"], by=acting(a_leader()))
    db.session.commit()
    run_due()
    assert unread(maya) == 1
    assert "data-unread" in hers.get("/notifications").text
    assert unread(maya) == 0


def test_a_page_that_is_refused_takes_nothing_along(browser, maya):
    gig = a_published_gig(by=maya)
    sam = a_member("Sam Reyes")
    an_application(to=gig, by=sam)
    run_due()
    gig.pause(by=maya, why="A week away.")
    db.session.commit()
    run_due()
    before = unread(sam)
    gig.remove(by=acting(a_leader()), why="Free work.")
    assert browser(sam).get(f"/gigs/{gig.id}").status_code == 404
    assert unread(sam) == before


def test_the_list_costs_the_same_however_long_it_is(hers, maya, statements):
    _raise_hands(maya, 1)
    statements.clear()
    hers.get("/notifications")
    few = len(statements)
    _raise_hands_more(maya)
    statements.clear()
    page = hers.get("/notifications")
    assert len(statements) == few <= 4, statements
    assert page.text.count('class="notice"') == 24
    older = re.search(r'rel="next" href="([^"]+)"', page.text)[1].replace("&amp;", "&")
    statements.clear()
    assert hers.get(older).text.count('class="notice"') > 0
    assert len(statements) == few


def _raise_hands_more(maya):
    gig = a_published_gig(by=maya)
    for each in range(30):
        an_application(to=gig, by=a_member(f"Another {each}"))
    run_due()


def test_choices_are_kept_and_shown(hers, maya):
    page = hers.get("/settings/notifications").text
    assert "maya-okafor@example.org" in page
    assert "Raised hands" in page
    assert "Requests to join" not in page
    chosen = {slug: ["app"] for slug in _topics_in(page)} | {"hands": ["app", "email"], "rules": []}
    assert hers.post("/settings/notifications", data=chosen).status_code == 302
    wishes = Wishes([maya.id], TOPICS)
    assert wishes.want(maya.id, TOPICS["hands"], "email")
    assert not wishes.want(maya.id, TOPICS["work"], "email")
    assert wishes.want(maya.id, TOPICS["work"], "app")
    assert not wishes.want(maya.id, TOPICS["rules"], "app")
    # What concerns only others stays at its default.
    assert wishes.want(maya.id, TOPICS["queue"], "email")
    again = hers.get("/settings/notifications").text
    assert len(re.findall(r"<input[^>]*checked[^>]*>", again)) == len(_topics_in(page))


def _topics_in(page):
    return set(re.findall(r'name="(\w+)" type="checkbox"|type="checkbox" [^>]*name="(\w+)"', page)) and {
        name for name in re.findall(r'name="(\w+)"', page) if name in TOPICS
    }


def test_choices_that_are_none_are_refused(hers, maya):
    answer = hers.post("/settings/notifications", data={"hands": ["pigeon"]})
    assert answer.status_code == 422
    assert "“pigeon” is not one of the choices here." in answer.text


def test_a_leader_chooses_also_about_the_desk(browser, hall, outbox):
    page = browser(a_leader()).get("/settings/notifications").text
    assert "Requests to join" in page
    assert "Reports and disputes" in page


def test_mail_rests_for_a_week(hers, maya):
    hers.post("/settings/notifications/rest")
    assert rest_until(maya.id) is not None
    assert "No e-mail until" in hers.get("/settings/notifications").text
    hers.post("/settings/notifications/rest/end")
    assert rest_until(maya.id) is None


def test_a_mail_program_unsubscribes_with_one_post(client, maya):
    """RFC 8058: no cookie, no Origin, no token of a form; the address is the proof."""
    path = _path(unsubscribe_url(maya.id, "hands"))
    client.application.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = client.post(path, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
    finally:
        client.application.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 200
    assert not _wants(maya, "hands")
    assert _wants(maya, "work")


def test_a_person_is_asked_first(client, maya):
    path = _path(unsubscribe_url(maya.id, "hands"))
    page = client.get(path)
    assert "Stop these e-mails?" in page.text
    assert _wants(maya, "hands")
    assert client.post(path, data={"everything": "1"}).status_code == 200
    assert not any(_wants(maya, topic) for topic in TOPICS)


def test_an_address_of_another_marketplace_or_a_forged_one_is_not_found(client, browser, maya, other_hall):
    path = _path(unsubscribe_url(maya.id, "hands"))
    there = browser(host="hillside.localhost")
    for visitor, where in ((there, path), (client, path[:-1]), (client, "/unsubscribe/x")):
        assert visitor.get(where).status_code == 404
        assert visitor.post(where).status_code == 404
    assert _wants(maya, "hands")


def _path(url):
    return url.removeprefix("http://designers.localhost:8000")


def _wants(maya, topic):
    db.session.expire_all()
    return Wishes([maya.id], [topic]).want(maya.id, TOPICS[topic], "email")


def _newest(maya):
    return db.session.scalars(
        select(Notification)
        .where(scoped(Notification), Notification.member_id == maya.id)
        .order_by(Notification.id.desc())
        .limit(1)
    ).one()


def test_the_clock_is_shown_in_the_readers_zone(hers, maya):
    _raise_hands(maya, 1)
    assert f'datetime="{clock.now():%Y-%m-%d}' in hers.get("/notifications").text
