"""What a link to a hall looks like elsewhere: 1200 by 630 dots with its name, crest, colour and pattern. With Pillow."""

from typing import Any

from PIL import Image, ImageColor, ImageDraw
from PIL.ImageFont import FreeTypeFont

from themes.drawing.crest import Blazon
from themes.drawing.devices import drawn_crest
from themes.drawing.fonts import display_font, readable, text_font
from themes.drawing.pattern import HEIGHT as PATTERN_HEIGHT
from themes.drawing.pattern import WIDTH as PATTERN_WIDTH
from themes.drawing.pattern import elements
from themes.drawing.raster import Raster, placed
from themes.theme import theme
from themes.tinctures import tinctures

WIDTH, HEIGHT = 1200, 630
_FINER = 2
_MARGIN = 76
_CREST = 116
_SIZES = (118, 104, 92, 82, 72, 62, 54)
_TAGLINE = 38
_FOOT = 14


def social(*, preset: str, colour: str, name: str, tagline: str = "") -> Image.Image:
    """Return the picture in the scheme that the preset shows first."""
    look = theme(preset, colour)
    colours = look.palette.dark if look.is_dark_first else look.palette.light
    image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), colours["band"])
    _pattern(image, name, look.choices.pattern, colours["band-motif"])
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    font, lines = _set(name, look.choices.pairing)
    # Where no font here can write the name, the crest alone stands for it.
    size = _CREST if lines else 3 * _CREST
    crest = drawn_crest(Blazon.of(name).drawing(name, tinctures(colour), ""), size, colours["on-band"])
    image.paste(crest, (_MARGIN, _MARGIN - 8), crest)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HEIGHT - _FOOT, WIDTH, HEIGHT), fill=colours["band-accent"])
    _words(pen, font, lines, tagline, colours)
    return image


def _pattern(image: Image.Image, name: str, kind: str, colour: str) -> None:
    """Lay the pattern over the picture as a page does: from the right, fading out under the words."""
    width, height = image.size
    scale = max(width / PATTERN_WIDTH, height / PATTERN_HEIGHT)
    lines = Image.new("L", image.size, 0)

    def ink(_: str, opacity: float) -> Any:
        return round(255 * opacity)

    at = placed(scale, width - PATTERN_WIDTH * scale, (height - PATTERN_HEIGHT * scale) / 2)
    Raster(lines, ink).put(elements(name, kind), at)
    fade = Image.new("L", (width, 1))
    fade.putdata([round(255 * min(max((x / width - 0.36) / 0.5, 0), 1)) for x in range(width)])
    clear = Image.new("L", image.size, 0)
    shown = Image.composite(lines, clear, fade.resize(image.size))
    image.paste(ImageColor.getrgb(colour), (0, 0), shown)


def _words(
    pen: ImageDraw.ImageDraw, font: FreeTypeFont, lines: list[str], tagline: str, colours: dict[str, str]
) -> None:
    """Set the name and the sentence below it at the foot of the picture."""
    plain = text_font(tagline, _TAGLINE)
    below = _wrapped(tagline, plain, WIDTH * 0.62)
    if len(below) > 2:
        below = [below[0], f"{below[1].rstrip(',.;: ')} …"]
    leading, sub_leading = font.size * 1.08, _TAGLINE * 1.36
    at = HEIGHT - _FOOT - _MARGIN + 8 - len(below) * sub_leading - (18 if below else 0) - (len(lines) - 1) * leading
    for line in lines:
        pen.text((_MARGIN, at), line, colours["on-band"], font, anchor="ls")
        at += leading
    at += 18 - leading + sub_leading
    for line in below:
        pen.text((_MARGIN, at), line, colours["band-quiet"], plain, anchor="ls")
        at += sub_leading


def _set(name: str, pairing: str) -> tuple[FreeTypeFont, list[str]]:
    """Return the largest size in which the name takes few lines, and those lines."""
    for size in _SIZES:
        font = display_font(pairing, name, size)
        lines = _wrapped(name, font, WIDTH * 0.7)
        if len(lines) <= (2 if size > 72 else 3) and all(font.getlength(line) <= WIDTH * 0.8 for line in lines):
            break
    return font, lines[:3]


def _wrapped(words: str, font: FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in readable(words, font).split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines
