"""A theme is validated before anything is made of it, and its address says everything about it."""

import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import themes
from themes.presets import PRESETS
from themes.presets.preset import CHOICES
from themes.stylesheet import stylesheet, stylesheet_url
from themes.theme import BadBrandColour, UnknownChoice, UnknownPreset, digest, theme, theme_of

HOSTILE = ["red", "#fff", "#12345g", "#a8322a;}", "url(//x)", "</style>", "#a8322a\n", "", "#Ａ8322a"]


@pytest.mark.parametrize("colour", HOSTILE)
def test_only_a_six_digit_hex_colour_is_a_brand_colour(colour):
    if colour.strip() == "#a8322a":
        assert theme("atelier", colour).brand_colour == "#a8322a"
    else:
        with pytest.raises(BadBrandColour):
            theme("atelier", colour)


def test_an_unknown_preset_is_refused():
    with pytest.raises(UnknownPreset):
        theme("../../etc", "#a8322a")


@pytest.mark.parametrize("override", [{"radius": "9px"}, {"font": "Comic Sans"}, {"label": "x"}])
def test_an_override_outside_the_closed_lists_is_refused(override):
    with pytest.raises(UnknownChoice):
        theme("atelier", "#a8322a", **override)


def test_an_override_replaces_the_presets_choice():
    assert "--radius:14px;" in stylesheet(theme("atelier", "#a8322a", radius="round"))


@given(
    st.sampled_from(sorted(PRESETS)),
    st.integers(0, (1 << 24) - 1).map("#{:06x}".format),
    st.fixed_dictionaries({}, optional={k: st.sampled_from(sorted(v)) for k, v in CHOICES.items()}),
)
@settings(deadline=None, derandomize=True)
def test_a_digest_leads_back_to_its_theme(preset, colour, overrides):
    chosen = theme(preset, colour, **overrides)
    assert theme_of(digest(chosen)) == (chosen, True)
    assert re.fullmatch(r"[a-z0-9._-]+", digest(chosen))


@pytest.mark.parametrize(
    "written",
    ["", "atelier", "atelier.a8322a", "nowhere.a8322a.00000000", "atelier.a8322g.00000000",
     "atelier.a8322a.radius_huge.00000000", "atelier.a8322a.radius_round.radius_crisp.00000000"],
)  # fmt: skip
def test_what_is_no_digest_leads_nowhere(written):
    assert theme_of(written) is None


def test_an_older_edition_is_recognised_as_such():
    assert theme_of("atelier.a8322a.00000000") == (theme("atelier", "#a8322a"), False)


def test_the_address_changes_with_preset_and_colour():
    addresses = {stylesheet_url(key, colour) for key in PRESETS for colour in ("#a8322a", "#a8322b")}
    assert len(addresses) == 12


@pytest.mark.parametrize("key", PRESETS)
def test_a_sheet_is_small_and_holds_only_custom_properties(key):
    sheet = stylesheet(theme(key, PRESETS[key].brand_colour))
    assert len(zlib.compress(sheet.encode())) < 3000
    assert sheet.startswith("@layer theme{:root{color-scheme:")
    declared = re.findall(r"([a-z0-9-]+):[^;{}]*;", sheet.partition("{:root{")[2])
    assert all(name.startswith("--") or name == "color-scheme" for name in declared)
    assert sheet.count("{") == sheet.count("}") == 4
    assert "url(" not in sheet
    assert "@import" not in sheet


@pytest.mark.parametrize("key", PRESETS)
def test_a_sheet_declares_the_tokens_that_the_readme_lists(key):
    sheet = stylesheet(theme(key, PRESETS[key].brand_colour))
    readme = (Path(themes.__file__).parent / "README.md").read_text()
    assert set(re.findall(r"--([a-z0-9-]+):", sheet)) == set(re.findall(r"`--([a-z0-9-]+)`", readme))


def test_the_night_market_is_dark_until_the_reader_asks_for_light():
    sheet = stylesheet(theme("nightmarket", "#ff5fa2"))
    assert sheet.startswith("@layer theme{:root{color-scheme:dark;")
    assert ":root[data-scheme=light]{color-scheme:light}" in sheet


def test_a_web_worker_never_loads_the_colour_library():
    program = (
        "import sys; from themes.stylesheet import stylesheet, stylesheet_url; "
        "from themes.theme import theme; stylesheet(theme('garden', '#2f7d3b')); "
        "sys.exit('coloraide' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
