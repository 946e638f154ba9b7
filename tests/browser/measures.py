"""What is asked of every page in a browser: no known barrier, nothing too small for a thumb, nothing beside the screen."""

from pathlib import Path
from typing import Any

import axe_playwright_python

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
#: What depends on colours alone: all that can change between light and dark.
COLOURS = ["color-contrast", "link-in-text-block"]

TOO_SMALL = """() => [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")]
  .filter((one) => one.checkVisibility() && !one.closest(".guide__source, .unseen, .steps, p, figcaption, .prose, .skip"))
  .map((one) => [one.textContent.trim().slice(0, 30) || one.name, (one.closest("label") ?? one).getBoundingClientRect().height,
                 getComputedStyle(one, "::after").position])
  .filter(([, height, after]) => height < 43.5 && after !== "absolute")"""
_SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => `${one.tagName.toLowerCase()}.${one.className}`).slice(0, 4)"""
_WEAR = """(css) => {
  for (const link of document.querySelectorAll('link[href*="/theme-"]')) link.disabled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
_RUN = """(rules) => axe.run(document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})})
  .then((found) => found.violations.map((one) => `${one.id}: ${one.nodes[0].target} (${one.nodes.length})`))"""


def barriers(page: Any, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds wrong on the page as it stands, as rule and first place; `rules` are all but by request."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    return list(page.evaluate(_RUN, rules))


def barriers_by_day_and_night(page: Any, *, whole: tuple[int, ...] = (390, 1280)) -> list[str]:
    """Return what axe finds wrong in light and dark, on a phone and at a desk, without loading the page again: everything at
    the widths of `whole` in light, what depends on colours everywhere.
    """
    wrong = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            rules = None if scheme == "light" and width in whole else COLOURS
            wrong += [f"{width} {scheme} {found}" for found in barriers(page, rules)]
    page.emulate_media(color_scheme="light")
    return wrong


def too_small(page: Any) -> list[Any]:
    """Return what a thumb cannot hit on a phone: the beginning of its text and its height."""
    page.set_viewport_size({"width": 390, "height": 900})
    return list(page.evaluate(TOO_SMALL))


def beside_the_screen(page: Any, width: int = 320) -> list[str]:
    """Return what makes the page scroll sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    return list(page.evaluate(_SIDEWAYS))


def wear(page: Any, css: str) -> None:
    """Let the page wear another theme, without loading it again."""
    page.evaluate(_WEAR, css)
