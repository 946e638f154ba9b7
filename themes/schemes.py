"""The two schemes in which a hall shows itself: how each makes its colours from the brand's."""

from collections.abc import Sequence

from themes.oklch import Oklch, contrast, hex_colour, mixed, oklch
from themes.surfaces import BRAND_HUE, Ground, Surfaces
from themes.tinctures import tinctures

Colours = dict[str, str]

TEXT, CONTROL = 4.5, 3.0

GROUNDS = ("paper", "sheet", "wash", "positive-wash", "caution-wash", "negative-wash")


class Scheme:
    """One scheme in the making. Subclasses say where text lies and how vivid things may be."""

    extreme: float  # the lightness that text moves towards until it can be read
    ink: float
    quiet: float
    line: float
    edge: float
    statuses: dict[str, Oklch]
    status_wash: tuple[float, float]

    def __init__(self, colour: str, brand: Oklch, kind: Surfaces, ground: Ground) -> None:
        self.colour, self.brand, self.kind, self.ground = colour, brand, kind, ground
        self.is_grey = brand.chroma < 0.03

    def colours(self) -> Colours:
        found = self._surfaces()
        grounds = [found[name] for name in GROUNDS]
        found["ink"] = self.readable(self._ink(self.ink), grounds, TEXT)
        found["quiet"] = self.readable(self._ink(self.quiet), grounds, TEXT)
        found["edge"] = self.readable(self._ink(self.edge), grounds, CONTROL)
        found["line"] = hex_colour(self._ink(self.line))
        found["accent"] = self.readable(self.vivid(), grounds, TEXT)
        found["accent-hover"] = hex_colour(self.further(oklch(found["accent"])))
        found["on-accent"] = self.readable_on(found["accent"])
        found["focus"] = self.readable(Oklch(0.55, 0.17, 258), grounds, CONTROL) if self.is_grey else found["accent"]
        for name, colour in self.statuses.items():
            found[name] = self.readable(self._apart(name, colour), grounds, TEXT)
        found["motif"] = self._motif(found["wash"], found["accent"], found["ink"])
        found |= self.action(found)
        return found | self._band(found) | self._identity()

    def _surfaces(self) -> Colours:
        ground = self.ground
        found = {
            name: hex_colour(self._tinted(colour))
            for name, colour in (("paper", ground.paper), ("sheet", ground.sheet), ("wash", ground.wash))
        }
        kept = self._tinted(Oklch(ground.wash.lightness, ground.wash.chroma, ground.paper.hue))
        found["wash"] = mixed(found["wash"], hex_colour(kept), self.kind.warmth)
        lightness, chroma = self.status_wash
        for name, colour in self.statuses.items():
            found[f"{name}-wash"] = hex_colour(Oklch(lightness, chroma, colour.hue))
        return found

    def _ink(self, lightness: float) -> Oklch:
        return self._tinted(Oklch(lightness, self.kind.ink_chroma, self.kind.ink_hue))

    def _tinted(self, colour: Oklch) -> Oklch:
        """Return the colour with the brand's hue where it asks for it, and then no more vivid than the brand is."""
        if colour.hue != BRAND_HUE:
            return colour
        return Oklch(colour.lightness, min(colour.chroma, self.brand.chroma), self.brand.hue)

    def _apart(self, name: str, colour: Oklch) -> Oklch:
        """Keep a red brand and the red of danger two different reds."""
        if name == "negative" and not self.is_grey and 12 < self.brand.hue < 48:
            return Oklch(colour.lightness, colour.chroma, 8)
        return colour

    def _motif(self, ground: str, colour: str, text: str) -> str:
        """Return the pattern's line: as strong as it may be while `text` can cross it."""
        for share in (0.42, 0.36, 0.3, 0.24, 0.18, 0.12, 0.06):
            line = mixed(ground, colour, share)
            if contrast(text, line) >= TEXT:
                return line
        return ground

    def _band(self, found: Colours) -> Colours:
        if self.kind.band == "wash":
            return {
                "band": found["wash"],
                "on-band": found["ink"],
                "band-quiet": found["quiet"],
                "band-accent": found["accent"],
                "band-action": found["action"],
                "on-band-action": found["on-action"],
                "band-motif": found["motif"],
            }
        band, text = self._solid()
        return {
            "band": band,
            "on-band": text,
            "band-quiet": self._softened(text, band),
            "band-accent": text,
            "band-action": text,
            "on-band-action": band,
            "band-motif": self.relief(band, text),
        }

    def _solid(self) -> tuple[str, str]:
        """Return a fill of the brand colour and its text, at 6:1 so that a quieter text has room."""
        raise NotImplementedError

    def relief(self, band: str, text: str) -> str:
        """Return a line or tile on a solid band: towards its text, as far as the text can cross it."""
        return self._motif(band, text, text)

    def _softened(self, text: str, ground: str) -> str:
        for share in (0.2, 0.15, 0.1, 0.05):
            softer = mixed(text, ground, share)
            if contrast(softer, ground) >= TEXT:
                return softer
        return text

    def _identity(self) -> Colours:
        field, deep, metal = tinctures(self.colour)
        black = contrast("#000000", field) > contrast("#ffffff", field)
        return {
            "brand": field,
            "brand-deep": deep,
            "metal": metal,
            "on-brand": "#000000" if black else "#ffffff",
        }

    def vivid(self) -> Oklch:
        """Return the brand colour where this scheme would like its accent, before correction."""
        raise NotImplementedError

    def further(self, accent: Oklch) -> Oklch:
        """Return the accent a step further from the paper, where contrast only grows."""
        raise NotImplementedError

    def readable_on(self, fill: str) -> str:
        """Return the text colour for a fill of the accent."""
        raise NotImplementedError

    def action(self, found: Colours) -> Colours:
        """Return the fill of the main button: the accent."""
        return {
            "action": found["accent"],
            "action-hover": found["accent-hover"],
            "on-action": found["on-accent"],
            "action-edge": found["accent"],
        }

    def readable(self, colour: Oklch, on: Sequence[str], ratio: float) -> str:
        """Return the colour nearest in lightness that reaches `ratio` on every colour of `on`."""
        return _reaching(colour, on, ratio, self.extreme)


