"""How colours are derived from the brand's; `test_contrast.py` proves what is made of them."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from themes.oklch import contrast, oklch
from themes.palette import PROMISES, palette
from themes.schemes import GROUNDS
from themes.surfaces import SURFACES

colours = st.integers(0, (1 << 24) - 1).map("#{:06x}".format)


def broken_promises(brand_colour: str, surfaces: str) -> list[str]:
    """Return what can't be read, in words; contrast is computed on the served colours."""
    found = palette(brand_colour, surfaces)
    return [
        f"{brand_colour} on {surfaces}, {scheme}: {name} on {ground} is {ratio:.2f}, not {least}"
        for scheme, served in (("light", found.light), ("dark", found.dark))
        for names, grounds, least in PROMISES
        for name in names
        for ground in grounds
        if (ratio := contrast(served[name], served[ground])) < least
    ]


@given(colours, st.sampled_from(sorted(SURFACES)))
@example("#000000", "cream")
@example("#ffffff", "concrete")
@example("#808080", "concrete")
@example("#767676", "plain")
@example("#ffff00", "leaf")
@example("#0000ff", "night")
@settings(deadline=None, derandomize=True, max_examples=200)
def test_any_brand_colour_stays_readable(colour, surfaces):
    assert broken_promises(colour, surfaces) == []


def test_the_promises_cover_every_colour_that_text_or_a_control_takes():
    served = set(palette("#a8322a", "cream").light)
    promised = {name for names, grounds, _ in PROMISES for name in (*names, *grounds)}
    assert served - promised == {"line"}
    assert promised <= served


def test_both_schemes_hold_the_same_names():
    found = palette("#a8322a", "cream")
    assert set(found.light) == set(found.dark)


def test_the_brand_colour_itself_is_kept():
    found = palette("#ffe100", "air")
    assert found.light["brand"] == found.dark["brand"] == "#ffe100"


def test_the_accent_keeps_the_brand_hue():
    for colour in ("#a8322a", "#0b6bcb", "#2f7d3b", "#ff5fa2", "#6741d9"):
        accent = oklch(palette(colour, "plain").light["accent"])
        assert abs(accent.hue - oklch(colour).hue) < 4


def test_a_yellow_brand_keeps_yellow_buttons_by_day():
    found = palette("#ffcc00", "air").light
    assert found["action"] == "#ffcc00"
    assert oklch(found["accent"]).lightness < 0.6


def test_a_grey_brand_makes_a_grey_hall_with_a_focus_that_still_shows():
    found = palette("#555555", "air").light
    assert all(oklch(found[ground]).chroma < 0.005 for ground in ("paper", "sheet", "wash"))
    assert oklch(found["focus"]).chroma > 0.1


def test_a_red_brand_and_danger_are_two_reds():
    found = palette("#a8322a", "cream").light
    assert found["accent"] != found["negative"]
    assert abs(oklch(found["accent"]).hue - oklch(found["negative"]).hue) > 10


def test_surfaces_lie_close_together_so_that_one_text_colour_serves_all():
    found = palette("#a8322a", "cream").light
    assert all(contrast(found[one], found["paper"]) < 1.3 for one in GROUNDS)
