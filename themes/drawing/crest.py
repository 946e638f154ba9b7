"""A crest for every hall: a shape, a divided field, an ordinary or a row of charges, and the initial."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from themes.drawing.faces import initial
from themes.drawing.geometry import Point, Side, cut, drawn, scaled, short
from themes.drawing.heraldry import CHARGES, FULL, SHAPES, Shape, charge, disc, divisions
from themes.drawing.seed import Seed
from themes.tinctures import Tinctures, tinctures

PAGE = Tinctures(field="var(--brand)", deep="var(--brand-deep)", metal="var(--metal)")
_PAGE_FONT = "var(--font-display)"
_OWN_FONT = "Georgia,'Times New Roman',serif"

_DIVISIONS = {
    "letter": ("per pale", "per fess", "per bend", "per bend sinister", "per chevron", "per saltire", "quarterly",
               "paly", "bendy", "gyronny", "pile"),
    "bordure": ("plain", "per pale", "per bend", "per bend sinister", "quarterly", "per fess"),
    "chief": ("plain", "paly", "bendy", "per pale", "per chevron"),
    "plate": ("per saltire", "quarterly", "gyronny", "paly", "barry", "bendy", "per pale", "per bend"),
    "fess": ("plain", "per pale", "paly", "bendy"),
    "pale": ("plain", "barry", "per fess", "bendy"),
    "base": ("plain", "per pale", "bendy", "paly"),
    "chevron": ("plain", "per pale", "paly"),
    "flanks": ("plain", "per fess", "barry"),
}  # fmt: skip


@lru_cache(maxsize=256)
def crest(name: str, colour: str | None = None) -> Markup:
    """Return the crest of a name as inline SVG, in the page's identity colours, or in those derived from a
    `#rrggbb` colour where another hall's page shows it.
    """
    inks = tinctures(colour) if colour else PAGE
    body = Blazon.of(name).drawing(name, inks, _PAGE_FONT)
    return Markup(
        '<svg class="crest" viewBox="0 0 96 96" width="48" height="48" aria-hidden="true" focusable="false">'
        f"{body}</svg>"
    )


def favicon(name: str, colour: str) -> str:
    """Return the crest reduced to what 16 pixels show, as a whole SVG document."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">{favicon_elements(name, colour)}</svg>'


def favicon_elements(name: str, colour: str) -> str:
    """Return the favicon without its frame, for pictures that hold it."""
    return Blazon.of(name).plain(Blazon.of(name).shape).drawing(name, tinctures(colour), _OWN_FONT)


def badge(name: str, colour: str) -> str:
    """Return the elements of a crest without a shape, which fill their square: systems cut their own out of it."""
    return Blazon.of(name).plain(FULL).drawing(name, tinctures(colour), _OWN_FONT)


_BOLD = ("per pale", "per fess", "per bend", "per bend sinister", "quarterly", "per saltire")


