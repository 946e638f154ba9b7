"""A hall's icon as devices want it: dots, in the sizes of home screens. Only where Pillow is loaded."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageColor, ImageDraw

from themes.drawing.crest import badge, favicon_elements
from themes.drawing.fonts import display_font, readable
from themes.drawing.geometry import Point, star
from themes.drawing.raster import Raster, placed

# Drawn larger and made smaller, so that edges are smooth.
_FINER = 4
_SQUARE = 96

# Where a logo has no ground of its own it lies on a piece of paper, as in the masthead by night.
_PAPER = (246, 244, 240)
# How much of the square a logo takes. Systems keep a circle of four fifths of a maskable icon.
_ROOM = {"icon": 0.8, "touch": 0.8, "maskable": 0.6}
_ROUND = 0.2
_SAME = 12


def tile(what: str, *, name: str, colour: str) -> Image.Image:
    """Return `icon-192` or `icon-512`, the crest on nothing; `touch-180` or `maskable-512`, a full square of the brand
    colour that systems cut to a shape of their own.
    """
    kind, _, size = what.partition("-")
    is_full = kind in ("touch", "maskable")
    drawn = drawn_crest(badge(name, colour) if is_full else favicon_elements(name, colour), int(size))
    return drawn.convert("RGB") if is_full else drawn


def marked_tile(what: str, logo: bytes) -> Image.Image:
    """Return the same pictures with a logo instead of the crest. One that brings its own ground fills the square with it."""
    kind, _, size = what.partition("-")
    edge = int(size)
    with Image.open(BytesIO(logo), formats=["WEBP"]) as kept:
        mark = kept.convert("RGBA")
    own = _ground(mark)
    if own:
        square = Image.new("RGBA", (edge, edge), (*own, 255))
    elif kind == "icon":
        square = _piece_of_paper(edge)
    else:
        square = Image.new("RGBA", (edge, edge), (*_PAPER, 255))
    room = edge * (1 if own and kind == "icon" else _ROOM[kind])
    scale = room / max(mark.size)
    shown = mark.resize(
        (max(round(mark.width * scale), 1), max(round(mark.height * scale), 1)), Image.Resampling.LANCZOS
    )
    square.alpha_composite(shown, ((edge - shown.width) // 2, (edge - shown.height) // 2))
    return square.convert("RGB") if own or kind != "icon" else square


def _ground(mark: Image.Image) -> tuple[int, int, int] | None:
    """Return the colour that a logo lies on: that of its corners, if they are solid and alike."""
    right, bottom = mark.width - 1, mark.height - 1
    corners: list[Any] = [mark.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom))]
    parts = list(zip(*corners, strict=True))
    if min(parts[3]) < 255 or max(max(part) - min(part) for part in parts[:3]) > _SAME:
        return None
    return corners[0][0], corners[0][1], corners[0][2]


def _piece_of_paper(edge: int) -> Image.Image:
    large = Image.new("RGBA", (edge * _FINER, edge * _FINER), (*_PAPER, 0))
    ImageDraw.Draw(large).rounded_rectangle(
        (0, 0, edge * _FINER - 1, edge * _FINER - 1), radius=_ROUND * edge * _FINER, fill=(*_PAPER, 255)
    )
    return large.resize((edge, edge), Image.Resampling.LANCZOS)


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
