"""The arithmetic agrees with coloraide, the reference."""

import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st

from themes.oklch import Oklch, contrast, hex_colour, mixed, oklch

colours = st.integers(0, (1 << 24) - 1).map("#{:06x}".format)


@given(colours)
@settings(deadline=None, derandomize=True)
def test_oklch_agrees_with_the_reference(colour):
    ours, theirs = oklch(colour), Color(colour).convert("oklch")
    assert ours.lightness == pytest.approx(theirs["lightness"], abs=1e-4)
    assert ours.chroma == pytest.approx(theirs["chroma"], abs=1e-4)
    if ours.chroma > 0.01:
        turn = abs(ours.hue - theirs["hue"]) % 360
        assert min(turn, 360 - turn) < 0.5


@given(colours, colours)
@settings(deadline=None, derandomize=True)
def test_contrast_agrees_with_the_reference(one, other):
    assert contrast(one, other) == pytest.approx(Color(one).contrast(other), abs=0.01)


@given(colours)
@settings(deadline=None, derandomize=True)
def test_a_colour_survives_the_journey_there_and_back(colour):
    assert hex_colour(oklch(colour)) == colour


@given(st.floats(0.15, 0.99), st.floats(0, 0.5), st.floats(0, 360))
@settings(deadline=None, derandomize=True)
def test_what_the_screen_cannot_show_loses_chroma_and_keeps_its_lightness(lightness, chroma, hue):
    shown = oklch(hex_colour(Oklch(lightness, chroma, hue)))
    assert shown.lightness == pytest.approx(lightness, abs=0.02)
    assert shown.chroma <= chroma + 0.02


def test_mixing_goes_from_one_colour_to_the_other():
    assert mixed("#000000", "#ffffff", 0) == "#000000"
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#102030", "#ffffff", 1) == "#ffffff"
