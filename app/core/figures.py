"""What drawn figures need to know of their numbers. Pure; the components of `components/figures.html` draw them."""

from collections.abc import Iterable, Sequence
from math import ceil

from flask import Flask

#: The drawing's own units; the page stretches it.
WIDTH, HEIGHT = 240, 48
LEVELS = 4


def trace(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return the points of a line from left to right, the least value at the bottom and the greatest at the top.

    What never changes runs along the middle; nothing at all, along the bottom.
    """
    least, span = min(values), max(values) - min(values)
    level_line = HEIGHT / 2 if least else HEIGHT
    step = WIDTH / max(len(values) - 1, 1)
    return [
        (round(at * step, 1), round(HEIGHT * (1 - (value - least) / span) if span else level_line, 1))
        for at, value in enumerate(values)
    ]


def share(value: float, greatest: float) -> float:
    """Return how much of the greatest a value is, in percent; something is never shown as nothing."""
    if value <= 0 or greatest <= 0:
        return 0
    return max(round(100 * value / greatest, 1), 1)


def level(value: float, greatest: float) -> int:
    """Return how dark a field of a heat map is: 0 for nothing, `LEVELS` for the greatest."""
    return min(ceil(LEVELS * value / greatest), LEVELS) if value > 0 and greatest > 0 else 0


def greatest(rows: Iterable[Iterable[float]]) -> float:
    """Return the greatest number of a table, 0 of an empty one."""
    return max((value for row in rows for value in row), default=0)


def register(app: Flask) -> None:
    """Give templates these as filters."""
    app.jinja_env.filters.update(trace=trace, share=share, level=level, greatest=greatest)
