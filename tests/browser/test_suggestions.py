"""Suggestions in a marketplace's own pages: its words and places, by keyboard, by a tap, and without scripts."""

import pytest

from tests.browser.measures import barriers
from tests.browser.test_posting import Hall

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hall(site):
    return Hall(site)


@pytest.fixture(scope="module")
def stranger(site):
    return Hall(site)


def test_a_member_is_offered_what_their_own_hall_says_and_nothing_of_another(hall, stranger, person):
    theirs = person()
    stranger.open(theirs, "/profile/skills")
    field = theirs.get_by_role("combobox", name="Skills you have")
    field.fill("Copperplate")
    field.press("Enter")
    theirs.get_by_role("button", name="Save").click()
    theirs.get_by_text("Saved.").wait_for()

    page = person()
    hall.open(page, "/profile/skills")
    field = page.get_by_role("combobox", name="Skills you have")
    field.press_sequentially("si")
    page.get_by_role("option", name="Signage").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("[name=held]").input_value() == "Signage"
    field.press_sequentially("copper")
    page.get_by_role("option", name="Add “copper”").wait_for()
    assert page.get_by_role("option").count() == 1


def test_a_place_is_suggested_on_a_phone_from_the_hall_and_from_the_world(hall, person):
    page = person(width=390)
    hall.open(page, "/profile/whereabouts")
    field = page.get_by_role("combobox", name="Place")
    field.press_sequentially("lee")
    # The time zones of the same page are options as well.
    options = page.get_by_role("listbox", name="Suggestions").first.get_by_role("option")
    options.first.wait_for()
    assert options.first.inner_text().startswith("Leeds")
    assert options.count() == 8
    assert barriers(page) == []
    field.fill("")
    field.press_sequentially("wien")
    page.get_by_role("option", name="Vienna, Austria").click()
    assert field.input_value() == "Vienna, Austria"
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()


def test_without_scripts_both_are_plain_fields(hall, person):
    page = person(script=False)
    hall.open(page, "/profile/skills")
    page.get_by_label("Skills you have").fill("Lettering, Gold leaf")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert page.get_by_text("Gold leaf").is_visible()
