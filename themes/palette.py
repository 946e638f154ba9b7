"""A hall's colours, by day and by night, derived from one brand colour and corrected until they can be read.

Whatever the brand colour: text reaches 4.5:1 on every surface it stands on, control borders, focus rings
and large figures 3:1. The promise is kept on the rounded `#rrggbb` values that are served, not on the
ideal ones; `PROMISES` states it and the tests compute it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from themes.oklch import oklch
from themes.schemes import CONTROL, GROUNDS, TEXT, Colours, Day, Night
from themes.surfaces import SURFACES

# (what stands, on what, at which ratio at least)
PROMISES: tuple[tuple[Sequence[str], Sequence[str], float], ...] = (
    (("ink", "quiet", "accent", "accent-hover", "positive", "caution", "negative"), GROUNDS, TEXT),
    (("edge", "focus"), GROUNDS, CONTROL),
    (("on-accent",), ("accent", "accent-hover"), TEXT),
    (("on-action",), ("action", "action-hover"), TEXT),
    (("action-edge",), GROUNDS, CONTROL),
    # Paper doubles as the text colour of a filled notice or button.
    (("paper",), ("positive", "caution", "negative"), TEXT),
    (("on-band", "band-quiet"), ("band",), TEXT),
    (("band-accent",), ("band",), CONTROL),
    (("on-band-action",), ("band-action",), TEXT),
    # Words may cross a line of the pattern.
    (("ink",), ("motif",), TEXT),
    (("on-band",), ("band-motif",), TEXT),
    (("on-brand",), ("brand",), TEXT),
    (("metal",), ("brand", "brand-deep"), CONTROL),
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Token name → `#rrggbb` for each scheme; both hold the same names."""

    light: Colours
    dark: Colours


@lru_cache(maxsize=64)
def palette(brand_colour: str, surfaces: str) -> Palette:
    """Return the colours of a `#rrggbb` brand colour on a kind of surfaces (a key of `SURFACES`)."""
    brand, kind = oklch(brand_colour), SURFACES[surfaces]
    return Palette(
        light=Day(brand_colour, brand, kind, kind.light).colours(),
        dark=Night(brand_colour, brand, kind, kind.dark).colours(),
    )
