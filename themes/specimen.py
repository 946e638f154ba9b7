"""A small picture of a hall in a look, by day and by night: for choosing between presets before anything exists."""

from functools import lru_cache
from textwrap import wrap
from urllib.parse import urlencode

from markupsafe import escape

from app.core.languages import RIGHT_TO_LEFT, SOURCE, language, speaking
from app.core.languages import gettext as _
from themes.drawing.crest import Blazon
from themes.drawing.pattern import elements
from themes.schemes import Colours
from themes.theme import Theme, digest, theme
from themes.tinctures import tinctures
from themes.tokens import PAIRINGS, RADII, RULES, WEIGHTS

WIDTH, HEIGHT = 480, 300
_NIGHT_FROM = 330
LONGEST_NAME = 24
# So many letters of the large words fit beside the pattern.
_LINE = 20
# The pattern gives way to the words; this is a document of its own, so an id is safe here.
_FADE = (
    '<linearGradient id="ramp"><stop offset=".05"/><stop offset=".5" stop-color="#fff"/></linearGradient>'
    '<mask id="fade" maskUnits="userSpaceOnUse" x="170" y="46" width="310" height="132">'
    '<rect x="170" y="46" width="310" height="132" fill="url(#ramp)"/></mask>'
)


def specimen_url(preset: str, brand_colour: str, name: str = "") -> str:
    """Return the address of the picture in the language in force, the same on every host."""
    said = {"name": name[:LONGEST_NAME]} | ({"in": language()} if language() != SOURCE else {})
    return f"/specimen-{digest(theme(preset, brand_colour))}.svg?{urlencode(said)}"


@lru_cache(maxsize=64)
def specimen(of: Theme, name: str, spoken: str = SOURCE) -> str:
    """Return a whole SVG document: the hall's front page in a language, its last third in the other scheme."""
    first, second = of.palette.light, of.palette.dark
    if of.is_dark_first:
        first, second = second, first
    with speaking(spoken):
        name = name.strip()[:LONGEST_NAME] or str(of.choices.label)
        night = (0, WIDTH - _NIGHT_FROM) if language() in RIGHT_TO_LEFT else (_NIGHT_FROM, WIDTH)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
            f"<title>{escape(of.choices.label)}</title>{_FADE}"
            f"{_Page(of, first, name).drawn(0, WIDTH)}{_Page(of, second, name).drawn(*night)}</svg>"
        )


class _Page:
    """The front page in one scheme."""

    def __init__(self, of: Theme, colours: Colours, name: str) -> None:
        self.theme, self.choices, self.colours, self.name = of, of.choices, colours, name
        self.family = PAIRINGS[of.choices.pairing].display.replace('"', "'")
        self.is_mirrored = language() in RIGHT_TO_LEFT
        self.radius = min(int(RADII[of.choices.radius].control.removesuffix("px")), 14)

    def drawn(self, left: int, right: int) -> str:
        """Return the part of the page between two edges; a nested picture cuts off what is outside."""
        box = f'x="{left}" width="{right - left}" height="{HEIGHT}" viewBox="{left} 0 {right - left} {HEIGHT}"'
        return f"<svg {box}>{self._ground()}{self._head()}{self._band()}{self._rows()}</svg>"

    def _ground(self) -> str:
        return self._box(0, 0, WIDTH, HEIGHT, "paper")

    def _head(self) -> str:
        plate = Blazon.of(self.name).drawing(self.name, tinctures(self.theme.brand_colour), self.family)
        return (
            f'<svg x="{self._from(20, 28)}" y="9" width="28" height="28" viewBox="0 0 96 96" '
            f'color="{self.colours["ink"]}">{plate}</svg>'
            + self._words(56, 30, 16, self.name, "ink")
            + self._box(404, 12, 56, 22, "action", edge="action-edge", radius=self.radius * 0.7)
            + self._box(418, 21, 28, 4, "on-action", radius=2)
        )

    def _band(self) -> str:
        motif = elements(self.name, self.choices.pattern)
        first, second, *_rest = [*wrap(_("Work among people you know"), _LINE), ""]
        mirror = f' transform="translate({WIDTH}) scale(-1 1)"' if self.is_mirrored else ""
        frame = 'x="170" y="46" width="310" height="132" viewBox="0 0 1200 420" preserveAspectRatio="xMaxYMid slice"'
        return (
            self._box(0, 46, WIDTH, 132, "band")
            + f'<g{mirror}><g mask="url(#fade)"><svg {frame} color="{self.colours["band-motif"]}">{motif}</svg></g></g>'
            + self._words(20, 86, 25, first, "on-band")
            + self._words(20, 115, 25, second, "on-band")
            + self._box(20, 134, 110, 26, "sheet", edge="edge", radius=self.radius * 0.7)
            + self._box(136, 134, 60, 26, "band-action", edge="band-accent", radius=self.radius * 0.7)
            + self._box(152, 145, 28, 4, "on-band-action", radius=2)
        )

    def _rows(self) -> str:
        rule = int(RULES[self.choices.rule].removesuffix("px"))
        rows = [self._words(20, 208, 15, _("Open gigs"), "ink"), self._box(20, 216, WIDTH - 40, rule, "ink")]
        for top, length in ((229, 190), (265, 150)):
            rows += [
                self._box(20, top, length, 6, "ink", radius=3),
                self._box(20, top + 11, length + 60, 4, "quiet", radius=2),
                self._box(420, top, 40, 6, "accent", radius=3),
                self._box(20, top + 25, WIDTH - 40, 1, "line"),
            ]
        return "".join(rows)

    def _words(self, x: int, y: int, size: int, words: str, ink: str) -> str:
        way = ' direction="rtl"' if self.is_mirrored else ""
        return (
            f'<text x="{self._from(x)}" y="{y}"{way} font-size="{size}" font-family="{self.family}" '
            f'font-weight="{WEIGHTS[self.choices.weight]}" fill="{self.colours[ink]}">{escape(words)}</text>'
        )

    def _box(
        self, x: float, y: float, width: float, height: float, fill: str, *, edge: str = "", radius: float = 0
    ) -> str:
        stroke = f' stroke="{self.colours[edge]}"' if edge else ""
        corner = f' rx="{radius:g}"' if radius else ""
        place = f'x="{self._from(x, width):g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        return f'<rect {place}{corner} fill="{self.colours[fill]}"{stroke}/>'

    def _from(self, x: float, width: float = 0) -> float:
        """Return where something begins that is so far from where lines begin."""
        return WIDTH - x - width if self.is_mirrored else x
