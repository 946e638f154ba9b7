"""The front page at the leader's desk."""

import pytest

from app.core.database import db
from app.editorial.arrangement import Arrangement
from app.editorial.front_page import FrontPage
from tenants.context import tenant_context
from tests.factories import a_hall, a_leader, a_member


def stands():
    """Return the tenant's front page as it is now."""
    db.session.expire_all()
    return FrontPage.of_hall()


def names(arrangement):
    return [one.name for one in arrangement.blocks]


def test_leaders_arrange_in_a_draft_and_publish_it(hall, browser):
    me, visitor = browser(a_leader()), browser()
    assert me.post("/desk/front/people/visibility", data={"edition": 0, "shown": "no"}).status_code == 302
    moved = me.post("/desk/front/how/position", data={"edition": 1, "to": "up"})
    assert moved.location == "/desk/front#how"
    me.post("/desk/front/opening", data={"edition": 2, "title": "Letters, by hand", "text": ""})
    desk = me.get("/desk/front").text
    assert "Nobody else sees this yet" in desk
    assert "Letters, by hand" in desk
    assert "Letters, by hand" not in visitor.get("/").text
    preview = me.get("/desk/front/preview").text
    assert "A draft of your front page" in preview
    assert "<h1>Letters, by hand</h1>" in preview
    assert "New here" not in preview
    assert "How it works" in preview
    assert "How it works" not in me.get("/desk/front/preview?as=member").text
    assert me.post("/desk/front/publication", data={"edition": 3}).status_code == 302
    assert "Letters, by hand" in visitor.get("/").text
    assert "Everybody sees it like this." in me.get("/desk/front").text


def test_a_draft_can_be_dropped_and_everything_put_back(hall, browser):
    me = browser(a_leader())
    me.post("/desk/front/gigs", data={"edition": 0, "title": "On the bench", "text": ""})
    me.post("/desk/front/withdrawal", data={"edition": 1})
    assert not stands().has_draft
    me.post("/desk/front/gigs", data={"edition": 2, "title": "On the bench", "text": ""})
    me.post("/desk/front/publication", data={"edition": 3})
    me.post("/desk/front/reset", data={"edition": 4})
    assert stands().live.block("gigs").title == "On the bench"
    assert stands().drafted == Arrangement.usual()
    me.post("/desk/front/publication", data={"edition": 5})
    assert "On the bench" not in browser().get("/").text


def test_a_change_and_its_opposite_leave_no_draft(hall, browser):
    me = browser(a_leader())
    me.post("/desk/front/gigs/position", data={"edition": 0, "to": "down"})
    assert stands().has_draft
    me.post("/desk/front/gigs/position", data={"edition": 1, "to": "up"})
    assert not stands().has_draft


def test_the_second_tab_is_told_and_loses_no_word(hall, browser):
    me = browser(a_leader())
    me.post("/desk/front/gigs", data={"edition": 0, "title": "First", "text": ""})
    refused = me.post("/desk/front/gigs", data={"edition": 0, "title": "Second thoughts", "text": "Kept"})
    assert refused.status_code == 409
    for words in ("Second thoughts", "Kept", "<strong>First</strong>", 'name="edition" value="1"'):
        assert words in refused.text
    for path, data in (
        ("gigs/position", {"to": "down"}),
        ("gigs/visibility", {"shown": "no"}),
        ("publication", {}),
        ("withdrawal", {}),
        ("reset", {}),
    ):
        answer = me.post(f"/desk/front/{path}", data=data | {"edition": 0})
        assert answer.status_code == 409, path
        assert "Somebody changed the front page since you opened this" in answer.text
    assert stands().drafted.block("gigs").title == "First"
    assert stands().edition == 1
    assert me.post("/desk/front/gigs", data={"edition": 1, "title": "Second thoughts", "text": ""}).status_code == 302


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/desk/front/nothing", {"title": "x"}, 405),
        ("/desk/front/gigs/position", {"edition": 0, "to": "sideways"}, 422),
        ("/desk/front/gigs/visibility", {"edition": 0}, 422),
        ("/desk/front/gigs/position", {"edition": "٣٤x", "to": "up"}, 409),
        ("/desk/front/gigs/position", {"edition": "9" * 400, "to": "up"}, 422),
        ("/desk/front/gigs", {"edition": 0, "title": "x" * 91}, 422),
        ("/desk/front/words", {"edition": 0, "text": "x" * 4001}, 422),
    ],
)
def test_what_cannot_be_is_refused_in_words(hall, browser, path, data, status):
    me = browser(a_leader())
    answer = me.post(path, data=data)
    assert answer.status_code in (status, 404)
    assert stands().edition == 0


def test_only_those_who_manage_the_hall_arrange_it(hall, browser):
    member, visitor = browser(a_member()), browser()
    for method, path in (
        ("GET", "/desk/front"),
        ("GET", "/desk/front/gigs"),
        ("GET", "/desk/front/preview"),
        ("POST", "/desk/front/gigs"),
        ("POST", "/desk/front/gigs/position"),
        ("POST", "/desk/front/publication"),
    ):
        assert member.open(path, method=method).status_code == 403, path
        assert "/enter" in visitor.open(path, method=method).location, path


def test_a_closed_hall_previews_its_door(app, browser):
    with tenant_context(a_hall("guild", who_may_see="members")):
        me = browser(a_leader(), host="guild.localhost")
        me.post("/desk/front/opening", data={"edition": 0, "title": "Come to the lantern", "text": "Knock twice."})
        for words in ("Come to the lantern", "Knock twice.", "How it works"):
            assert words in me.get("/desk/front/preview").text
        assert "Open now" not in me.get("/desk/front/preview").text
        assert "Open now" in me.get("/desk/front/preview?as=member").text


def test_an_arrangement_stays_in_its_hall(hall, other_hall, browser):
    me = browser(a_leader())
    me.post("/desk/front/opening", data={"edition": 0, "title": "Letters, by hand", "text": ""})
    me.post("/desk/front/publication", data={"edition": 1})
    db.session.commit()
    assert "Letters, by hand" not in browser(host="hillside.localhost").get("/").text
    with tenant_context(other_hall):
        assert FrontPage.of_hall().edition == 0
        assert db.session.query(FrontPage).count() == 0
        db.session.rollback()
