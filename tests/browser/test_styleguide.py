"""The components in a real browser: readable by everybody in every look, at home on a phone, whole without scripts."""

import re

import pytest

from app.styleguide.entries import GROUPS, entries, sample_pages
from tests.browser.measures import COLOURS, barriers, beside_the_screen, too_small, wear
from themes.presets import PRESETS
from themes.stylesheet import stylesheet
from themes.theme import theme

pytestmark = pytest.mark.browser

PAGES = [f"pages/{name}" for name in sample_pages()]
# The guide's own pages, and a whole page with its masthead.
OWN = ["", "components/money", "beside/components/button/bare", "letters/application.apply", "states"]
WIDTHS = (390, 1280)


@pytest.fixture
def guide(site):
    return lambda place: site.url(path=f"/styleguide/{place}")


@pytest.mark.parametrize("group", GROUPS)
def test_every_component_is_for_everybody_in_every_look(guide, person, group):
    page, wrong = person(), []
    for entry in entries(group):
        page.goto(guide(f"components/{entry.name}/bare"))
        found = [f"too small for a thumb: {one}" for one in too_small(page)]
        found += [f"beside the screen: {one}" for one in beside_the_screen(page)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += barriers(page)
        found += _colours_of_every_look(page)
        wrong += [f"{entry.name}: {one}" for one in found]
    assert not wrong, "\n".join(["", *wrong])


def _colours_of_every_look(page):
    """Return what cannot be read in a preset by day or by night, on a phone and at a desk in turn."""
    wrong = []
    for turn, (preset, made) in enumerate(PRESETS.items()):
        wear(page, stylesheet(theme(preset, made.brand_colour)))
        for scheme, width in zip(("light", "dark"), WIDTHS if turn % 2 else WIDTHS[::-1], strict=True):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("scheme => document.documentElement.dataset.scheme = scheme", scheme)
            wrong += [f"{preset} {scheme} at {width}: {one}" for one in barriers(page, COLOURS)]
    return wrong


def test_whole_pages_and_the_guide_itself_are_for_everybody(guide, person):
    page, wrong = person(width=390), []
    for place in [*OWN, *PAGES]:
        page.goto(guide(place))
        found = [*barriers(page), *beside_the_screen(page)]
        if place in PAGES:
            found += too_small(page)
            found += _colours_of_every_look(page)
        wrong += [f"{place}: {one}" for one in found]
    assert not wrong, "\n".join(["", *wrong])


def test_an_e_mail_can_be_read_in_every_look_by_day_and_by_night_on_the_narrowest_phone(guide, person):
    page, wrong = person(width=320), []
    for preset in PRESETS:
        page.goto(guide(f"letters/agreement.counter/html?preset={preset}"))
        wrong += beside_the_screen(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{preset} {scheme}: {one}" for one in barriers(page, COLOURS)]
    assert wrong == []


def test_a_question_is_a_dialog_that_keeps_things_by_default(guide, person):
    page = person()
    page.goto(guide("components/post-button"))
    page.locator("details[data-attached] summary", has_text="Withdraw").click()
    dialog = page.get_by_role("dialog", name="Withdraw?")
    assert "Orla will be told" in dialog.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Stay in"
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_without_scripts_a_question_unfolds(guide, person):
    page = person(script=False)
    page.goto(guide("components/post-button"))
    page.locator("summary", has_text="Withdraw").click()
    assert page.locator(".confirm", has_text="Orla will be told").is_visible()
    assert page.locator(".confirm form button", has_text="Withdraw").is_visible()


def test_a_menu_opens_walks_and_closes_by_keyboard(guide, person):
    page = person()
    page.goto(guide("components/menu"))
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
    page.goto(guide("components/skill-picker"))
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
    page.goto(guide("components/skill-picker"))
    assert page.locator("textarea[name=empty-skills]").is_visible()


def test_a_writer_is_told_what_is_left(guide, person):
    page = person()
    page.goto(guide("components/paragraphs"))
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


def test_suggestions_are_walked_and_taken_by_keyboard(guide, person):
    page = person()
    page.goto(guide("components/place-picker"))
    field = page.get_by_role("combobox", name="Place").first
    field.focus()
    field.press_sequentially("ha")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert options.all_inner_texts() == ["Halifax"]
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    assert barriers(page) == []
    page.keyboard.press("Enter")
    assert field.input_value() == "Halifax"
    assert field.get_attribute("aria-expanded") == "false"
    # Escape puts the list away and leaves what was typed; so does going on.
    for key in ("Escape", "Tab"):
        field.fill("le")
        options.first.wait_for()
        page.keyboard.press(key)
        assert options.count() == 0
        assert field.input_value() == "le"


def test_a_word_that_is_not_suggested_can_be_added_by_a_tap(guide, person):
    page = person(width=390)
    page.goto(guide("components/skill-picker"))
    field = page.get_by_role("combobox", name="Skills needed").first
    field.fill("let")
    page.get_by_role("option", name="Hand lettering").click()
    field.press_sequentially("gold leaf")
    page.get_by_role("option", name="Add “gold leaf”").click()
    field.press_sequentially("half typed")
    field.blur()
    assert page.locator("[name=empty-skills]").input_value() == "Hand lettering, gold leaf, half typed"
    field.focus()
    page.keyboard.press("Backspace")
    assert page.locator("[name=empty-skills]").input_value() == "Hand lettering, gold leaf"


def test_files_are_shown_taken_out_and_told_when_they_are_too_large(guide, person):
    page = person()
    page.goto(guide("components/file-drop"))
    files = page.get_by_label("Files").first
    page.wait_for_selector(".drop[data-ready]")
    files.set_input_files({"name": "terms.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2000})
    files.set_input_files({"name": "wall.bin", "mimeType": "application/octet-stream", "buffer": b"x" * 10_400_000})
    rows = page.locator(".drop__files li")
    assert re.sub(r"\s+", " ", rows.first.inner_text()).startswith("terms.pdf 2 KB")
    assert "10.4 MB, and 10 MB fit" in rows.nth(1).inner_text()
    page.get_by_role("button", name="Take wall.bin out").click()
    assert files.evaluate("one => [...one.files].map((file) => file.name)") == ["terms.pdf"]


def test_a_dialog_holds_the_focus_and_gives_it_back(guide, person):
    page = person()
    page.goto(guide("components/dialog"))
    page.locator("details[data-attached] summary", has_text="Invite somebody").click()
    dialog = page.get_by_role("dialog", name="Invite somebody")
    assert page.evaluate("document.activeElement.type") == "email"
    box = dialog.bounding_box()
    assert abs(box["x"] + box["width"] / 2 - 640) < 10
    assert abs(box["y"] + box["height"] / 2 - 450) < 10
    assert barriers(page) == []
    dialog.get_by_role("button", name="Close").click()
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.textContent").strip() == "Invite somebody"
