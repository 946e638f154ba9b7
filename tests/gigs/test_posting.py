"""Posting in steps: nothing typed is lost, no step is a trap, and one page makes one draft."""

import re

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.gigs.models import Gig
from tenants.models import Tenant
from tests.factories import a_category, a_gig, a_leader, a_member, a_published_gig

WHAT = {
    "direction": "request",
    "kind": "gig",
    "title": "Redraw our sign",
    "summary": "One word, hand-painted.",
}
DETAILS = {
    "description": "We have **a wall**.",
    "skills_needed": "Lettering, Signage",
    "skills_gained": "",
    "level": "",
    "seats": "2",
    "questions": "Have you painted on plaster?\n\n When could you begin?",
}
TERMS = {
    "settlement": "money",
    "pay_kind": "hourly",
    "currency": "GBP",
    "pay_min": "32",
    "pay_max": "40",
    "effort_minutes": "30",
    "effort_span": "total",
    "starts_on": "",
    "ends_on": "",
    "due_on": "",
    "place": "Leeds",
    "audience": "hall",
}


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def mayas(maya, browser):
    return browser(maya)


@pytest.fixture
def category(hall):
    return a_category("Print")


@pytest.fixture
def what(category):
    return WHAT | {"category_id": str(category.id), "draft": str(new_id())}


def the_gig() -> Gig:
    return db.session.scalars(select(Gig)).one()


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Gig))


def test_four_steps_make_a_live_gig(mayas, what, category):
    page = mayas.post("/gigs", data=what)
    for step, answers in (("details", DETAILS), ("terms", TERMS)):
        assert page.location.endswith(f"/steps/{step}")
        assert mayas.get(page.location).status_code == 200
        page = mayas.post(page.location, data=answers)
    assert page.location.endswith("/preview")
    assert "<strong>a wall</strong>" in mayas.get(page.location).get_data(as_text=True)

    mayas.post(f"/gigs/{the_gig().id}/publication")

    gig = the_gig()
    assert gig.is_open
    assert (gig.title, gig.category_id, gig.seats) == ("Redraw our sign", category.id, 2)
    assert gig.skills("needed") == ["Lettering", "Signage"]
    assert gig.questions == ["Have you painted on plaster?", "When could you begin?"]
    assert (gig.pay_kind, gig.pay_min, gig.pay_max, gig.currency) == ("hourly", 3200, 4000, "GBP")
    assert (gig.effort_minutes, gig.effort_span, gig.remote, gig.place) == (1800, "total", False, "Leeds")


def test_a_page_sent_twice_makes_one_draft(mayas, what):
    mayas.post("/gigs", data=what)
    mayas.post("/gigs", data=what | {"title": "Redraw our old sign"})

    assert count() == 1
    assert the_gig().title == "Redraw our old sign"


def test_coming_back_to_a_new_page_comes_back_to_what_was_begun_there(mayas, what):
    address = mayas.get("/gigs/new").location
    draft = address.rpartition("=")[2]
    assert f'value="{draft}"' in mayas.get(address).get_data(as_text=True)

    mayas.post("/gigs", data=what | {"draft": draft})

    assert mayas.get(address).location == f"/gigs/{draft}/steps/what"


def test_a_new_page_begins_with_what_its_link_says_and_ignores_nonsense(mayas, category):
    asked = f"direction=offer&category_id={category.id}"
    html = mayas.get(f"/gigs/new?{asked}", follow_redirects=True).get_data(as_text=True)
    assert f'<option selected value="{category.id}">' in html

    nonsense = "direction=sideways&category_id=%00zz&draft=..%2F"
    assert mayas.get(f"/gigs/new?{nonsense}", follow_redirects=True).status_code == 200


def test_what_is_typed_into_a_new_page_is_kept_at_once_under_an_address_of_its_own(mayas, what):
    kept = mayas.post("/gigs/autosave", data={"draft": what["draft"], "title": "Red"}).json

    assert count() == 1
    assert kept["page"] == f"/gigs/{the_gig().id}/steps/what"
    mayas.post(kept["url"], data={"title": "Redraw"})
    assert 'value="Redraw"' in mayas.get(kept["page"]).get_data(as_text=True)
    assert mayas.post(kept["action"], data=what).location.endswith("/steps/details")
    assert count() == 1


def test_what_cannot_be_read_yet_is_shown_again_as_it_was_typed(mayas, maya):
    gig = a_gig(by=maya)
    path = f"/gigs/{gig.id}/steps/terms"

    mayas.post(f"{path}/autosave", data=TERMS | {"pay_min": "about forty", "ends_on": "soon"})

    html = mayas.get(path).get_data(as_text=True)
    assert 'value="about forty"' in html
    assert 'value="soon"' in html
    assert "“about forty” is not an amount" in html
    assert (gig.pay_min, gig.place) == (None, "Leeds")


