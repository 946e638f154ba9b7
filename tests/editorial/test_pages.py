"""Pages of a marketplace's own."""

import re

import pytest

from app.core import clock
from app.core.database import db
from app.editorial.pages import MOST_PAGES, Page, Wording, all_pages
from app.editorial.queries import versions_of
from tenants.context import tenant_context
from tenants.models import TenantVersions
from tests.factories import a_hall, a_leader, a_member, acting


def a_page(title="About us", text="We **paint**.", *, by, audience="anyone", slug="", published=True):
    """Return a page by a leader, saved once."""
    page = Page.begin(Wording(title, text, slug, audience), by=acting(by), now=clock.now())
    if published:
        page.publish(by=acting(by))
    db.session.commit()
    return page


def footer(html):
    return re.findall(r'<a href="(/pages/[^"]+)">([^<]+)</a>', html.split("<footer")[-1])


def sent(page, **changes):
    return {
        "edition": page.version,
        "title": page.title,
        "text": page.text,
        "slug": page.slug,
        "audience": page.audience,
        "then": "keep",
    } | changes


def test_what_nobody_sees_yet_makes_no_page_anew(hall):
    def seen():
        db.session.commit()
        row = db.session.get_one(TenantVersions, hall.id, populate_existing=True)
        return row.gigs, row.people, row.hall

    leader = acting(a_leader())
    before = seen()
    page = Page.begin(Wording("About us", "We **paint**.", "", "anyone"), by=leader, now=clock.now())
    assert seen() == before
    page.revise(page.wording._replace(text="We dye."), seen=1, by=leader, now=clock.now())
    assert seen() == before
    page.remove(by=leader)
    page.bring_back(by=leader)
    assert seen() == before
    for change in (
        lambda: page.publish(by=leader),
        lambda: page.revise(page.wording._replace(title="Us"), seen=page.version, by=leader, now=clock.now()),
        lambda: page.withdraw(by=leader),
    ):
        change()
        between, before = before, seen()
        assert before[2] > between[2]


def test_leaders_write_look_publish_and_everybody_reads(hall, browser):
    me, visitor = browser(a_leader()), browser()
    words = {"edition": 0, "title": "About us", "text": "We **paint**.", "slug": "", "audience": "anyone"}
    look = me.post("/desk/pages", data=words | {"then": "look"}).text
    assert "Nothing is saved yet" in look
    assert "<strong>paint</strong>" in look
    assert all_pages() == []
    me.post("/desk/pages", data=words | {"then": "keep"})
    assert visitor.get("/pages/about-us").status_code == 404
    assert footer(visitor.get("/").text) == []
    [page] = all_pages()
    me.post(f"/desk/pages/{page.id}/publication")
    shown = visitor.get("/pages/about-us")
    assert shown.status_code == 200
    assert "<strong>paint</strong>" in shown.text
    assert footer(visitor.get("/gigs").text) == [("/pages/about-us", "About us")]
    me.post(f"/desk/pages/{page.id}/withdrawal")
    assert visitor.get("/pages/about-us").status_code == 404
    assert footer(visitor.get("/gigs").text) == []


def test_pages_for_members_are_neither_shown_nor_named_to_visitors(hall, browser):
    a_page("Where the key is", by=a_leader(), audience="members")
    visitor, member = browser(), browser(a_member())
    assert "/enter" in visitor.get("/pages/where-the-key-is").location
    assert footer(visitor.get("/gigs").text) == []
    assert member.get("/pages/where-the-key-is").status_code == 200
    page = member.get("/gigs").text
    assert footer(page) == [("/pages/where-the-key-is", "Where the key is")]
    assert page.split("menu__sheet")[1].split("</details>")[0].count("/pages/where-the-key-is") == 1


def test_a_closed_hall_shows_visitors_the_pages_for_everybody(app, browser):
    with tenant_context(a_hall("guild", who_may_see="members")):
        a_page(by=a_leader())
        visitor = browser(host="guild.localhost")
        assert visitor.get("/pages/about-us").status_code == 200
        assert footer(visitor.get("/").text) == [("/pages/about-us", "About us")]


