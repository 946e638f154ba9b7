"""The closed list of choices a theme is made of. Nothing outside this page reaches a stylesheet."""

from dataclasses import dataclass

SANS_FALLBACK = "system-ui,sans-serif"


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two stacks of fonts that systems already have: nothing is downloaded, text is instant."""

    display: str
    text: str
    tracking: str


_HUMANIST_TEXT = f'Seravek,"Gill Sans Nova",Ubuntu,Inter,"Segoe UI",{SANS_FALLBACK}'

PAIRINGS = {
    "old-style": Pairing(
        '"Iowan Old Style","Palatino Linotype","EB Garamond",Palatino,"URW Palladio L",Georgia,serif',
        _HUMANIST_TEXT,
        "-.005em",
    ),
    "industrial": Pairing(
        'Bahnschrift,"DIN Alternate","Franklin Gothic Medium","Liberation Sans Narrow",'
        '"Nimbus Sans Narrow","Arial Narrow",sans-serif-condensed,sans-serif',
        f'"Helvetica Neue",Inter,Roboto,"Segoe UI",Arial,{SANS_FALLBACK}',
        "-.01em",
    ),
    "geometric": Pairing(
        f'"Avenir Next",Avenir,"Century Gothic","Inter Display",Montserrat,"URW Gothic",{SANS_FALLBACK}',
        f'"Avenir Next",Avenir,Corbel,Inter,"Segoe UI",{SANS_FALLBACK}',
        "-.022em",
    ),
    "humanist": Pairing(
        _HUMANIST_TEXT,
        _HUMANIST_TEXT,
        "-.015em",
    ),
    "transitional": Pairing(
        'Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif",Georgia,"Liberation Serif",serif',
        _HUMANIST_TEXT,
        "-.012em",
    ),
}

WEIGHTS = {"light": 400, "medium": 500, "firm": 600, "bold": 700, "heavy": 800}


@dataclass(frozen=True, slots=True)
class Scale:
    """The ratio between two sizes of type, on the narrowest phone and on a desk."""

    phone: float
    desk: float


SCALES = {"calm": Scale(1.16, 1.24), "even": Scale(1.2, 1.3), "bold": Scale(1.23, 1.36)}


@dataclass(frozen=True, slots=True)
class Radius:
    """Corners of controls, of sheets and covers, and of chips."""

    control: str
    sheet: str
    chip: str


RADII = {
    "square": Radius("0", "0", "0"),
    "crisp": Radius("3px", "4px", "99px"),
    "soft": Radius("8px", "12px", "99px"),
    "round": Radius("14px", "22px", "99px"),
}


@dataclass(frozen=True, slots=True)
class Density:
    """How much air: a factor on every space, the leading, and the height of a control (≥ 44 px)."""

    space: float
    leading: float
    control: str


DENSITIES = {
    "close": Density(0.88, 1.45, "2.75rem"),
    "even": Density(1.0, 1.5, "2.75rem"),
    "roomy": Density(1.14, 1.58, "3rem"),
}

# Thickness of the strong line under a heading.
RULES = {"hairline": "1px", "firm": "2px", "heavy": "4px"}

PATTERNS = ("rosettes", "guilloche", "waves", "weave", "contours", "tiles")