@dataclass(frozen=True, slots=True)
class Blazon:
    """What a herald would say of a crest: all that is needed to draw it."""

    shape: Shape
    arrangement: str
    division: str
    charge: str

    @classmethod
    def of(cls, name: str) -> "Blazon":
        """Return the blazon that a name's hash decides."""
        seed = Seed(name, "crest")
        shape = seed.one_of(SHAPES)
        arrangement = seed.one_of(shape.arrangements)
        return cls(shape, arrangement, seed.one_of(_DIVISIONS[arrangement]), seed.one_of(CHARGES))

    def plain(self, shape: Shape) -> "Blazon":
        """Return it with its letter alone on a field that small pictures show, in a shape."""
        return Blazon(shape, "letter", self.division if self.division in _BOLD else "plain", self.charge)

    def drawing(self, name: str, inks: Tinctures, font: str) -> str:
        """Return the SVG elements."""
        points = self.shape.points
        layers = [
            f'<path d="{self.shape.path}" fill="{inks.field}"/>',
            _filled(points, divisions(self._centre)[self.division], inks.deep),
            *self._ordinary(points, inks),
            f'<path d="{self.shape.path}" fill="none" stroke="currentColor" stroke-opacity=".25" stroke-width="1.5"/>',
            self._figure(name, inks, font),
        ]
        return "".join(layers)

    @property
    def _centre(self) -> Point:
        x, y = self.shape.centre
        return x, y + {"chief": 12, "base": -8, "chevron": -8}.get(self.arrangement, 0)

    def _ordinary(self, points: list[Point], inks: Tinctures) -> list[str]:
        """Return what lies on the field in metal, and the charges on it."""
        x, y = self.shape.centre
        if self.arrangement == "bordure":
            inner = drawn(scaled(points, 0.84, (x, 48)))
            return [f'<path d="{inner}" fill="none" stroke="{inks.metal}" stroke-width="2.6"/>']
        if self.arrangement == "plate":
            return [_path(disc(26, (x, y)), inks.metal)]
        if self.arrangement == "chief":
            row = "".join(charge(self.charge, 6.5, (x + step, 19)) for step in (-21, 0, 21))
            return [_filled(points, [[(0, 1, 31)]], inks.metal), _path(row, inks.field)]
        if self.arrangement == "fess":
            above, below = charge(self.charge, 6, (x, y - 28)), charge(self.charge, 6, (x, y + 29))
            return [_filled(points, [[(0, -1, 17 - y), (0, 1, y + 17)]], inks.metal), _path(above + below, inks.metal)]
        if self.arrangement == "pale":
            return [_filled(points, [[(-1, 0, 19 - x), (1, 0, x + 19)]], inks.metal)]
        if self.arrangement == "base":
            return [
                _filled(points, [[(0, -1, -70)]], inks.metal),
                _filled(points, [[(0, -1, -75), (0, 1, 79)]], inks.field),
            ]
        if self.arrangement == "chevron":
            return [_filled(points, _chevrons(x, 62), inks.metal)]
        if self.arrangement == "flanks":
            return [_filled(points, [[(1, 0, 25)], [(-1, 0, -71)]], inks.metal)]
        return []

    def _figure(self, name: str, inks: Tinctures, font: str) -> str:
        """Return the initial, or a star for a name that has none."""
        x, y = self._centre
        ink = inks.field if self.arrangement in ("plate", "fess", "pale") else inks.metal
        size = self.shape.letter * _LETTER.get(self.arrangement, 1)
        letter = initial(name)
        if not letter:
            return _path(charge("mullet", size * 0.42, (x, y)), ink)
        return (
            f'<text x="{short(x)}" y="{short(y + size * 0.345)}" text-anchor="middle" font-family="{font}" '
            f'font-size="{short(size)}" font-weight="600" fill="{ink}">{escape(letter)}</text>'
        )


# How tall the initial is where the arrangement leaves it less room.
_LETTER = {
    "chief": 0.8,
    "plate": 0.78,
    "fess": 0.66,
    "pale": 0.78,
    "base": 0.86,
    "chevron": 0.82,
    "bordure": 0.84,
    "flanks": 0.86,
}


def _chevrons(x: float, top: float) -> list[list[Side]]:
    """Return the two arms of a chevron whose tip is at (x, top)."""
    width, slope = 11.0, 0.62
    left = [(1.0, 0.0, x), (-slope, -1.0, -slope * x - top), (slope, 1.0, slope * x + top + width)]
    right = [(-1.0, 0.0, -x), (slope, -1.0, slope * x - top), (-slope, 1.0, -slope * x + top + width)]
    return [left, right]


def _filled(points: list[Point], parts: list[list[Side]], fill: str) -> str:
    path = "".join(drawn(cut(points, sides)) for sides in parts)
    return _path(path, fill) if path else ""


def _path(path: str, fill: str) -> str:
    return f'<path d="{path}" fill="{fill}"/>'
