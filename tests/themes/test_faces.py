"""Everybody gets a face, whatever they are called."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themes.drawing import hue, initials
from themes.oklch import Oklch, contrast, hex_colour


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Orla Finch", "OF"),
        ("maya de la cruz", "MC"),
        ("Tomasz & Ines", "TI"),
        ("Ana Ruiz (she/her)", "AR"),
        ("(anonymous)", "A"),
        ("Björk", "B"),
        ("ángel", "Á"),
        ("'Big' Joe", "BJ"),
        ("Studio 54", "S5"),
        ("山田 太郎", "山太"),
        ("山田太郎", "山"),
        ("Ольга Иванова", "ОИ"),
        ("محمد علي", "مع"),
        ("ნინო", "ნ"),
        ("ßeta", "ß"),
        ("हिन्दी", "हि"),
        ("👩‍🚀", "👩‍🚀"),
        ("👋🏽 Sam", "S"),
        ("🇬🇧🇫🇷", "🇬🇧"),
        ("\u202eevil name\u202c", "EN"),
        ("", "·"),
        ("   ", "·"),
        ("&&", "·"),
        ("\x00", "·"),
    ],
)
def test_initials_of(name, expected):
    assert initials(name) == expected


def test_a_pile_of_accents_does_not_spill_out_of_the_circle():
    assert len(initials("Z" + "\u0336" * 400 + " Q" + "\u0301" * 400)) <= 6


@given(st.text())
@settings(deadline=None, derandomize=True)
def test_any_name_has_initials_and_a_hue(name):
    assert 1 <= len(initials(name)) <= 40
    assert not any(character.isspace() for character in initials(name))
    assert 0 <= hue(name) <= 11


def test_a_hue_is_the_same_for_the_same_name_however_it_is_typed():
    assert hue("Orla Finch") == hue(" orla finch ") == hue("Orla Finch")
    assert hue("Zoë") == hue("Zoe\u0308")


def test_hues_are_spread_over_people():
    counted = [0] * 12
    for number in range(2400):
        counted[hue(f"Member {number}")] += 1
    assert min(counted) > 140
    assert max(counted) < 270


@pytest.mark.parametrize("angle", range(25, 385, 30))
@pytest.mark.parametrize(("behind", "before"), [((0.88, 0.06), (0.32, 0.09)), ((0.38, 0.06), (0.94, 0.04))])
def test_initials_can_be_read_on_each_of_the_twelve_hues(angle, behind, before):
    ground, letters = (hex_colour(Oklch(*tone, angle % 360)) for tone in (behind, before))
    assert contrast(letters, ground) >= 4.5
