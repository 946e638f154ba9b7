"""The components at work in a real browser: by pointer, by keyboard, and without scripts."""

import re

import pytest

from tests.browser.measures import barriers, everything_is_brought_about

pytestmark = pytest.mark.browser


@pytest.fixture
def guide(site):
    return lambda place: site.url(path=f"/styleguide/{place}")


def at_rest(page):
    """Return the first state of a component, where nobody's hand did anything, once those that follow stand still."""
    everything_is_brought_about(page)
    return page.locator(".guide").filter(has_not=page.locator("[data-done]"))


def test_a_question_is_a_dialog_that_keeps_things_by_default(guide, person):
    page = person()
    page.goto(guide("components/post-button"))
    at_rest(page).locator("details[data-attached] summary", has_text="Withdraw").click()
    dialog = page.locator("dialog:modal")
    assert "Orla will be told" in dialog.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Stay in"
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_without_scripts_a_question_unfolds(guide, person):
    page = person(script=False)
    page.goto(guide("components/post-button"))
    unfolded = page.locator(".confirm", has_text="Orla will be told").first
    unfolded.locator("summary").click()
    assert unfolded.get_by_text("Orla will be told").is_visible()
    assert unfolded.locator("form button", has_text="Withdraw").is_visible()


def test_a_menu_opens_walks_and_closes_by_keyboard(guide, person):
    page = person()
    page.goto(guide("components/menu"))
    page.wait_for_selector(".menu[data-attached]")
    menu = at_rest(page).locator(".menu", has_text="More").first
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
    everything_is_brought_about(page)
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
    everything_is_brought_about(page)
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
    field = at_rest(page).get_by_role("combobox", name="Place").first
    field.focus()
    field.press_sequentially("ha")
    options = at_rest(page).get_by_role("option")
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
    field = at_rest(page).get_by_role("combobox", name="Skills needed").first
    field.fill("let")
    at_rest(page).get_by_role("option", name="Hand lettering").click()
    field.press_sequentially("gold leaf")
    at_rest(page).get_by_role("option", name="Add “gold leaf”").click()
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
    everything_is_brought_about(page)
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
    at_rest(page).locator("details[data-attached] summary", has_text="Invite somebody").click()
    dialog = page.locator("dialog:modal")
    assert page.evaluate("document.activeElement.type") == "email"
    box = dialog.bounding_box()
    assert abs(box["x"] + box["width"] / 2 - 640) < 10
    assert abs(box["y"] + box["height"] / 2 - 450) < 10
    assert barriers(page) == []
    dialog.get_by_role("button", name="Close").click()
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.textContent").strip() == "Invite somebody"
