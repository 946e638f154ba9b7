"""In Chromium, under the content policy of our pages: drawings wear the theme, and the scheme can be chosen."""

import pytest

from themes.drawing import crest, emblem, pattern
from themes.palette import palette
from themes.presets import PRESETS
from themes.stylesheet import stylesheet, stylesheet_url
from themes.theme import theme

pytestmark = pytest.mark.browser

HOST = "http://hall.localhost"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:"
BODY = "body { background: var(--paper); color: var(--ink) }"


def shown(page, preset, *, scheme=None):
    """Open a page in a preset with one drawing of each sort, served as a hall would."""
    chosen = theme(preset, PRESETS[preset].brand_colour)
    address = stylesheet_url(chosen.preset, chosen.brand_colour)
    drawings = crest("Letterform") + emblem("lettering") + pattern("Letterform", chosen.choices.pattern)
    html = (
        f"<!doctype html><html{f' data-scheme={scheme}' if scheme else ''}><title>Hall</title><link rel=icon href=data:,>"
        f'<link rel="stylesheet" href="{address}"><link rel="stylesheet" href="/body.css">{drawings}'
    )
    answers = {address: ("text/css", stylesheet(chosen)), "/body.css": ("text/css", BODY), "/": ("text/html", html)}

    def answer(route):
        kind, body = answers[route.request.url.removeprefix(HOST)]
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": POLICY}
        route.fulfill(status=200, headers=headers, body=body)

    page.route(f"{HOST}/**", answer)
    page.goto(f"{HOST}/")
    return page


def computed(page, selector, name):
    script = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
    return page.evaluate(script, [selector, name])


def rgb(colour):
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:], 16)})"


@pytest.mark.parametrize("preset", PRESETS)
def test_drawings_take_their_colours_from_the_theme(person, preset):
    page = shown(person(), preset)
    assert computed(page, ".crest path", "fill") == rgb(PRESETS[preset].brand_colour)
    assert computed(page, ".emblem path:last-child", "stroke") == computed(page, "body", "color")
    assert page.locator(".pattern").bounding_box()["width"] > 300


@pytest.mark.parametrize("dark", [False, True])
def test_a_hall_follows_the_readers_system(person, dark):
    colours = palette(PRESETS["atelier"].brand_colour, PRESETS["atelier"].surfaces)
    page = shown(person(dark=dark), "atelier")
    assert computed(page, "body", "backgroundColor") == rgb((colours.dark if dark else colours.light)["paper"])


def test_a_reader_may_choose_the_scheme(person):
    colours = palette(PRESETS["atelier"].brand_colour, PRESETS["atelier"].surfaces)
    page = shown(person(dark=False), "atelier", scheme="dark")
    assert computed(page, "body", "backgroundColor") == rgb(colours.dark["paper"])


def test_the_night_market_opens_dark(person):
    night = PRESETS["nightmarket"]
    colours = palette(night.brand_colour, night.surfaces)
    assert computed(shown(person(), "nightmarket"), "body", "backgroundColor") == rgb(colours.dark["paper"])
    light = shown(person(), "nightmarket", scheme="light")
    assert computed(light, "body", "backgroundColor") == rgb(colours.light["paper"])