def test_an_address_that_was_leads_to_the_page_until_another_takes_it(hall, browser):
    leader = a_leader()
    me, visitor = browser(leader), browser()
    page = a_page(by=leader)
    me.post(f"/desk/pages/{page.id}", data=sent(page, slug="who-we-are"))
    assert visitor.get("/pages/about-us").location == "/pages/who-we-are"
    other = a_page("About us", "Another.", by=leader)
    assert other.slug == "about-us"
    assert "Another." in visitor.get("/pages/about-us").text
    assert a_page("About us", by=leader).slug == "about-us-2"


def test_every_version_is_kept_and_can_be_said_again(hall, browser):
    leader = a_leader()
    me = browser(leader)
    page = a_page(text="First.", by=leader)
    me.post(f"/desk/pages/{page.id}", data=sent(page, text="Second."))
    me.post(f"/desk/pages/{page.id}", data=sent(page, text="Second."))
    assert [one.text for one in versions_of(page)] == ["Second.", "First."]
    assert "First." in me.get(f"/desk/pages/{page.id}/versions/1").text
    me.post(f"/desk/pages/{page.id}/versions/1/return")
    assert [one.text for one in versions_of(page)] == ["First.", "Second.", "First."]
    assert "First." in browser().get("/pages/about-us").text
    assert me.get(f"/desk/pages/{page.id}/versions/9").status_code == 404
    assert "Version 3" in me.get(f"/desk/pages/{page.id}/versions").text


def test_the_second_tab_is_told_and_loses_no_word(hall, browser):
    leader = a_leader()
    me = browser(leader)
    page = a_page(by=leader)
    opened = sent(page)
    me.post(f"/desk/pages/{page.id}", data=opened | {"text": "From the first tab."})
    refused = me.post(f"/desk/pages/{page.id}", data=opened | {"text": "From the second tab."})
    assert refused.status_code == 409
    assert "Somebody saved this page since you opened it" in refused.text
    assert "From the second tab." in refused.text
    assert "From the first tab." in browser().get("/pages/about-us").text
    assert me.post(f"/desk/pages/{page.id}/publication").status_code == 409


def test_pages_stand_in_the_leaders_order(hall, browser):
    leader = a_leader()
    me = browser(leader)
    _, two, three = (a_page(title, by=leader) for title in ("One", "Two", "Three"))
    me.post(f"/desk/pages/{three.id}/position", data={"to": "up"})
    me.post(f"/desk/pages/{three.id}/position", data={"to": "up"})
    me.post(f"/desk/pages/{three.id}/position", data={"to": "up"})
    me.post(f"/desk/pages/{two.id}/position", data={"to": "down"})
    assert [title for _, title in footer(browser().get("/").text)] == ["Three", "One", "Two"]
    assert me.post(f"/desk/pages/{two.id}/position", data={"to": "sideways"}).status_code == 422


def test_removing_asks_and_can_be_undone(hall, browser):
    leader = a_leader()
    me, visitor = browser(leader), browser()
    page = a_page(by=leader)
    assert "You can bring it back" in me.get(f"/desk/pages/{page.id}/removal").text
    assert visitor.get("/pages/about-us").status_code == 200
    me.post(f"/desk/pages/{page.id}/removal")
    assert visitor.get("/pages/about-us").status_code == 404
    assert me.post(f"/desk/pages/{page.id}/publication").status_code == 409
    a_page(by=leader)
    me.post(f"/desk/pages/{page.id}/return")
    assert (page.state, page.slug) == ("draft", "about-us-2")
    assert len(versions_of(page)) == 1


HOSTILE = """
<script>alert(1)</script> <img src=x onerror=alert(1)> <style>body{display:none}</style>

[one](javascript:alert(1)) [two](data:text/html,x) [three](//evil.example "onmouseover=x") ![pixel](https://evil.example/p.gif)

<a href="https://evil.example" onclick="x">four</a> <iframe src="https://evil.example"></iframe> <!-- <b>five</b> -->
"""


