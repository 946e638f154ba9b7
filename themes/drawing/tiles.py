"""Tiles: quarter discs, half discs, triangles and bars on a square grid, in three strengths of one colour."""

from themes.drawing.seed import Seed

_SIDE = 84
_STRENGTHS = (".9", ".55", ".25")


def drawn(seed: Seed, width: int, height: int) -> str:
    """Return the SVG elements of a tiled field. Each name uses three kinds of tile."""
    kinds = list(_TILES)
    chosen = [kinds.pop(seed.below(len(kinds))) for _ in range(3)]
    strengths = dict.fromkeys(_STRENGTHS, "")
    for row in range(height // _SIDE):
        for column in range(width // _SIDE + 1):
            draw = Seed(f"{column},{row}", seed.key.hex())
            if draw.below(7) == 0:
                continue
            x, y = width - (column + 1) * _SIDE, row * _SIDE
            strengths[draw.one_of(_STRENGTHS)] += _TILES[draw.one_of(chosen)](x, y, draw.below(4))
    return "".join(
        f'<path d="{path}" fill="currentColor" fill-opacity="{strength}"/>' for strength, path in strengths.items()
    )


def _corner(x: int, y: int, turn: int) -> tuple[int, int, int, int]:
    """Return the tile's corner number `turn`, and the steps from it along x and y."""
    right, low = turn in (1, 2), turn > 1
    return x + _SIDE * right, y + _SIDE * low, -_SIDE if right else _SIDE, -_SIDE if low else _SIDE


def _quarter(x: int, y: int, turn: int) -> str:
    cx, cy, dx, dy = _corner(x, y, turn)
    sweep = int(dx * dy > 0)
    return f"M{cx} {cy}h{dx}a{_SIDE} {_SIDE} 0 0 {sweep}{-dx} {dy}z"


def _triangle(x: int, y: int, turn: int) -> str:
    cx, cy, dx, dy = _corner(x, y, turn)
    return f"M{cx} {cy}h{dx}l{-dx} {dy}z"


def _half(x: int, y: int, turn: int) -> str:
    r = _SIDE // 2
    start = ((x, y), (x, y + _SIDE), (x + _SIDE, y + _SIDE), (x + _SIDE, y))[turn]
    step = (f" 0 {_SIDE}", f" {_SIDE} 0", f" 0-{_SIDE}", f"-{_SIDE} 0")[turn]
    return f"M{start[0]} {start[1]}a{r} {r} 0 0 1{step}z"


def _bars(x: int, y: int, turn: int) -> str:
    bar = _SIDE // 6
    if turn % 2:
        return "".join(f"M{x} {y + n * 2 * bar}h{_SIDE}v{bar}h-{_SIDE}z" for n in range(3))
    return "".join(f"M{x + n * 2 * bar} {y}v{_SIDE}h{bar}v-{_SIDE}z" for n in range(3))


def _disc(x: int, y: int, turn: int) -> str:
    r = _SIDE // 2 - 6 * (turn % 3)
    edge = x + _SIDE // 2 - r
    return f"M{edge} {y + _SIDE // 2}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0z"


def _leaf(x: int, y: int, turn: int) -> str:
    if turn % 2:
        return f"M{x} {y}a{_SIDE} {_SIDE} 0 0 1 {_SIDE} {_SIDE}a{_SIDE} {_SIDE} 0 0 1-{_SIDE}-{_SIDE}z"
    return f"M{x + _SIDE} {y}a{_SIDE} {_SIDE} 0 0 1-{_SIDE} {_SIDE}a{_SIDE} {_SIDE} 0 0 1 {_SIDE}-{_SIDE}z"


_TILES = {
    "quarter": _quarter,
    "triangle": _triangle,
    "half": _half,
    "bars": _bars,
    "disc": _disc,
    "leaf": _leaf,
}
