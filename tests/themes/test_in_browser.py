"""In Chromium, under the content policy of our pages: drawings wear the theme, and the scheme can be chosen."""

import io

import pytest
from PIL import Image

from app.core.assets import BUNDLE, Assets
from app.core.config import ROOT
from themes.drawing import crest, emblem, pattern
from themes.oklch import contrast
from themes.palette import palette
from themes.presets import PRESETS
from themes.stylesheet import stylesheet, stylesheet_url
from themes.theme import theme

pytestmark = pytest.mark.browser

HOST = "http://hall.localhost"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:"
BODY = "body { background: var(--paper); color: var(--ink) }"


# Full blocks are all ink: what a letter's middle is, without its soft edges.
PARTS = """
<main><section class="hero"><div class="wrap"><h1 id="on-band">████</h1><p id="band-quiet">████</p>
<a class="button" id="band-action" href="/">████</a></div></section>
<p id="ink">████</p><p id="quiet" class="quiet">████</p>
<p><button class="button button--primary" id="action">████</button>
<button class="button button--quiet" id="edge">████</button></p>
<p><input class="input" id="input" aria-label="Name"></p><div class="panel"><p id="panel">████</p></div>
<div class="notice banner banner--negative"><p id="negative">████</p></div></main>
"""


def shown(page, preset, *, scheme=None, colour=None, css=BODY, body=None):
    """Open a page in a preset with one drawing of each sort, or with parts of pages, served as a hall would."""
    chosen = theme(preset, colour or PRESETS[preset].brand_colour)
    address = stylesheet_url(chosen.preset, chosen.brand_colour)
    drawings = crest("Letterform") + emblem("lettering") + pattern("Letterform", chosen.choices.pattern)
    html = (
        f"<!doctype html><html{f' data-scheme={scheme}' if scheme else ''}><title>Hall</title><link rel=icon href=data:,>"
        f'<link rel="stylesheet" href="/body.css"><link rel="stylesheet" href="{address}">{body or drawings}'
    )
    answers = {address: ("text/css", stylesheet(chosen)), "/body.css": ("text/css", css), "/": ("text/html", html)}

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


def painted(page, selector, *, around=0):
    """Return the colours of a part's pixels as they reached the screen, the most frequent first."""
    box = page.locator(selector).bounding_box()
    clip = {
        "x": box["x"] - around, "y": box["y"] - around,
        "width": box["width"] + 2 * around, "height": box["height"] + 2 * around,
    }  # fmt: skip
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    counted = sorted(picture.getcolors(1 << 20), reverse=True)
    return ["#{:02x}{:02x}{:02x}".format(*pixel) for _, pixel in counted[:6]]


@pytest.mark.parametrize(
    ("preset", "colour"),
    [("atelier", "#ffe100"), ("workshop", "#101010"), ("harbour", "#a9f5d0"), ("civic", "#808080"),
     ("nightmarket", "#2b0040"), ("garden", "#ff0000")],
)  # fmt: skip
def test_what_reaches_the_screen_is_what_the_tokens_promise(person, preset, colour):
    """The hardest colours, on pixels: text 4.5:1 on what lies behind it, borders of controls and the focus ring 3:1."""
    css = Assets(ROOT / "app" / "static").named(BUNDLE).content.decode()
    css += "@layer utilities{.hero{--band-motif:transparent}[id]{inline-size:max-content}:is(p,h1)[id]{padding:5px}}"
    page = shown(person(width=390), preset, colour=colour, css=css, body=PARTS, scheme="light")
    found = theme(preset, colour).palette
    for scheme, tokens in (("light", found.light), ("dark", found.dark)):
        page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme }", scheme)
        for part, ground in (("on-band", "band"), ("band-quiet", "band"), ("ink", "paper"), ("quiet", "paper")):
            colours = painted(page, f"#{part}")
            assert {tokens[part], tokens[ground]} <= set(colours), (scheme, part, colours)
            assert contrast(tokens[part], tokens[ground]) >= 4.5
        for part, ink, fill in (("action", "on-action", "action"), ("band-action", "on-band-action", "band-action")):
            colours = painted(page, f"#{part}")
            assert {tokens[ink], tokens[fill]} <= set(colours), (scheme, part, colours)
            assert contrast(tokens[ink], tokens[fill]) >= 4.5
        assert tokens["sheet"] in painted(page, "#panel")
        for part in ("edge", "input"):
            colours = painted(page, f"#{part}", around=1)
            assert tokens["edge"] in colours, (scheme, part, colours)
            assert contrast(tokens["edge"], tokens["paper"]) >= 3
        page.locator("#edge").focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        ring = painted(page, "#edge", around=6)
        assert tokens["focus"] in ring, (scheme, ring)
        assert contrast(tokens["focus"], tokens["paper"]) >= 3
        page.evaluate("document.activeElement.blur()")