def test_hostile_markdown_is_tame_in_preview_page_and_version(hall, browser):
    leader = a_leader()
    me = browser(leader)
    page = a_page("<script>alert(2)</script>", HOSTILE, by=leader, slug="tame")
    pages = (
        browser().get("/pages/tame").text,
        me.get(f"/desk/pages/{page.id}/versions/1").text,
        me.post(f"/desk/pages/{page.id}", data=sent(page, then="look")).text,
    )
    for html in pages:
        shown = html.split("<main")[1].split('class="prose"')[1].split("</div>")[0]
        tags = re.findall(r"<(\w+)([^>]*)>", shown)
        assert {name for name, _ in tags} <= {"p", "a", "br"}
        assert not [has for _, has in tags if re.search(r"\son\w+=|javascript:|data:", has)]
        assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "A page needs a title."),
        ({"slug": "日本"}, "Use letters from a to z"),
        ({"audience": "nobody"}, ""),
        ({"text": "x" * 20_001}, "20,001 characters"),
        ({"title": "x" * 91}, "91 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_in_place(hall, browser, changes, words):
    me = browser(a_leader())
    data = {"edition": 0, "title": "About", "text": "Hello.", "slug": "", "audience": "anyone", "then": "publish"}
    answer = me.post("/desk/pages", data=data | changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert all_pages() == []


def test_titles_in_any_script_make_an_address(hall, browser):
    leader = a_leader()
    assert [a_page(title, by=leader).slug for title in ("私たち", "Über uns!", "כללים")] == [
        "page",
        "ber-uns",
        "page-2",
    ]


def test_there_is_an_end_to_pages(hall, browser):
    leader = a_leader()
    for number in range(MOST_PAGES):
        a_page(f"Page {number}", by=leader, published=False)
    data = {"edition": 0, "title": "More", "text": "", "slug": "", "audience": "anyone", "then": "keep"}
    answer = browser(leader).post("/desk/pages", data=data)
    assert answer.status_code == 409
    assert "More" in answer.text
    assert f"{MOST_PAGES} pages are the most" in answer.text


def test_only_those_who_manage_the_hall_write(hall, browser):
    page = a_page(by=a_leader())
    member = browser(a_member())
    for method, path in (
        ("GET", "/desk/pages"),
        ("GET", "/desk/pages/new"),
        ("POST", "/desk/pages"),
        ("GET", f"/desk/pages/{page.id}"),
        ("POST", f"/desk/pages/{page.id}"),
        ("POST", f"/desk/pages/{page.id}/removal"),
        ("GET", f"/desk/pages/{page.id}/versions/1"),
    ):
        assert member.open(path, method=method).status_code == 403, path


def test_pages_stay_in_their_hall(hall, other_hall, browser):
    page = a_page(by=a_leader())
    page_id = page.id
    db.session.commit()
    with tenant_context(other_hall):
        leader = a_leader("Breda Coughlan")
        me = browser(leader, host="hillside.localhost")
        for method, path in (
            ("GET", "/pages/about-us"),
            ("GET", f"/desk/pages/{page_id}"),
            ("POST", f"/desk/pages/{page_id}"),
            ("POST", f"/desk/pages/{page_id}/removal"),
            ("GET", f"/desk/pages/{page_id}/versions/1"),
        ):
            assert me.open(path, method=method).status_code == 404, path
        assert footer(me.get("/").text) == []
        assert all_pages() == []
        assert db.session.query(Page).count() == 0
        db.session.rollback()


def test_a_hall_without_pages_reads_none_and_one_with_them_once(hall, browser, statements):
    leader, visitor = a_leader(), browser()
    visitor.get("/gigs")
    statements.clear()
    visitor.get("/gigs")
    without = len(statements)
    a_page(by=leader)
    visitor.get("/gigs")
    statements.clear()
    visitor.get("/gigs")
    assert len(statements) == without


def test_what_others_see_moves_the_halls_version_and_a_draft_of_the_front_page_does_not(hall, browser):
    leader = a_leader()
    me = browser(leader)

    def version():
        db.session.expire_all()
        return db.session.get_one(TenantVersions, hall.id).hall

    page = a_page(by=leader)
    me.post("/desk/front/gigs/position", data={"edition": 0, "to": "down"})
    before = version()
    me.post("/desk/front/people/position", data={"edition": 1, "to": "down"})
    me.post("/desk/front/gigs", data={"edition": 2, "title": "On the bench", "text": ""})
    me.get("/desk/front/preview")
    assert version() == before
    for path, data in (
        ("/desk/front/publication", {"edition": 3}),
        (f"/desk/pages/{page.id}", sent(page, text="For everybody.")),
        (f"/desk/pages/{page.id}/position", {"to": "up"}),
        (f"/desk/pages/{page.id}/withdrawal", {}),
        (f"/desk/pages/{page.id}/publication", {}),
        (f"/desk/pages/{page.id}/removal", {}),
    ):
        me.post(path, data=data)
        assert version() > before, path
        before = version()
