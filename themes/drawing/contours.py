"""Contour lines of an invented landscape: hills from the seed, traced by marching squares."""

from math import exp

from themes.drawing.geometry import joined
from themes.drawing.seed import Seed

_STEP = 48
_LEVELS = (15, 13, 11, 9)
_MOST = 5600
_Point = tuple[float, float]


def drawn(seed: Seed, width: int, height: int) -> str:
    """Return path data of the contour lines."""
    columns, rows = width // _STEP + 3, height // _STEP + 4
    heights = _landscape(seed, columns, rows)
    for levels in _LEVELS:
        lines = [line for level in range(levels) for line in _traced(heights, _height(heights, level, levels))]
        written = "".join(_smooth(line) for line in lines if len(line) > 5)
        if len(written) <= _MOST:
            break
    return written


def _height(heights: list[list[float]], level: int, levels: int) -> float:
    low, top = min(map(min, heights)), max(map(max, heights))
    return low + (top - low) * (level + 0.7) / levels


def _landscape(seed: Seed, columns: int, rows: int) -> list[list[float]]:
    hills = [
        (
            seed.between(0.3, 1.0) * columns,
            seed.between(-0.1, 1.1) * rows,
            seed.between(3.2, 7.5),
            seed.between(2.6, 5.0),
            seed.between(0.45, 1) * (1 if n < 4 else -0.7),
        )
        for n in range(6)
    ]
    return [
        [
            sum(
                height * exp(-(((x - hx) / wide) ** 2) - ((y - hy) / deep) ** 2) for hx, hy, wide, deep, height in hills
            )
            for x in range(columns)
        ]
        for y in range(rows)
    ]


def _traced(heights: list[list[float]], level: float) -> list[list[_Point]]:
    """Return the lines along which the landscape has this height, in the grid's pixels."""
    links: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    places: dict[tuple[int, int, int], _Point] = {}
    for y in range(len(heights) - 1):
        for x in range(len(heights[0]) - 1):
            corners = (heights[y][x], heights[y][x + 1], heights[y + 1][x], heights[y + 1][x + 1])
            if not min(corners) < level <= max(corners):
                continue
            # The cell's four edges, each named by its upper or left end and its direction.
            edges = [(x, y, 0), (x + 1, y, 1), (x, y + 1, 0), (x, y, 1)]
            crossed = [edge for edge in edges if _crosses(heights, edge, level)]
            for one, two in zip(crossed[::2], crossed[1::2], strict=False):
                for edge, other in ((one, two), (two, one)):
                    places[edge] = _place(heights, edge, level)
                    links.setdefault(edge, []).append(other)
    return _chained(links, places)


def _crosses(heights: list[list[float]], edge: tuple[int, int, int], level: float) -> bool:
    one, two = _ends(heights, edge)
    return (one < level) != (two < level)


def _ends(heights: list[list[float]], edge: tuple[int, int, int]) -> tuple[float, float]:
    x, y, down = edge
    return heights[y][x], heights[y + 1][x] if down else heights[y][x + 1]


def _place(heights: list[list[float]], edge: tuple[int, int, int], level: float) -> _Point:
    one, two = _ends(heights, edge)
    share = (level - one) / (two - one)
    x, y, down = edge
    return ((x - 1 + (0 if down else share)) * _STEP, (y - 1 + (share if down else 0)) * _STEP)


def _chained(
    links: dict[tuple[int, int, int], list[tuple[int, int, int]]], places: dict[tuple[int, int, int], _Point]
) -> list[list[_Point]]:
    """Return the links joined into lines; open ones first, from their ends, then the rings."""
    lines, seen = [], set()
    for start in sorted(links, key=lambda edge: (len(links[edge]), edge)):
        if start in seen:
            continue
        line, here = [], start
        while here not in seen:
            seen.add(here)
            line.append(places[here])
            here = next((edge for edge in links[here] if edge not in seen), start)
        if len(links[start]) > 1:
            line.append(places[start])
        lines.append(line)
    return lines


def _smooth(line: list[_Point]) -> str:
    """Return path data through the middles of the line's pieces, with its corners as handles."""
    is_ring = line[0] == line[-1]
    if is_ring:
        line = [_middle(line[0], line[1]), *line[1:-1], line[0], _middle(line[0], line[1])]
    x, y = round(line[0][0]), round(line[0][1])
    written = [f"M{x} {y}"]
    last = len(line) - 2
    for n in range(1, last + 1):
        handle, end = line[n], line[n + 1] if n == last else _middle(line[n], line[n + 1])
        end_x, end_y = round(end[0]), round(end[1])
        written.append(f"q{joined(round(handle[0]) - x, round(handle[1]) - y, end_x - x, end_y - y)}")
        x, y = end_x, end_y
    return "".join(written)


def _middle(one: _Point, other: _Point) -> _Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