def test_what_was_typed_for_another_settlement_comes_back_with_it(mayas, maya):
    gig = a_gig(by=maya)
    path = f"/gigs/{gig.id}/steps/terms"

    mayas.post(path, data=TERMS | {"settlement": "favour", "favour": "A cake"})

    assert (gig.settlement, gig.favour, gig.pay_min) == ("favour", "A cake", None)
    assert 'value="32"' in mayas.get(path).get_data(as_text=True)


def test_going_back_keeps_what_was_typed_finished_or_not(mayas, maya):
    gig = a_gig(by=maya)

    page = mayas.post(f"/gigs/{gig.id}/steps/details", data={"description": "Half a sen", "seats": "", "go": "back"})

    assert page.location.endswith("/steps/what")
    assert gig.description == "Half a sen"


def test_a_step_that_is_not_fine_says_so_and_keeps_what_was_typed(mayas, maya):
    gig = a_gig(by=maya)

    page = mayas.post(f"/gigs/{gig.id}/steps/details", data=DETAILS | {"seats": "none", "description": "Kept words"})

    assert page.status_code == 422
    assert "Kept words" in page.get_data(as_text=True)
    assert "is not a whole number" in page.get_data(as_text=True)


def test_a_gig_is_not_posted_before_every_step_is_done(mayas, what):
    mayas.post("/gigs", data=what)
    path = f"/gigs/{the_gig().id}"

    assert "still missing" in mayas.get(f"{path}/preview").get_data(as_text=True)
    assert mayas.post(f"{path}/publication").status_code == 422
    assert the_gig().state == "draft"


def test_a_draft_that_came_with_a_list_is_done_where_its_words_say_all(mayas, maya):
    gig = a_gig(by=maya, summary="")
    page = mayas.get(f"/gigs/{gig.id}/preview").get_data(as_text=True)
    assert re.findall(r"steps/(\w+)", page.split("still missing")[1].split("</section>")[0]) == ["what"]
    mayas.post(f"/gigs/{gig.id}/steps/what", data=WHAT | {"category_id": str(gig.category_id)})
    # What nobody had to touch is done still.
    page = mayas.get(f"/gigs/{gig.id}/preview").get_data(as_text=True)
    assert "still missing" not in page
    assert mayas.post(f"/gigs/{gig.id}/publication").status_code == 302
    assert gig.is_open


def test_a_step_that_is_broken_later_is_missing_again(mayas, maya):
    gig = a_gig(by=maya, drafting={"done": ["what", "details", "terms"]})

    mayas.post(f"/gigs/{gig.id}/steps/what/autosave", data={"title": ""})

    assert mayas.post(f"/gigs/{gig.id}/publication").status_code == 422


def test_back_from_a_live_gig_leads_to_its_page(mayas, maya):
    gig = a_published_gig(by=maya)

    assert mayas.get(f"/gigs/{gig.id}/steps/what").location == f"/gigs/{gig.id}"
    assert mayas.post(f"/gigs/{gig.id}/steps/what", data=WHAT).status_code == 409
    assert mayas.post(f"/gigs/{gig.id}/steps/what/autosave", data=WHAT).status_code == 409
    assert gig.title != WHAT["title"]


def test_a_draft_is_found_again_and_can_be_thrown_away(mayas, maya):
    gig = a_gig(by=maya, title="Half a thought")
    assert "Half a thought" in mayas.get("/gigs/mine").get_data(as_text=True)

    mayas.post(f"/gigs/{gig.id}/disposal")

    assert gig.state == "removed"
    assert "Half a thought" not in mayas.get("/gigs/mine").get_data(as_text=True)


def test_where_gigs_are_reviewed_posting_sends_it_to_the_leaders(hall, mayas, maya):
    db.session.get_one(Tenant, hall.id).who_may_post = "reviewed"
    gig = a_gig(by=maya, drafting={"done": ["what", "details", "terms"]})
    assert "Send for review" in mayas.get(f"/gigs/{gig.id}/preview").get_data(as_text=True)

    mayas.post(f"/gigs/{gig.id}/publication")

    assert gig.state == "in_review"


def test_where_only_leaders_post_a_member_cannot(hall, mayas, maya, browser):
    db.session.get_one(Tenant, hall.id).who_may_post = "leaders"
    gig = a_gig(by=maya, drafting={"done": ["what", "details", "terms"]})

    assert mayas.get("/gigs/new").status_code == 403
    assert mayas.post(f"/gigs/{gig.id}/publication").status_code == 403
    assert browser(a_leader()).get("/gigs/new").status_code == 302


