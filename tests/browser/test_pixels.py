"""Whether colours are as readable on the screen as in arithmetic: real pixels of what stands on a page, in random looks."""

from io import BytesIO
from itertools import cycle

import pytest
from PIL import Image

from tests.browser.measures import wear
from tests.themes.test_contrast import A_THOUSAND_COLOURS
from themes.presets import PRESETS
from themes.stylesheet import stylesheet
from themes.theme import theme

pytestmark = pytest.mark.browser

# Blocks instead of letters have the text's own colour at their middle; the gap between them has that of the ground.
WORDS = "██\u00a0\u00a0\u00a0\u00a0██"
SHOWN = {
    "text": "<p>{}</p>",
    "quiet text": '<p class="quiet">{}</p>',
    "main button": '<p><a class="button button--primary" href="#">{}</a></p>',
    "quiet button": '<p><a class="button button--quiet" href="#">{}</a></p>',
    "dangerous button": '<p><a class="button button--danger" href="#">{}</a></p>',
    "own chip": '<p><span class="chip chip--yours">{}</span></p>',
    "good state": '<p><span class="badge badge--positive">{}</span></p>',
    "state to mind": '<p><span class="badge badge--caution">{}</span></p>',
    "bad state": '<p><span class="badge badge--negative">{}</span></p>',
    "good news": '<div class="banner banner--positive">{}</div>',
    "warning": '<div class="banner banner--caution">{}</div>',
    "bad news": '<div class="banner banner--negative">{}</div>',
    "new": '<p><span class="count count--new">{}</span></p>',
    "much": '<div class="heat"><table><tbody><tr><td data-level="4">{}</td></tr></tbody></table></div>',
    "less": '<div class="heat"><table><tbody><tr><td data-level="3">{}</td></tr></tbody></table></div>',
    "opening": '<section class="hero"><div class="wrap"><h1>{}</h1></div></section>',
    "its line": '<section class="hero"><div class="wrap"><p>{}</p></div></section>',
    "its button": '<section class="hero"><div class="wrap"><a class="button" href="#">{}</a></div></section>',
}
PLACES = """() => [...document.querySelectorAll("main b")].map((one) => {
  const box = one.getBoundingClientRect();
  return [box.x + 4, box.x + box.width / 2, box.y + box.height / 2].map(Math.round);
})"""


def test_what_arithmetic_promises_is_on_the_screen(site, person):
    page = person()
    page.goto(site.url(path="/styleguide/components/button/bare"))
    # Nothing but the words has a colour: <b> is there to be found.
    body = "".join(shown.format(f"<b>{WORDS}</b>") for shown in SHOWN.values())
    page.evaluate("body => { document.querySelector('main').innerHTML = body }", body)
    wrong = []
    for colour, (name, scheme) in zip(
        A_THOUSAND_COLOURS[::42],
        cycle((name, scheme) for name in PRESETS for scheme in ("light", "dark")),
        strict=False,
    ):
        wear(page, stylesheet(theme(name, colour)))
        page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme }", scheme)
        picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
        for what, (ink, ground, y) in zip(SHOWN, page.evaluate(PLACES), strict=True):
            found = contrast(picture.getpixel((ink, y)), picture.getpixel((ground, y)))
            # The screen rounds to whole steps of 255.
            if found < 4.45:
                wrong.append(f"{what} in {name} {scheme} of {colour}: {found:.2f}")
    assert wrong == []


def contrast(one, other):
    """Return the contrast of two pixels as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(pixel):
    parts = [part / 255 for part in pixel]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
