"""Pages that are remembered: the same as if they were made anew, for each who looks, whatever happened in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.core import clock
from app.core.caching import Caches
from app.core.config import CACHES
from app.core.database import db
from app.profiles.blocks import Block
from app.remembering import pages_of
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.app_fixtures import HallClient
from tests.factories import a_leader, a_member, a_published_gig, acting

PATHS = ("/", "/gigs", "/gigs?direction=offer", "/gigs?sort=due", "/categories", "/categories/lettering", "/people")


@pytest.fixture(autouse=True)
def remembering(app: Flask) -> Iterator[None]:
    """Start with nothing remembered."""
    before = app.extensions["caches"]
    app.extensions["caches"] = Caches.of(CACHES)
    yield
    app.extensions["caches"] = before


@contextmanager
def nothing_remembered(app: Flask) -> Iterator[None]:
    before = app.extensions["caches"]
    app.extensions["caches"] = Caches.of(())
    yield
    app.extensions["caches"] = before


def is_kept(app: Flask, client: HallClient, path: str = "/gigs") -> bool:
    """Whether a second look at a page makes nothing new."""
    # The first look at a page with a form in it gives the browser its token.
    client.get(path)
    client.get(path)
    before = len(pages_of(app))
    client.get(path)
    return before == len(pages_of(app)) > 0


def test_a_visitors_page_comes_back_with_one_read(app, hall, browser, statements):
    a_published_gig(by=a_member())
    visitor = browser()
    first = visitor.get("/gigs")
    statements.clear()
    second = visitor.get("/gigs")
    assert second.data == first.data
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert len(statements) == 1


def test_a_members_page_comes_back_with_one_read(app, hall, browser, statements):
    maya = browser(a_member())
    first = [maya.get("/gigs") for _ in range(2)][-1]
    statements.clear()
    assert maya.get("/gigs").data == first.data
    assert len(statements) == 1


def test_a_browser_that_has_the_page_is_told_so(app, hall, browser):
    a_published_gig(by=a_member())
    visitor = browser()
    tag = visitor.get("/gigs").headers["ETag"]
    # Also from another process, which makes the page and finds it to be the same.
    for forget in (False, True):
        if forget:
            app.extensions["caches"] = Caches.of(CACHES)
        again = visitor.get("/gigs", headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        assert {"Host", "Cookie"} <= {name.strip() for name in again.headers["Vary"].split(",")}
        assert again.headers["Cache-Control"] == "private, no-cache"
    a_published_gig(by=a_member("Li Wei"), title="Another one")
    changed = visitor.get("/gigs", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "Another one" in changed.text


def test_head_has_no_body(app, hall, browser):
    visitor = browser()
    length = len(visitor.get("/gigs").data)
    head = visitor.head("/gigs")
    assert (head.status_code, head.data, int(head.headers["Content-Length"])) == (200, b"", length)


def test_nobody_gets_anothers_page(app, hall, browser):
    """A visitor, two members and a leader, in every order, on the same address."""
    people = {"": browser(), "Maya": browser(a_member("Maya Okafor")), "Sam": browser(a_member("Sam Hill"))}
    people["Ines"] = browser(a_leader("Ines Moreau"))
    for _ in range(3):
        for name, client in people.items():
            page = client.get("/gigs").text
            assert [other for other in people if other and f"account, {other}" in page] == ([name] if name else [])
            assert ("Sign in" in page) == (not name)
            assert ("desk/" in page) == (name == "Ines")


def test_no_hall_gets_anothers_page(app, hall, other_hall, browser):
    visitor, elsewhere = browser(), browser(host="hillside.localhost")
    for _ in range(2):
        assert "Designers" in visitor.get("/gigs").text
        assert "Hillside" in elsewhere.get("/gigs").text


def test_what_was_said_once_is_not_said_again(app, hall, browser):
    maya = browser(a_member())
    assert is_kept(app, maya)
    with maya.session_transaction(base_url="http://designers.localhost:8000") as cookie:
        cookie["_flashes"] = [("message", "That went well.")]
    assert "That went well." in maya.get("/gigs").text
    assert "That went well." not in maya.get("/gigs").text
    assert "That went well." not in browser().get("/gigs").text


def test_an_ended_session_sees_a_visitors_page_at_once(app, hall, browser):
    from app.accounts import sessions

    member = a_member()
    maya = browser(member)
    assert is_kept(app, maya)
    sessions.revoke_all(member_id=member.id)
    assert "Sign in" in maya.get("/gigs").text


def test_a_hall_that_closes_shows_nothing(app, hall, browser):
    visitor = browser()
    assert is_kept(app, visitor)
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(who_may_see="members"))
    assert visitor.get("/gigs").status_code == 302
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(status="suspended"))
    gone = visitor.get("/gigs")
    assert gone.status_code == 410
    assert "Designers" not in gone.text


def test_a_new_day_makes_the_page_anew(app, hall, browser):
    """In the hall's own day: on New Year's Eve a date of next year names the year, an hour later it need not."""
    year = clock.now().year + 1
    a_published_gig(by=a_member(), due_on=date(year, 1, 20))
    visitor, new_year = browser(), clock.end_of_day(date(year - 1, 12, 31), hall.time_zone)
    with clock.travel(to=new_year - timedelta(minutes=30)):
        before = visitor.get("/gigs").text
        assert visitor.get("/gigs").text == before
    with clock.travel(to=new_year + timedelta(minutes=30)):
        assert visitor.get("/gigs").text == before.replace(f" {year}<", "<") != before


def test_errors_and_forms_are_not_remembered(app, hall, browser):
    maya = browser(a_member())
    for path in ("/gigs/new", "/work", "/messages", "/settings", "/nowhere"):
        maya.get(path)
    assert len(pages_of(app)) == 0


def test_a_strangers_cookie_is_nobodys(app, hall, browser):
    maya, forger = browser(a_member()), browser()
    assert is_kept(app, maya)
    cookie = maya.get_cookie("guildhall", domain="designers.localhost")
    assert cookie is not None
    forger.set_cookie("guildhall", cookie.value[:-2] + "xx", domain="designers.localhost")
    assert "Sign in" in forger.get("/gigs").text


Change = Callable[[dict[str, Any]], None]


def _post(scene: dict[str, Any]) -> None:
    scene["gigs"].append(a_published_gig(by=scene["maya"], title=f"Piece {len(scene['gigs'])}"))


def _retitle(scene: dict[str, Any]) -> None:
    scene["gigs"][-1].title = f"Retitled {scene['step']}"


def _pause(scene: dict[str, Any]) -> None:
    scene["gigs"][-1].state = "open" if scene["gigs"][-1].state == "paused" else "paused"


def _hide(scene: dict[str, Any]) -> None:
    scene["gigs"][-1].audience = "members" if scene["gigs"][-1].audience == "hall" else "hall"


def _rename(scene: dict[str, Any]) -> None:
    scene["maya"].name = f"Maya {scene['step']}"


def _block(scene: dict[str, Any]) -> None:
    Block.put(scene["maya"].id, by=acting(scene["sam"]), now=clock.now())


def _unblock(scene: dict[str, Any]) -> None:
    Block.lift(scene["maya"].id, by=acting(scene["sam"]))


def _tell(scene: dict[str, Any]) -> None:
    db.session.execute(
        update(Member).where(scoped(Member), Member.id == scene["sam"].id).values(unread_count=Member.unread_count + 1)
    )


_numbers = count()
CHANGES = (_post, _retitle, _pause, _hide, _rename, _block, _unblock, _tell)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(CHANGES), st.sampled_from(PATHS)), min_size=1, max_size=8))
def test_whatever_happens_a_page_is_as_if_made_anew(app, hall, browser, steps):
    """Any changes in any order; after each, everybody looks at a page, and again with nothing remembered."""
    db.session.rollback()
    number = next(_numbers)
    maya = a_member(f"Maya {number}")
    sam = a_member(f"Sam {number}")
    scene: dict[str, Any] = {"maya": maya, "sam": sam, "gigs": [a_published_gig(by=maya)], "step": 0}
    clients = [browser(who) for who in (None, maya, sam)]
    for client in clients:
        client.get("/gigs")
    for step, (change, path) in enumerate(steps):
        scene["step"] = step
        change(scene)
        db.session.commit()
        for client in clients:
            kept = client.get(path)
            with nothing_remembered(app):
                assert kept.text == client.get(path).text, (change.__name__, path)
