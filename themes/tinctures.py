"""The identity colours: the brand colour as the leader chose it, and what may be drawn on it.

They are the same by day and by night, so that a crest, a favicon and a cover agree.
"""

from typing import NamedTuple

from themes.oklch import contrast, mixed

# White figures as long as they read well; then dark ones.
METAL_FROM = 3.2


class Tinctures(NamedTuple):
    """Field (the brand colour itself), a deeper tone of it, and the metal that charges are drawn in.

    The metal reads on the field and on the deep tone at 3:1 or more, as large figures must.
    """

    field: str
    deep: str
    metal: str


def tinctures(brand_colour: str) -> Tinctures:
    """Return the three identity colours of a `#rrggbb` brand colour."""
    light_metal = contrast(brand_colour, "#ffffff") >= METAL_FROM
    metal, away = ("#ffffff", "#000000") if light_metal else ("#000000", "#ffffff")
    # Away from the metal, so that what reads on the field reads on the deep tone too; a field that is
    # nearly black or white already has no further to go and turns back a little.
    deep = mixed(brand_colour, away, 0.24 if light_metal else 0.36)
    if contrast(deep, brand_colour) < 1.2:
        deep = mixed(brand_colour, metal, 0.2)
    return Tinctures(brand_colour, deep, mixed(brand_colour, metal, 0.94 if light_metal else 0.78))
