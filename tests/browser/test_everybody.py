"""Every main page in Chromium: no known barrier in any preset, by day and by night, on a phone and at a desk; large enough for a
thumb; and nothing beside the narrowest screen. The demo's pages, with all that thirty people did there.
"""

from urllib.parse import urlsplit

import pytest

from tests.browser.demo import tour
from tests.browser.measures import (
    barriers_by_day_and_night,
    barriers_in_every_look,
    beside_the_screen,
    too_small,
    wear,
)
from tests.browser.operators import lets_in_an_operator
from themes.presets import PRESETS
from themes.stylesheet import stylesheet
from themes.theme import theme

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What shows most of a look: its sizes of type and its spaces, where the screen is narrow.
TELLING = ("/", "/gigs", "/people", "/work", "/gigs/new", "/notifications", "/settings/notifications", "/no-such-page")


@pytest.fixture(scope="module")
def stops(demo):
    return tour(demo)


@pytest.fixture(scope="module")
def looked():
    """What was looked at in every preset, so that a masthead is measured once."""
    return set()


@pytest.fixture
def visit(person, demo):
    """Opens a page as somebody, each in a browser of their own."""
    pages = {}

    def go(who, path):
        if who not in pages:
            pages[who] = person()
            if who is not None:
                demo.lets_in(pages[who], who)
        pages[who].goto(path if "://" in path else demo.url(path))
        return pages[who]

    return go


def wrong_with(page, looked):
    """Return everything that is wrong with a page as it stands in its browser."""
    found = barriers_by_day_and_night(page)
    found += [f"too small for a thumb: {one}" for one in too_small(page)]
    found += [f"beside the screen: {one}" for one in beside_the_screen(page)]
    return found + barriers_in_every_look(page, looked)


def told(wrong):
    """Return what is wrong, a line for each, under the place where it is."""
    return "".join(f"\n{place}\n  " + "\n  ".join(found) for place, found in wrong.items() if found)


@pytest.mark.parametrize(
    "group", ["visitors", "members", "work", "desk", "pages", "questions", "beginnings", "turns", "errors"]
)
def test_nothing_keeps_anybody_out(visit, stops, looked, group):
    wrong = {}
    for who, path in stops[group]:
        page = visit(who, path)
        # Nobody is sent elsewhere: the page measured is the page meant.
        assert urlsplit(page.url).path == urlsplit(path).path, f"{path} led to {page.url}"
        wrong[path] = [*wrong.get(path, []), *wrong_with(page, looked)]
    assert not told(wrong), told(wrong)


def test_nothing_keeps_anybody_out_at_the_doors(visit, person, demo, looked):
    wrong = {}
    for path in (
        demo.site.url(),
        demo.site.url(path="/open/"),
        demo.site.url(path="/open/name"),
        demo.site.url(path="/no-such-page"),
        demo.url("/enter?onward=/"),
        demo.site.url("id", "/sign-up"),
        demo.site.url("id", "/password/forgotten"),
        demo.site.url("id", "/no-such-page"),
        demo.site.url("nobody-at-all"),
        demo.url("/", "hillside"),
        demo.url("/", "northwind"),
        demo.url(demo.invitation()),
    ):
        wrong[path] = wrong_with(visit(None, path), looked)
    stranger = person()
    demo.lets_in_a_stranger(stranger)
    for path in ("/join", demo.invitation()):
        stranger.goto(demo.url(path))
        stranger.locator("main [name=name]").wait_for()
        wrong[f"a stranger at {path}"] = wrong_with(stranger, looked)
    assert not told(wrong), told(wrong)


def test_nothing_keeps_operators_out(person, demo, looked):
    operator, wrong = person(), {}
    lets_in_an_operator(demo, operator)
    for part in ("", "?state=failed", "?q=nothing", "/operations", "/differences", "/accounts", "/log"):
        operator.goto(demo.site.url(path=f"/operator/money{part}"))
        operator.get_by_role("heading", level=1, name="Money of this installation").wait_for()
        wrong[part] = wrong_with(operator, looked)
    assert not told(wrong), told(wrong)


@pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("ar", "rtl")])
def test_nothing_keeps_anybody_out_in_another_language(visit, person, demo, looked, language, direction):
    reader, wrong = demo.reader(language), {}
    platform = person(language=language)
    platform.goto(demo.site.url())
    wrong["the platform"] = wrong_with(platform, looked)
    for path in ("/", "/gigs", "/profile/words", "/work"):
        page = visit(reader, path)
        written = page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]")
        assert written == [language, direction], path
        wrong[path] = wrong_with(page, looked)
    assert not told(wrong), told(wrong)


@pytest.mark.parametrize("path", TELLING)
def test_every_look_fits_the_narrowest_screen(visit, demo, path):
    page = visit(demo.member("member@example.com"), path)
    wrong = {}
    for name, preset in PRESETS.items():
        wear(page, stylesheet(theme(name, preset.brand_colour)))
        wrong[name] = beside_the_screen(page) + [f"too small for a thumb: {one}" for one in too_small(page)]
    assert not told(wrong), told(wrong)