class Day(Scheme):
    extreme = 0.0
    ink, quiet, line, edge = 0.235, 0.465, 0.875, 0.62
    statuses = {
        "positive": Oklch(0.46, 0.115, 152),
        "caution": Oklch(0.49, 0.105, 68),
        "negative": Oklch(0.49, 0.185, 27),
    }
    status_wash = (0.955, 0.026)

    def vivid(self) -> Oklch:
        return Oklch(min(max(self.brand.lightness, 0.27), 0.62), self.brand.chroma, self.brand.hue)

    def further(self, accent: Oklch) -> Oklch:
        return Oklch(max(accent.lightness - 0.07, 0.0), accent.chroma, accent.hue)

    def readable_on(self, fill: str) -> str:
        # The accent reaches 4.5:1 on every surface, so anything lighter than all of them reads on it.
        return "#ffffff"

    def action(self, found: Colours) -> Colours:
        """A yellow brand's accent must be dark to be read as text; its buttons stay yellow, edged with the accent."""
        text = self._dark_text()
        if self.is_grey or self.brand.lightness < 0.72 or contrast(text, self.colour) < 7:
            return super().action(found)
        return {
            "action": self.colour,
            "action-hover": hex_colour(Oklch(self.brand.lightness - 0.05, self.brand.chroma, self.brand.hue)),
            "on-action": text,
            "action-edge": found["accent"],
        }

    def relief(self, band: str, text: str) -> str:
        """By day there is more room on the other side of the band, except where it is almost black."""
        away = "#000000" if contrast(text, "#000000") > contrast(text, "#ffffff") else "#ffffff"
        line = mixed(band, away, 0.24)
        return line if contrast(line, band) > 1.24 else super().relief(band, text)

    def _dark_text(self) -> str:
        return hex_colour(Oklch(0.17, min(self.brand.chroma, 0.03), self.brand.hue))

    def _solid(self) -> tuple[str, str]:
        dark_text = self._dark_text()
        if contrast(dark_text, self.colour) >= contrast("#ffffff", self.colour):
            return _reaching(self.brand, [dark_text], 6.0, 1.0), dark_text
        return _reaching(self.brand, ["#ffffff"], 6.0, 0.0), "#ffffff"


class Night(Scheme):
    extreme = 1.0
    ink, quiet, line, edge = 0.935, 0.745, 0.335, 0.55
    statuses = {
        "positive": Oklch(0.80, 0.130, 152),
        "caution": Oklch(0.83, 0.120, 78),
        "negative": Oklch(0.74, 0.150, 25),
    }
    status_wash = (0.262, 0.032)

    def vivid(self) -> Oklch:
        # Mid grey would look switched off.
        least = 0.9 if self.is_grey else 0.745
        lightness = max(min(self.brand.lightness, 0.87), least)
        return Oklch(lightness, min(self.brand.chroma, 0.17), self.brand.hue)

    def further(self, accent: Oklch) -> Oklch:
        return Oklch(min(accent.lightness + 0.06, 1.0), accent.chroma, accent.hue)

    def readable_on(self, fill: str) -> str:
        tint = Oklch(0.185, min(self.brand.chroma, 0.035), self.brand.hue)
        return _reaching(tint, [fill], TEXT, 0.0)

    def _solid(self) -> tuple[str, str]:
        # A full bright band would glare at night: the brand's hue, deep.
        text = hex_colour(Oklch(0.955, min(self.brand.chroma, 0.02), self.brand.hue))
        deep = Oklch(min(self.brand.lightness, 0.37), min(self.brand.chroma, 0.12), self.brand.hue)
        return _reaching(deep, [text], 6.0, 0.0), text


def _reaching(colour: Oklch, on: Sequence[str], ratio: float, extreme: float) -> str:
    """Return `colour` moved in lightness towards `extreme` just far enough to reach `ratio` on all of `on`."""
    found = hex_colour(colour)
    if all(contrast(found, ground) >= ratio for ground in on):
        return found
    found = "#ffffff" if extreme else "#000000"
    near, far = 0.0, 1.0
    for _ in range(8):
        share = (near + far) / 2
        lightness = colour.lightness + (extreme - colour.lightness) * share
        candidate = hex_colour(Oklch(lightness, colour.chroma, colour.hue))
        if all(contrast(candidate, ground) >= ratio for ground in on):
            found, far = candidate, share
        else:
            near = share
    return found
