"""The identity colours: the brand colour as the leader chose it, and what may be drawn on it.

They are the same by day and by night, so that a crest, a favicon and a cover agree.
"""

from typing import NamedTuple

from themes.oklch import contrast, mixed


class Tinctures(NamedTuple):
    """Field (the brand colour itself), a deeper tone of it, and the metal that charges are drawn in.

    The metal reads on the field and on the deep tone at 3:1 or more, as large figures must.
    """

    field: str
    deep: str
    metal: str


def tinctures(brand_colour: str) -> Tinctures:
    """Return the three identity colours of a `#rrggbb` brand colour."""
    light = contrast(brand_colour, "#ffffff") >= 3.2
    away, towards = ("#000000", "#ffffff") if light else ("#ffffff", "#000000")
    return Tinctures(
        field=brand_colour,
        # Away from the metal, so that what reads on the field reads on the deep tone too.
        deep=mixed(brand_colour, away, 0.24 if light else 0.36),
        metal=mixed(brand_colour, towards, 0.94 if light else 0.78),
    )
