"""A hall's icon as devices want it: dots, in the sizes of home screens. Only where Pillow is loaded."""

from typing import Any

from PIL import Image, ImageColor, ImageDraw

from themes.drawing.crest import badge, favicon_elements
from themes.drawing.fonts import display_font, readable
from themes.drawing.geometry import Point, star
from themes.drawing.raster import Raster, placed

# Drawn larger and made smaller, so that edges are smooth.
_FINER = 4
_SQUARE = 96


def tile(what: str, *, name: str, colour: str) -> Image.Image:
    """Return `icon-192` or `icon-512`, the crest on nothing; `touch-180` or `maskable-512`, a full square of the brand
    colour that systems cut to a shape of their own.
    """
    kind, _, size = what.partition("-")
    is_full = kind in ("touch", "maskable")
    drawn = drawn_crest(badge(name, colour) if is_full else favicon_elements(name, colour), int(size))
    return drawn.convert("RGB") if is_full else drawn


def drawn_crest(elements: str, size: int, edge: str | None = None) -> Image.Image:
    """Return the elements of a crest as a square with a clear ground. Where it may lie on its own colour, `edge` is that of
    the hairline around it.
    """
    scale = size * _FINER / _SQUARE
    image = Image.new("RGBA", (size * _FINER, size * _FINER), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)

    def ink(written: str, opacity: float) -> Any:
        colour = edge if written == "currentColor" else written
        return (*ImageColor.getrgb(colour)[:3], round(255 * opacity)) if colour else None

    def write(words: str, place: Point, tall: float, colour: Any) -> None:
        font = display_font("transitional", words, round(tall))
        if readable(words, font):
            pen.text(place, words, colour, font, anchor="ms")
        else:
            # No font here has this letter: a star, as for a name without any.
            pen.polygon(star(5, tall * 0.46, tall * 0.19, (place[0], place[1] - tall * 0.345)), fill=colour)

    Raster(image, ink, write).put(elements, placed(scale, 0, 0))
    return image.resize((size, size), Image.Resampling.LANCZOS)
