"""No brand colour can produce an unreadable page: proven on the stylesheets themselves, as they are served."""

import gzip
import random
import re

import pytest

from app.core.config import ROOT
from themes.oklch import luminance
from themes.palette import PROMISES
from themes.presets import PRESETS
from themes.presets.preset import CHOICES
from themes.schemes import CONTROL, GROUNDS, TEXT
from themes.stylesheet import stylesheet, stylesheet_url
from themes.theme import theme
from themes.tokens import DENSITIES, PAIRINGS, PATTERNS, RADII, RULES, SCALES, WEIGHTS

A_THOUSAND_COLOURS = [f"#{n:06x}" for n in random.Random("guildhall").sample(range(1 << 24), 1000)]
# Where arithmetic is at its edges.
CORNERS = ["#000000", "#ffffff", "#808080", "#767676", "#ffff00", "#0000ff", "#00ff00", "#ff0000", "#010101", "#fefefe"]

_SHEET = re.compile(
    r"@layer theme\{:root\{color-scheme:(dark|light dark);((?:--[a-z0-9-]+:[^;{}]+;)+)\}"
    r":root\[data-scheme=light\]\{color-scheme:light\}:root\[data-scheme=dark\]\{color-scheme:dark\}\}"
)
_COLOUR = re.compile(r"--([a-z-]+):(?:light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)|(#[0-9a-f]{6}));")
# A closed vocabulary: nothing that fetches, computes, escapes or closes a rule.
_VALUE = re.compile(r'[a-z0-9 #.,%"+()-]+', re.IGNORECASE)


def colours_of(sheet):
    """Return what a browser makes of a sheet: the colours by token, by day and by night."""
    pairs = [(name, day or both, night or both) for name, day, night, both in _COLOUR.findall(sheet)]
    return [{name: day for name, day, _ in pairs}, {name: night for name, _, night in pairs}]


def broken_promises(colour, preset):
    """Return what can't be read on a page, in words."""
    broken = []
    for scheme, found in zip(("day", "night"), colours_of(stylesheet(theme(preset, colour))), strict=True):
        light = {name: luminance(value) + 0.05 for name, value in found.items()}
        for names, grounds, least in PROMISES:
            for name in names:
                for ground in grounds:
                    one, other = light[name], light[ground]
                    if max(one, other) < least * min(one, other):
                        broken.append(f"{colour} in {preset} by {scheme}: {name} on {ground}, not {least}")
    return broken


@pytest.mark.parametrize("preset", PRESETS)
def test_a_thousand_brand_colours_stay_readable_by_day_and_by_night(preset):
    assert [line for colour in A_THOUSAND_COLOURS + CORNERS for line in broken_promises(colour, preset)] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_served_is_what_was_proven(hall, client, preset):
    for colour in CORNERS[:3]:
        answer = client.get(stylesheet_url(preset, colour))
        assert answer.text == stylesheet(theme(preset, colour))


def test_the_promises_are_those_of_the_guidelines():
    """WCAG 2.2: 4.5:1 for text, 3:1 for borders of controls and for the focus ring, on every ground."""
    told = {(name, ground): least for names, grounds, least in PROMISES for name in names for ground in grounds}
    for ground in GROUNDS:
        for name in ("ink", "quiet", "accent", "positive", "caution", "negative"):
            assert told[name, ground] >= TEXT == 4.5
        for name in ("edge", "focus", "action-edge"):
            assert told[name, ground] >= CONTROL == 3
    for text_on in (
        ("on-action", "action"),
        ("on-accent", "accent"),
        ("on-band", "band"),
        ("on-band-action", "band-action"),
    ):
        assert told[text_on] >= TEXT


@pytest.mark.parametrize("preset", PRESETS)
def test_a_sheet_of_any_colour_is_at_most_3_kb_and_holds_nothing_but_tokens(preset):
    for colour in [*random.Random(preset).sample(A_THOUSAND_COLOURS, 40), *CORNERS]:
        sheet = stylesheet(theme(preset, colour))
        assert len(gzip.compress(sheet.encode(), mtime=0)) <= 3000
        assert _SHEET.fullmatch(sheet), sheet[:200]
        for value in re.findall(r"--[a-z0-9-]+:([^;]+);", sheet):
            assert _VALUE.fullmatch(value), value
            assert not re.search(r"(url|expression|image|attr|env|var)\(", value)


def test_every_choice_is_on_a_list_and_every_list_is_a_choice():
    lists = {
        "pairing": PAIRINGS, "weight": WEIGHTS, "scale": SCALES, "radius": RADII, "density": DENSITIES,
        "rule": RULES, "pattern": PATTERNS,
    }  # fmt: skip
    for token, known in lists.items():
        assert CHOICES[token] == frozenset(known)
        for choice in known:
            assert _SHEET.fullmatch(stylesheet(theme("atelier", "#a8322a", **{token: choice})))
    assert set(CHOICES) == {*lists, "surfaces", "first"}
    # Room for a finger, whatever the density.
    assert all(float(density.control.removesuffix("rem")) * 16 >= 44 for density in DENSITIES.values())


def test_the_pages_use_no_token_that_nobody_declares():
    css = "".join(path.read_text() for path in sorted((ROOT / "app" / "static" / "css").rglob("*.css")))
    declared = set(re.findall(r"--([a-z0-9-]+)\s*:", css + stylesheet(theme("atelier", "#a8322a"))))
    # With a fallback, a token may be left to the place where something stands.
    used = set(re.findall(r"var\(\s*--([a-z0-9-]+)\s*\)", css))
    assert used - declared == set()
