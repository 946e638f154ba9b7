"""Outlines, and cutting them with straight lines: what a crest is made of.

A crest cuts its own pieces instead of using `clipPath`: those need ids, and a picture that may stand on a
page ten times, some of them hidden, must not have any.
"""

import re
from math import cos, pi, sin

Point = tuple[float, float]
# (a, b, c): the side of a line where a·x + b·y ≤ c.
Side = tuple[float, float, float]

_SAMPLES = 9


def outline(path: str) -> list[Point]:
    """Return the corners of a closed path of absolute M, L, C and Z; curves become short straight pieces."""
    points: list[Point] = []
    for command, written in re.findall(r"([MLC])([^MLCZ]*)", path):
        numbers = [float(number) for number in written.split()]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "C":
            for start in range(0, len(pairs), 3):
                points += _curve(points[-1], *pairs[start : start + 3])
        else:
            points += pairs
    return points


def _curve(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    found = []
    for step in range(1, _SAMPLES + 1):
        t = step / _SAMPLES
        u = 1 - t
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        corners = (start, one, two, end)
        x = sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True))
        y = sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True))
        found.append((x, y))
    return found


def cut(shape: list[Point], sides: list[Side]) -> list[Point]:
    """Return the part of `shape` that lies on every one of the sides (Sutherland and Hodgman, 1974)."""
    for a, b, c in sides:
        kept: list[Point] = []
        for here, there in zip(shape, shape[1:] + shape[:1], strict=True):
            inside, next_inside = _beyond(here, a, b, c) <= 0, _beyond(there, a, b, c) <= 0
            if inside:
                kept.append(here)
            if inside != next_inside:
                kept.append(_crossing(here, there, a, b, c))
        shape = kept
    return shape


def _beyond(point: Point, a: float, b: float, c: float) -> float:
    return a * point[0] + b * point[1] - c


def _crossing(here: Point, there: Point, a: float, b: float, c: float) -> Point:
    mine, theirs = _beyond(here, a, b, c), _beyond(there, a, b, c)
    share = mine / (mine - theirs)
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


def scaled(shape: list[Point], factor: float, about: Point) -> list[Point]:
    """Return the shape shrunk or grown about a point."""
    return [(about[0] + (x - about[0]) * factor, about[1] + (y - about[1]) * factor) for x, y in shape]


def star(points: int, outer: float, inner: float, at: Point) -> list[Point]:
    """Return a star with its first point up."""
    return [
        (
            at[0] + (inner if corner % 2 else outer) * sin(pi * corner / points),
            at[1] - (inner if corner % 2 else outer) * cos(pi * corner / points),
        )
        for corner in range(2 * points)
    ]


def drawn(shape: list[Point]) -> str:
    """Return the shape as path data, or nothing when nothing of it is left."""
    if len(shape) < 3:
        return ""
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in shape) + "Z"


def short(number: float) -> str:
    """Return a number with at most one decimal, in as few characters as possible."""
    written = f"{number:.1f}".removesuffix(".0")
    if written == "-0":
        return "0"
    return written.replace("0.", ".", 1) if written.startswith(("0.", "-0.")) else written


def joined(*numbers: int) -> str:
    """Return whole numbers as path data; a minus sign separates as well as a space does."""
    return "".join(f" {number}" if number >= 0 else str(number) for number in numbers).strip()
