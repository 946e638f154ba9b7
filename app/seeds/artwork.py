"""A cover and a logo for the demo's marketplaces, drawn here so that they are nobody else's."""

from collections.abc import Callable
from math import pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 1800, 1000
_FINER = 2

Colour = tuple[int, int, int]
_SKY, _GLOW, _SUN = (214, 228, 214), (250, 236, 206), (244, 186, 92)
_HILLS: tuple[Colour, ...] = ((152, 184, 160), (98, 148, 116), (47, 111, 79), (32, 78, 58))
_WALLS: tuple[Colour, ...] = ((250, 242, 228), (232, 202, 160), (214, 128, 92), (240, 222, 196), (188, 204, 196))
_ROOFS: tuple[Colour, ...] = ((150, 62, 46), (94, 58, 52), (60, 66, 78))
_LIT, _DARK = (252, 214, 128), (52, 60, 62)


def hillside() -> Image.Image:
    """Return a row of houses on a hill in the evening, with gardens below."""
    image = Image.new("RGB", (_WIDTH * _FINER, _HEIGHT * _FINER), _SKY)
    draw, chance = ImageDraw.Draw(image), Random(200)
    width, height = image.size
    for y in range(height // 2):
        share = y / (height / 2)
        sky = tuple(round(a + (b - a) * share) for a, b in zip(_SKY, _GLOW, strict=True))
        draw.line(((0, y), (width, y)), fill=sky)
    draw.rectangle((0, height // 2, width, height), fill=_GLOW)
    _disc(draw, width * 0.72, height * 0.36, height * 0.13, _SUN)
    ridges: list[Callable[[float], float]] = [
        lambda x: height * (0.46 + 0.05 * sin(x / width * 2.2 * pi + 0.6)),
        lambda x: height * (0.58 + 0.06 * sin(x / width * 1.7 * pi + 2.4)),
        lambda x: height * (0.74 - 0.07 * sin(x / width * 1.3 * pi + 0.2)),
        lambda x: height * (0.93 + 0.03 * sin(x / width * 2.6 * pi + 1.0)),
    ]
    for number, (ridge, colour) in enumerate(zip(ridges, _HILLS, strict=True)):
        if number == 1:
            _street(draw, chance, width, ridge, tall=height * 0.075)
        elif number == 2:
            _street(draw, chance, width, ridge, tall=height * 0.14)
        _hill(draw, width, height, ridge, colour)
    _beds(draw, width, height)
    return image.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)


def northwind() -> Image.Image:
    """Return a wordmark beside three lines of wind in a disc, on a clear ground."""
    blue, size = (31, 78, 121), 240 * _FINER
    image = Image.new("RGBA", (size * 5, size), (*blue, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((4, 4, size - 4, size - 4), fill=blue)
    for row, (start, length) in enumerate(((0.26, 0.42), (0.2, 0.6), (0.34, 0.4))):
        y = size * (0.36 + 0.14 * row)
        points = [
            (size * (start + length * step / 120), y + size * 0.035 * sin(step / 120 * 2 * pi)) for step in range(121)
        ]
        for point in points:
            _disc(draw, *point, 13, (255, 255, 255))
    font = ImageFont.load_default(168 * _FINER)
    at = size + 36 * _FINER
    draw.text((at, size * 0.69), "Northwind", blue, font, anchor="ls", stroke_width=2, stroke_fill=blue)
    whole = image.crop((0, 0, round(at + font.getlength("Northwind")) + 12, size))
    return whole.resize((whole.width // _FINER, whole.height // _FINER), Image.Resampling.LANCZOS)


def _hill(draw: ImageDraw.ImageDraw, width: int, height: int, ridge: Callable[[float], float], colour: Colour) -> None:
    line = [(x, ridge(x)) for x in range(0, width + 20, 20)]
    draw.polygon([(0, height), *line, (width, height)], fill=colour)


def _street(
    draw: ImageDraw.ImageDraw, chance: Random, width: int, ridge: Callable[[float], float], *, tall: float
) -> None:
    """Set houses and trees along a ridge; their feet are covered by the hill."""
    x = chance.uniform(0, tall)
    while x < width:
        foot = ridge(x + tall / 2) + tall * 0.2
        if chance.random() < 0.3:
            _tree(draw, x + tall * 0.3, foot, tall * chance.uniform(0.5, 0.8), chance)
            x += tall * 0.6
        else:
            x += _house(draw, chance, x, foot, tall * chance.uniform(0.7, 1.1)) + tall * chance.choice((0, 0, 0.3))


def _house(draw: ImageDraw.ImageDraw, chance: Random, x: float, foot: float, tall: float) -> float:
    """Draw one house and return how wide it is."""
    wide, eaves = tall * chance.uniform(0.62, 0.95), foot - tall * 0.62
    roof, top = chance.choice(_ROOFS), foot - tall * chance.uniform(0.95, 1.12)
    chimney = x + wide * chance.uniform(0.6, 0.75)
    draw.rectangle((chimney, top - tall * 0.04, chimney + tall * 0.09, eaves), fill=roof)
    draw.rectangle((x, eaves, x + wide, foot + tall), fill=chance.choice(_WALLS))
    draw.polygon(((x - tall * 0.05, eaves), (x + wide / 2, top), (x + wide + tall * 0.05, eaves)), fill=roof)
    pane = tall * 0.13
    for row in range(2):
        for column in range(2 if wide < tall * 0.8 else 3):
            left = x + wide * (column + 0.5) / (2 if wide < tall * 0.8 else 3) - pane / 2
            upper = eaves + tall * (0.08 + 0.26 * row)
            colour = _LIT if chance.random() < 0.45 else _DARK
            draw.rectangle((left, upper, left + pane, upper + pane * 1.25), fill=colour)
    return wide


def _tree(draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float, chance: Random) -> None:
    draw.rectangle((x - tall * 0.04, foot - tall * 0.6, x + tall * 0.04, foot + tall), fill=(84, 62, 48))
    colour = chance.choice(_HILLS[1:])
    for dx, dy, size in ((0, -0.85, 0.34), (-0.2, -0.62, 0.28), (0.22, -0.6, 0.26)):
        _disc(draw, x + dx * tall, foot + dy * tall, size * tall, colour)


def _beds(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """Draw the rows of a garden, running together in the distance."""
    for row in range(-14, 30):
        near = width * (0.02 + row * 0.066)
        far = width * 0.44 + (near - width * 0.5) * 0.42
        for step in range(9):
            share = step / 9
            x, y = near + (far - near) * share, height * (1.01 - 0.2 * share)
            size = height * 0.012 * (1.3 - share)
            if y > height * (0.80 - 0.02 * sin(x / width * pi)):
                _disc(draw, x, y, size, ((116, 160, 96), (222, 168, 84), (150, 184, 120))[row % 3])


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: Colour) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
