"""The components in a real browser, in every state: readable by everybody in every look, and at home on a phone."""

import pytest

from app.styleguide.entries import GROUPS, entries, sample_pages
from tests.browser.measures import COLOURS, barriers, beside_the_screen, everything_is_brought_about, too_small, wear
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
        everything_is_brought_about(page)
        found = [f"too small for a thumb: {one}" for one in too_small(page)]
        found += [f"beside the screen: {one}" for one in beside_the_screen(page)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += barriers(page)
        found += _colours_of_every_look(page)
        wrong += [f"{entry.name}: {one}" for one in found]
    assert not wrong, "\n".join(["", *wrong])


def test_what_somebodys_hand_brings_about_is_shown_and_stays(guide, person):
    page = person()
    for name, shown in {
        "menu": ".menu[open] .menu__sheet a",
        "dialog": ".dialog[open] .input",
        "post-button": ".dialog[open] .button--danger",
        "skill-picker": ".options [aria-selected=true]",
        "place-picker": ".options [aria-selected=true]",
        "file-drop": ".drop__files [data-wrong]",
        "toast": ".toast",
        "paragraphs": ".field__count[data-over]",
        "masthead": ".menu--account[open] a",
    }.items():
        page.goto(guide(f"components/{name}"))
        everything_is_brought_about(page)
        page.mouse.click(3, 300)
        page.keyboard.press("Escape")
        assert page.locator(f"[data-done] {shown}").first.is_visible(), name
    page.goto(guide("components/button"))
    everything_is_brought_about(page)
    looks = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).outlineStyle]"
    rest, pointed, reached = (
        page.locator(f".guide__shown .button--primary{which}").first.evaluate(looks)
        for which in (":not([data-as])", "[data-as=hover]", "[data-as=focus]")
    )
    assert pointed[0] != rest[0]
    assert (rest[1], reached[1]) == ("none", "solid")


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
