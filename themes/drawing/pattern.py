"""Engraver's patterns for bands and covers: six families, each varied by the name.

Drawn in `currentColor` on a field of 1200 by 420 whose right side matters most; a page fades the left
under its text. Each is at most 6 KB, so that it can stand in the page itself.
"""

from collections.abc import Callable
from functools import lru_cache
from math import pi, sin

from markupsafe import Markup

from themes.drawing import contours, tiles
from themes.drawing.geometry import joined, short
from themes.drawing.seed import Seed
from themes.tokens import PATTERNS

WIDTH, HEIGHT = 1200, 420


@lru_cache(maxsize=128)
def pattern(name: str, kind: str | None = None) -> Markup:
    """Return the pattern of a name as inline SVG; `kind` is one of `PATTERNS`, or left to the name."""
    return Markup(
        f'<svg class="pattern" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMaxYMid slice" '
        f'aria-hidden="true" focusable="false">{elements(name, kind)}</svg>'
    )


def elements(name: str, kind: str | None = None) -> str:
    """Return the pattern without its frame, for pictures that hold it."""
    seed = Seed(name, "pattern")
    family = kind if kind in FAMILIES else seed.one_of(PATTERNS)
    return FAMILIES[family](seed)


def _rosettes(seed: Seed) -> str:
    """Ellipses or circles turned about a centre, as a guilloche lathe does."""
    places = [(985, 190, 255), (640, 430, 165)] if seed.below(2) else [(1000, 300, 250), (700, 60, 150)]
    return _lines("".join(_ring(seed, *place) for place in places), 1)


def _ring(seed: Seed, x: int, y: int, radius: int) -> str:
    turns = 24 + seed.below(9)
    if seed.below(2):
        squash = seed.between(0.3, 0.62)
        figure = f'<ellipse rx="{radius}" ry="{radius * squash:.0f}"'
        step = 180 / turns
    else:
        hole = seed.between(0.16, 0.34)
        reach = radius * (1 - hole) / 2
        figure = f'<ellipse cx="{radius - reach:.0f}" rx="{reach:.0f}" ry="{reach * seed.between(0.55, 1):.0f}"'
        step = 360 / turns
    turned = "".join(f'{figure} transform="rotate({step * n:.1f})"/>' for n in range(turns))
    return f'<g transform="translate({x} {y})">{turned}<circle r="{radius}"/><circle r="{radius + 7}"/></g>'


def _guilloche(seed: Seed) -> str:
    """Interlaced bands, as on the edge of a banknote."""
    written = []
    for middle, swing, strands in ((118, 80, 10), (320, 60, 7)):
        half = 56 + seed.below(6) * 6
        beat = seed.between(3.6, 7.4)
        for strand in range(strands):
            shift = 2 * strand / strands
            points = []
            for n in range(-1, WIDTH // half + 3):
                envelope = 0.4 + 0.6 * abs(sin(pi * (n + shift) / beat))
                points.append((half * (n + shift - 1), middle + (-1) ** n * swing * envelope))
            written.append(_swell(points))
    return _lines(f'<path d="{"".join(written)}"/>', 1.1)


def _waves(seed: Seed) -> str:
    """Slow water: one swell that drifts from line to line."""
    half, drift = seed.between(150, 210), seed.one_of((-1, 1)) * seed.between(0.05, 0.1)
    tall, beat, lean = seed.between(26, 40), seed.between(2.2, 3.6), seed.between(0.1, 0.26)
    written = []
    for row in range(27):
        start = (drift * row - 2) * half
        points = []
        for n in range(-1, int((WIDTH - start) / half) + 2):
            swell = 0.62 + 0.38 * sin(2 * pi * (n / beat + lean * row / 4))
            points.append((start + half * n, row * 18 - 24 + (-1) ** n * tall * swell))
        written.append(_swell(points))
    return _lines(f'<path d="{"".join(written)}"/>', 1.3)


def _weave(seed: Seed) -> str:
    """Strands over and under, drawn with dashes alone: rows and columns leave each other room."""
    strands, gap = 3 + seed.below(3), 9 + seed.below(4)
    block = strands * gap
    angle, across, up = seed.one_of((-1, 1)) * (12 + seed.below(34)), seed.below(block), seed.below(block)
    reach = 1320
    rows, columns = ["", ""], ["", ""]
    for n in range(-reach // gap // 2, reach // gap // 2):
        parity = n // strands % 2
        at = n * gap + gap // 2
        rows[parity] += f"M-{reach // 2} {at}h{reach}"
        columns[parity] += f"M{at}-{reach // 2}v{reach}"
    start = -reach // 2
    dashes = []
    for parity in (0, 1):
        # Dash offsets count from the start of each strand; blocks are counted from the centre.
        over = (start - parity * block) % (2 * block)
        under = (start - (1 - parity) * block) % (2 * block)
        dashes.append(f'<path d="{rows[parity]}" stroke-dashoffset="{over}"/>')
        dashes.append(f'<path d="{columns[parity]}" stroke-dashoffset="{under}"/>')
    body = "".join(dashes)
    return _lines(
        f'<g transform="translate({840 + across} {210 + up}) rotate({angle})" stroke-dasharray="{block}">{body}</g>', 2
    )


def _contours(seed: Seed) -> str:
    return _lines(f'<path d="{contours.drawn(seed, WIDTH, HEIGHT)}"/>', 1.2)


def _tiles(seed: Seed) -> str:
    return tiles.drawn(seed, WIDTH, HEIGHT)


def _lines(body: str, width: float) -> str:
    return f'<g fill="none" stroke="currentColor" stroke-width="{short(width)}">{body}</g>'


def _swell(points: list[tuple[float, float]]) -> str:
    """Return a smooth line with level crests and troughs at the points, in whole relative steps."""
    x, y = round(points[0][0]), round(points[0][1])
    written = [f"M{x} {y}"]
    for number, (next_x, next_y) in enumerate(points[1:]):
        dx, dy = round(next_x) - x, round(next_y) - y
        ease = round(dx * 0.38)
        # The handle before a crest is the mirror of the one behind the last: only the first is written.
        written.append(f"s{joined(dx - ease, dy, dx, dy)}" if number else f"c{joined(ease, 0, dx - ease, dy, dx, dy)}")
        x, y = x + dx, y + dy
    return "".join(written)


FAMILIES: dict[str, Callable[[Seed], str]] = {
    "rosettes": _rosettes,
    "guilloche": _guilloche,
    "waves": _waves,
    "weave": _weave,
    "contours": _contours,
    "tiles": _tiles,
}
