"""The components in a real browser: readable by everybody in every look, at home on a phone, whole without scripts."""

from itertools import product

import pytest

from app.styleguide.entries import GROUPS, sample_pages
from tests.browser.measures import TOO_SMALL, barriers
from themes.presets import PRESETS

pytestmark = pytest.mark.browser

EVERYTHING = [*GROUPS, *(f"pages/{name}" for name in sample_pages())]
# What shows most of a look: every field, every state of work, and a whole page with its masthead.
TELLING = ["forms", "work", "gigs", "pages/10-listing"]


@pytest.fixture
def guide(site):
    return lambda place, **more: site.url(path=f"/styleguide/{place}?{'&'.join(f'{k}={v}' for k, v in more.items())}")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_keeps_anybody_out(guide, person, dark):
    page = person(width=390, dark=dark)
    wrong = {}
    for place in EVERYTHING:
        page.goto(guide(place))
        wrong[place] = barriers(page)
    assert {place: found for place, found in wrong.items() if found} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("preset", PRESETS)
def test_every_look_can_be_read(guide, person, preset, dark):
    page = person(dark=dark)
    wrong = {}
    for place in TELLING:
        page.goto(guide(place, preset=preset))
        wrong[place] = barriers(page)
    assert {place: found for place, found in wrong.items() if found} == {}


def test_nothing_scrolls_sideways_on_the_narrowest_phone(guide, person):
    page = person(width=320)
    too_wide = []
    for preset, place in [*(("atelier", place) for place in EVERYTHING), *product(PRESETS, TELLING)]:
        page.goto(guide(place, preset=preset))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            too_wide.append((preset, place))
    assert too_wide == []


def test_everything_is_large_enough_for_a_thumb(guide, person):
    page = person(width=390)
    small = {}
    for place in EVERYTHING:
        page.goto(guide(place))
        small[place] = page.evaluate(TOO_SMALL)
    assert {place: found for place, found in small.items() if found} == {}


def test_a_question_is_a_dialog_that_keeps_things_by_default(guide, person):
    page = person()
    page.goto(guide("forms"))
    page.locator("details[data-attached] summary", has_text="Withdraw").click()
    dialog = page.get_by_role("dialog", name="Withdraw?")
    assert "Orla will be told" in dialog.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Stay in"
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_without_scripts_a_question_unfolds(guide, person):
    page = person(script=False)
    page.goto(guide("forms"))
    page.locator("summary", has_text="Withdraw").click()
    assert page.locator(".confirm", has_text="Orla will be told").is_visible()
    assert page.locator(".confirm form button", has_text="Withdraw").is_visible()


def test_a_menu_opens_walks_and_closes_by_keyboard(guide, person):
    page = person()
    page.goto(guide("overlay"))
    page.wait_for_selector(".menu[data-attached]")
    menu = page.locator(".menu", has_text="More").first
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent").strip() == "Edit"
    page.keyboard.press("Escape")
    assert not menu.evaluate("one => one.open")
    assert page.evaluate("document.activeElement.textContent").strip() == "More"


def test_a_menu_closes_by_a_click_elsewhere(guide, person):
    for width in (390, 1280):
        page = person(width=width)
        page.goto(guide("pages/20-gig"))
        page.wait_for_selector(".page-head .menu[data-attached]")
        menu = page.locator(".page-head .menu")
        menu.locator("summary").click()
        assert menu.get_by_text("Duplicate").is_visible()
        page.mouse.click(5, 300)
        assert not menu.evaluate("one => one.open")


def test_tags_are_picked_one_by_one_and_sent_as_words(guide, person):
    page = person()
    page.goto(guide("forms"))
    page.wait_for_selector("#empty-skills-sent", state="attached")
    field = page.get_by_label("Skills needed").first
    for word in ("Lettering", "Gold leaf", "lettering"):
        field.fill(word)
        field.press("Enter")
    sent = page.locator("[name=empty-skills]")
    assert sent.input_value() == "Lettering, Gold leaf"
    page.get_by_role("button", name="Remove Lettering").first.click()
    assert sent.input_value() == "Gold leaf"


def test_without_scripts_tags_are_a_plain_field(guide, person):
    page = person(script=False)
    page.goto(guide("forms"))
    assert page.locator("textarea[name=empty-skills]").is_visible()


def test_a_writer_is_told_what_is_left(guide, person):
    page = person()
    page.goto(guide("forms"))
    page.wait_for_selector("#empty-description-count span")
    page.get_by_label("Description").first.fill("a" * 4010)
    assert page.locator("#empty-description-count span").first.inner_text() == "10 too many"


def test_the_summary_of_problems_takes_the_focus_and_leads_to_the_field(guide, person):
    for script in (True, False):
        page = person(script=script)
        page.goto(guide("pages/30-form"))
        page.get_by_role("alert").get_by_text("Please fill this in.").click()
        page.keyboard.type("A sign")
        assert page.locator("#wrong-title").input_value() == "A sign"
