"""Pictures for the demo's portfolios, drawn here so that they are nobody else's. A motif, a word and chance make each."""

from collections.abc import Callable, Iterable
from itertools import pairwise, product
from math import cos, pi, sin
from random import Random
from zlib import crc32

from PIL import Image, ImageChops, ImageDraw, ImageFont

WIDTH, HEIGHT = 640, 480

Colour = tuple[int, int, int]
#: Paper, ink, and two further inks that print well over each other.
Inks = tuple[Colour, Colour, Colour, Colour]

_PALETTES: tuple[Inks, ...] = (
    ((244, 236, 222), (38, 34, 30), (186, 58, 42), (32, 94, 110)),
    ((238, 233, 224), (30, 40, 58), (214, 146, 38), (44, 104, 84)),
    ((232, 238, 236), (24, 44, 48), (222, 92, 62), (70, 112, 168)),
    ((246, 230, 214), (52, 30, 40), (122, 44, 78), (226, 160, 64)),
)
_WHITE = (255, 255, 255)


def piece(shows: str) -> Image.Image:
    """Return the picture that a phrase such as “letter R” or “contours” asks for; the same phrase draws the same."""
    motif, _, word = shows.partition(" ")
    chance = Random(crc32(shows.encode()))
    return _MOTIFS[motif](word, chance, chance.choice(_PALETTES))


def _letter(word: str, _chance: Random, inks: Inks) -> Image.Image:
    """Capitals as sign painters set them: filled, outlined, with a shade to the lower left, in a ruled panel."""
    paper, ink, first, second = inks
    sheet, draw = _sheet(second)
    for inset, width in ((23, 3), (32, 1)):
        draw.rectangle((inset, inset, WIDTH - inset, HEIGHT - inset), outline=paper, width=width)
    font = ImageFont.load_default(370 if len(word) == 1 else 740 // len(word))
    x, y = WIDTH / 2, HEIGHT / 2 + 4
    for step in range(22, 0, -2):
        draw.text((x - step, y + step), word, ink, font, anchor="mm", stroke_width=9, stroke_fill=ink)
    draw.text((x, y), word, first, font, anchor="mm", stroke_width=9, stroke_fill=paper)
    draw.text((x, y), word, first, font, anchor="mm", stroke_width=3, stroke_fill=first)
    return sheet


def _overprint(_word: str, chance: Random, inks: Inks) -> Image.Image:
    """Three screens over each other, as posters are printed: circles that mix where they meet, and lines of words."""
    paper, ink, *colours = inks
    sheet, _ = _sheet(paper)
    for colour in colours:
        screen, draw = _sheet(_WHITE)
        for _ in range(4):
            radius, x, y = chance.randint(60, 170), chance.randint(110, WIDTH - 110), chance.randint(80, HEIGHT - 80)
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
        sheet = ImageChops.multiply(sheet, screen)
    draw = ImageDraw.Draw(sheet)
    for row in range(9):
        draw.rectangle((54, 60 + row * 44, 54 + chance.randint(80, 240), 64 + row * 44), fill=ink)
    return sheet


def _contours(_word: str, chance: Random, inks: Inks) -> Image.Image:
    """A hill as a walker's map shows it: lines of equal height and a path over it."""
    paper, ink, first, second = inks
    sheet, draw = _sheet(paper)
    x, y = chance.randint(200, 440), chance.randint(160, 320)
    bends = [(many, chance.uniform(0, 2 * pi), chance.uniform(0.05, 0.13)) for many in (2, 3, 5)]
    for ring in range(1, 30):
        outline = []
        for step in range(121):
            angle = 2 * pi * step / 120
            reach = ring * 19 * (1 + sum(depth * sin(many * angle + turn + ring / 14) for many, turn, depth in bends))
            outline.append((x + cos(angle) * reach * 1.25, y + sin(angle) * reach))
        is_fifth = ring % 5 == 0
        draw.line(outline, fill=first if is_fifth else second, width=3 if is_fifth else 1, joint="curve")
    path = [(step, 400 - 260 * step / WIDTH + 26 * sin(step / 60)) for step in range(-10, WIDTH + 20, 9)]
    for start, end in list(pairwise(path))[::2]:
        draw.line((start, end), fill=ink, width=4)
    return sheet


def _repeat(_word: str, chance: Random, inks: Inks) -> Image.Image:
    """A repeat for cloth or end papers: one flower, turned and set in half drop."""
    paper, ink, first, second = inks
    sheet, draw = _sheet(paper)
    pitch = chance.choice((64, 80))
    for column, row in product(range(-1, WIDTH // pitch + 2), range(-1, HEIGHT // pitch + 2)):
        x, y = column * pitch, row * pitch + (pitch / 2 if column % 2 else 0)
        turn = pi / 2 * ((column + row) % 4)
        for side, leaf in product((-1, 1), range(4)):
            angle, reach = turn + side * (0.35 + 0.45 * leaf), pitch * (0.52 - 0.06 * leaf)
            tip = _towards(x, y, angle, reach)
            sides = (_towards(x, y, angle + bend, reach / 2) for bend in (0.3, -0.3))
            _leaf(draw, (x, y), tip, sides, (first, second)[leaf % 2])
        draw.ellipse((x - 6, y - 6, x + 6, y + 6), fill=ink)
    return sheet


def _weather(_word: str, chance: Random, inks: Inks) -> Image.Image:
    """Rain over a house on a hill, as in a picture book."""
    paper, ink, first, second = inks
    sheet, draw = _sheet(second)
    for x, y in product(range(-130, WIDTH, 15), range(-26, HEIGHT, 49)):
        shift, length = chance.randint(-17, 17), chance.randint(12, 36)
        end = (x + shift + length * 0.35, y + shift + length)
        draw.line(((x + shift, y + shift), end), fill=paper, width=chance.choice((1, 2, 3)))
    house = chance.randint(380, 500)
    draw.ellipse((-110, 313, 413, 740), fill=ink)
    draw.ellipse((250, 360, 800, 800), fill=first)
    draw.rectangle((house, 305, house + 54, 375), fill=paper)
    draw.polygon(((house - 7, 308), (house + 27, 272), (house + 61, 308)), fill=ink)
    draw.rectangle((house + 19, 333, house + 34, 375), fill=first)
    return sheet


def _sheet(colour: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("RGB", (WIDTH, HEIGHT), colour)
    return sheet, ImageDraw.Draw(sheet)


def _towards(x: float, y: float, angle: float, reach: float) -> tuple[float, float]:
    return x + cos(angle) * reach, y + sin(angle) * reach


def _leaf(
    draw: ImageDraw.ImageDraw,
    root: tuple[float, float],
    tip: tuple[float, float],
    sides: Iterable[tuple[float, float]],
    colour: Colour,
) -> None:
    left, right = sides
    draw.polygon((root, left, tip, right), fill=colour)


_MOTIFS: dict[str, Callable[[str, Random, Inks], Image.Image]] = {
    "letter": _letter,
    "overprint": _overprint,
    "contours": _contours,
    "repeat": _repeat,
    "weather": _weather,
}