def test_where_only_leaders_post_nothing_invites_a_member_to(hall, mayas, browser):
    db.session.get_one(Tenant, hall.id).who_may_post = "leaders"
    pages, leaders = ("/", "/gigs", "/gigs/mine", "/work", "/categories/lettering", "/people"), browser(a_leader())
    inviting = [page for page in pages if 'href="/gigs/new' in mayas.get(page).get_data(as_text=True)]
    assert inviting == []
    invited = [page for page in pages if 'href="/gigs/new' in leaders.get(page).get_data(as_text=True)]
    assert invited == list(pages)


def test_a_copy_of_a_gig_opens_as_a_draft(mayas, maya):
    gig = a_published_gig(by=maya, title="Paint a sign")

    page = mayas.post(f"/gigs/{gig.id}/copies")

    assert page.location.endswith("/steps/what")
    assert gig.title in mayas.get(page.location).get_data(as_text=True)
    assert count() == 2


def test_a_live_gig_is_edited_on_one_page(mayas, maya, category):
    gig = a_published_gig(by=maya, title="Paint a sign")
    path = f"/gigs/{gig.id}/edit"
    assert gig.title in mayas.get(path).get_data(as_text=True)

    page = mayas.post(path, data=WHAT | DETAILS | TERMS | {"category_id": str(category.id)})

    assert page.location == f"/gigs/{gig.id}"
    assert (gig.title, gig.pay_max, gig.seats) == ("Redraw our sign", 4000, 2)


def test_fewer_places_than_are_taken_is_said_at_the_field(mayas, maya, category):
    gig = a_published_gig(by=maya, seats=3)
    gig.take_seat(by=maya)
    gig.take_seat(by=maya)

    page = mayas.post(
        f"/gigs/{gig.id}/edit", data=WHAT | DETAILS | TERMS | {"category_id": str(category.id), "seats": "1"}
    )

    assert page.status_code == 422
    assert "More people than that already have a place." in page.get_data(as_text=True)


def test_somebody_elses_draft_id_makes_nothing(mayas, what):
    gig = a_gig(by=a_member("Sam Hill"))

    assert mayas.post("/gigs", data=what | {"draft": str(gig.id)}).status_code == 404
    assert mayas.post("/gigs/autosave", data=what | {"draft": str(gig.id)}).status_code == 404


@pytest.mark.parametrize("draft", ["", "x", "0" * 10_000, "../..", "\0"])
def test_a_page_that_lost_its_draft_id_begins_another(mayas, what, draft):
    assert mayas.post("/gigs", data=what | {"draft": draft}).status_code == 302
    assert count() == 1


HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE gigs; --",
    "a\0b",
    "\u202egnp.exe",
    "-1",
    "9" * 400,
    "1e309",
    "\ud800",
    "x" * 60_000,
    "%00",
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(("step", "answers"), [("what", WHAT), ("details", DETAILS), ("terms", TERMS)])
def test_hostile_words_never_break_a_step(mayas, maya, step, answers, value):
    gig = a_gig(by=maya)
    typed = dict.fromkeys(answers, value.encode("utf-8", "surrogatepass"))

    refused = mayas.post(f"/gigs/{gig.id}/steps/{step}", data=typed)
    kept = mayas.post(f"/gigs/{gig.id}/steps/{step}/autosave", data=typed)
    shown = mayas.get(f"/gigs/{gig.id}/steps/{step}")

    assert (refused.status_code, kept.status_code, shown.status_code) == (422, 200, 200)
    assert "<script>alert" not in refused.get_data(as_text=True) + shown.get_data(as_text=True)


@pytest.mark.parametrize("name", ["settlement", "pay_min", "effort_minutes", "place", "due_on"])
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_one_hostile_word_among_good_ones_never_breaks_the_terms(mayas, maya, name, value):
    gig = a_gig(by=maya)
    typed = TERMS | {name: value.encode("utf-8", "surrogatepass")}

    assert mayas.post(f"/gigs/{gig.id}/steps/terms/autosave", data=typed).status_code == 200
    assert mayas.post(f"/gigs/{gig.id}/steps/terms", data=typed).status_code in (302, 422)


def test_dates_that_are_over_are_refused(mayas, maya):
    gig = a_gig(by=maya)
    yesterday = clock.today("UTC").replace(year=2020).isoformat()

    page = mayas.post(f"/gigs/{gig.id}/steps/terms", data=TERMS | {"due_on": yesterday})

    assert page.status_code == 422
    assert "This cannot be before" in page.get_data(as_text=True)
