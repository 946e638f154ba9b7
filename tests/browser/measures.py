"""What is asked of every page in a browser: no known barrier, nothing too small for a thumb, nothing beside the screen."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python

from themes.presets import PRESETS
from themes.stylesheet import stylesheet
from themes.theme import theme

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
# Leaves of a page what stands nowhere in `looked`, and gives its kinds. What stands in elements of the same kinds, one inside the
# other, is coloured by the same rules: of a list of fifty rows the first, the last and one between are left, and the masthead on
# the first page alone. Axe lays a grid over all there is, whatever it is asked to look at.
_LEAVE_WHAT_IS_NEW = """(looked) => {
  const told = /^(class|type|role|disabled|open|hidden|data-(?!module|link|url|label|go|key)|aria-(?!label|described|controls))/;
  const kinds = new Map(), seen = new Set(looked), fresh = [];
  const short = (words) => {
    let one = 0xdeadbeef, other = 0x41c6ce57;
    for (const letter of words) {
      one = Math.imul(one ^ letter.codePointAt(0), 2654435761);
      other = Math.imul(other ^ letter.codePointAt(0), 1597334677);
    }
    return (one >>> 0).toString(36) + (other >>> 0).toString(36);
  };
  const kind = (one) => {
    if (!kinds.has(one)) {
      const marks = [...one.attributes].filter((mark) => told.test(mark.name)).map((mark) => `${mark.name}=${mark.value}`);
      const place = (one.previousElementSibling ? "" : ":first") + (one.nextElementSibling ? "" : ":last");
      kinds.set(one, short(`${one.parentElement ? kind(one.parentElement) : ""} > ${one.localName}[${marks.sort()}]${place}`));
    }
    return kinds.get(one);
  };
  const every = [...document.body.querySelectorAll("*")];
  every.forEach(kind);
  for (const one of every) {
    if (!one.isConnected) continue;
    if ([one, ...one.querySelectorAll("*")].every((part) => seen.has(kinds.get(part)))) one.remove();
    else {
      seen.add(kinds.get(one));
      fresh.push(kinds.get(one));
      // Words never stand on a drawing's single lines.
      if (one.localName === "svg") one.replaceChildren();
    }
  }
  return fresh;
}"""
_IN_EVERY_LOOK = """async ([looks, rules]) => {
  const sheet = new CSSStyleSheet(), wrong = [];
  document.adoptedStyleSheets = [sheet];
  for (const link of document.querySelectorAll('link[href*="/theme-"]')) link.disabled = true;
  for (const [look, css] of Object.entries(looks)) {
    sheet.replaceSync(css);
    for (const by of ["light", "dark"]) {
      document.documentElement.dataset.scheme = by;
      const found = await axe.run(document, {resultTypes: ["violations"], preload: false, runOnly: rules});
      wrong.push(...found.violations.map((one) => `${look} ${by} ${one.id}: ${one.nodes[0].target} (${one.nodes.length})`));
    }
  }
  return wrong;
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


def barriers_in_every_look(page: Any, looked: set[str]) -> list[str]:
    """Return what axe finds wrong with colours in every preset by day and by night, on a phone and at a desk. The looks are put
    on in place.

    :param looked: what was looked at on other pages, and is left out here; what is looked at now is added. The page is of no
        use for anything else afterwards.
    """
    fresh = page.evaluate(_LEAVE_WHAT_IS_NEW, list(looked))
    looked.update(fresh)
    wrong: list[str] = []
    for width in (390, 1280) if fresh else ():
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{width} {one}" for one in page.evaluate(_IN_EVERY_LOOK, [_every_look(), COLOURS])]
    return wrong


@cache
def _every_look() -> dict[str, str]:
    return {name: stylesheet(theme(name, preset.brand_colour)) for name, preset in PRESETS.items()}


def too_small(page: Any) -> list[Any]:
    """Return what a thumb cannot hit on a phone: the beginning of its text and its height."""
    page.set_viewport_size({"width": 390, "height": 900})
    return list(page.evaluate(TOO_SMALL))


def beside_the_screen(page: Any, width: int = 320) -> list[str]:
    """Return what makes the page scroll sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    return list(page.evaluate(_SIDEWAYS))


def everything_is_brought_about(page: Any) -> None:
    """Wait until the style guide's hands have done what the states of a component ask for."""
    page.wait_for_selector("[data-do]:not([data-done])", state="detached", timeout=60_000)


def wear(page: Any, css: str) -> None:
    """Let the page wear another theme, without loading it again."""
    page.evaluate(_WEAR, css)
