"""The vocabulary of crests, on a square of 96 by 96: shapes, divisions of the field, charges."""

from dataclasses import dataclass
from math import cos, radians, sin

from themes.drawing.geometry import Point, Side, drawn, outline, short, star

MIDDLE: Point = (48.0, 46.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline, where its initial is centred, how tall the initial may be, and which arrangements suit."""

    path: str
    centre: Point
    letter: float
    arrangements: tuple[str, ...]

    @property
    def points(self) -> list[Point]:
        return outline(self.path)


_BROAD = ("letter", "letter", "bordure", "chief", "plate", "fess", "pale", "base", "chevron", "flanks")
_ROUND = ("letter", "letter", "bordure", "plate", "fess", "pale", "base", "flanks")
_POINTED = ("letter", "bordure", "plate", "fess")

SHAPES = (
    # heater
    Shape("M10 7 L86 7 L86 42 C86 66 68 82 48 92 C28 82 10 66 10 42 Z", (48, 44), 52, _BROAD),
    # square, with a small point below
    Shape(
        "M11 7 L85 7 L85 70 C85 80 79 83 70 83 L60 83 C53 83 50 87 48 92 C46 87 43 83 36 83 L26 83 "
        "C17 83 11 80 11 70 Z",
        (48, 45),
        54,
        _BROAD,
    ),
    # scalloped above
    Shape("M9 12 C23 20 37 17 48 6 C59 17 73 20 87 12 L87 44 C87 68 67 83 48 92 C29 83 9 68 9 44 Z", (48, 49), 48,
          ("letter", "bordure", "plate", "fess", "pale", "base", "chevron", "flanks")),
    # round below
    Shape("M11 6 L85 6 L85 54 C85 75 69 91 48 91 C27 91 11 75 11 54 Z", (48, 47), 54, _BROAD),
    # roundel
    Shape("M48 5 C72 5 91 24 91 48 C91 72 72 91 48 91 C24 91 5 72 5 48 C5 24 24 5 48 5 Z", (48, 48), 52, _ROUND),
    # cushion on its corner
    Shape("M48 2 C62 18 78 34 94 48 C78 62 62 78 48 94 C34 78 18 62 2 48 C18 34 34 18 48 2 Z", (48, 48), 42, _POINTED),
    # octagon
    Shape("M30 6 L66 6 L90 30 L90 66 L66 90 L30 90 L6 66 L6 30 Z", (48, 48), 52, _ROUND),
    # doorway
    Shape("M12 90 L12 44 C12 23 28 5 48 5 C68 5 84 23 84 44 L84 90 Z", (48, 52), 52,
          ("letter", "letter", "bordure", "plate", "fess", "pale", "base", "chevron", "flanks")),
    # banner with a swallow's tail
    Shape("M14 6 L82 6 L82 91 L48 77 L14 91 Z", (48, 42), 50, ("letter", "letter", "chief", "plate", "pale", "flanks")),
    # hexagon
    Shape("M48 3 L88 25 L88 71 L48 93 L8 71 L8 25 Z", (48, 48), 52, _ROUND),
    # oval
    Shape("M48 4 C69 4 83 23 83 48 C83 73 69 92 48 92 C27 92 13 73 13 48 C13 23 27 4 48 4 Z", (48, 48), 48,
          ("letter", "bordure", "plate", "fess", "pale", "base")),
)  # fmt: skip

# No shape at all; the initial stays inside what any cut leaves.
FULL = Shape("M0 0 L96 0 L96 96 L0 96 Z", (48, 48), 50, ("letter",))


def _stripes(a: float, b: float, first: float, width: float) -> list[list[Side]]:
    """Return every second stripe across the direction (a, b)."""
    return [[(-a, -b, -(first + width * n)), (a, b, first + width * (n + 1))] for n in range(0, int(200 / width), 2)]


def _gyrons(at: Point) -> list[list[Side]]:
    """Return every second of eight wedges around a point."""
    wedges = []
    for turn in range(0, 360, 90):
        one, two = radians(turn), radians(turn + 45)
        lower, upper = (sin(one), -cos(one)), (-sin(two), cos(two))
        wedges.append(
            [
                (*lower, lower[0] * at[0] + lower[1] * at[1]),
                (*upper, upper[0] * at[0] + upper[1] * at[1]),
            ]
        )
    return wedges


def divisions(at: Point) -> dict[str, list[list[Side]]]:
    """Return, for each way to divide a field about a point, the parts that take the deeper tone."""
    x, y = at
    falling, rising = x - y, x + y
    return {
        "plain": [],
        "per pale": [[(-1, 0, -x)]],
        "per fess": [[(0, -1, -y)]],
        "per bend": [[(1, -1, falling)]],
        "per bend sinister": [[(-1, -1, -rising)]],
        "per chevron": [[(0.9, -1, 0.9 * x - y), (-0.9, -1, -0.9 * x - y)]],
        "per saltire": [[(1, -1, falling), (-1, -1, -rising)], [(-1, 1, -falling), (1, 1, rising)]],
        "quarterly": [[(-1, 0, -x), (0, 1, y)], [(1, 0, x), (0, -1, -y)]],
        "paly": _stripes(1, 0, x - 65, 13),
        "barry": _stripes(0, 1, y - 60, 12),
        "bendy": _stripes(0.7, -0.7, 0.7 * falling - 67.5, 15),
        "gyronny": _gyrons(at),
        "pile": [[(2.3, 1, 2.3 * x + 86), (-2.3, 1, -2.3 * x + 86)]],
    }


def charge(kind: str, size: float, at: Point) -> str:
    """Return path data of a small figure, `size` across its radius."""
    x, y = at
    if kind == "roundel":
        return disc(size * 0.86, at)
    if kind == "crescent":
        horn, inner = size * 0.86, size * 0.94
        return (
            f"M{short(x - horn)} {short(y - size * 0.5)}"
            f"a{short(size)} {short(size)} 0 1 0 {short(2 * horn)} 0"
            f"a{short(inner)} {short(inner)} 0 0 1 {short(-2 * horn)} 0Z"
        )
    corners = {
        "mullet": star(5, size * 1.1, size * 0.46, at),
        "estoile": star(8, size * 1.1, size * 0.55, at),
        "lozenge": [(x, y - size * 1.1), (x + size * 0.8, y), (x, y + size * 1.1), (x - size * 0.8, y)],
        "billet": [
            (x - size * 0.55, y - size),
            (x + size * 0.55, y - size),
            (x + size * 0.55, y + size),
            (x - size * 0.55, y + size),
        ],
    }[kind]
    return drawn(corners)


CHARGES = ("roundel", "crescent", "mullet", "estoile", "lozenge", "billet")


def disc(radius: float, at: Point) -> str:
    """Return path data of a disc."""
    r, across = short(radius), short(2 * radius)
    return f"M{short(at[0] - radius)} {short(at[1])}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0Z"
