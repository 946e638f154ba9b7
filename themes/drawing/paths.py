"""Path data as lines of points: what a picture made of dots needs of our drawings. All commands of SVG, as we write them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import acos, ceil, cos, degrees, hypot, pi, radians, sin, sqrt

from themes.drawing.geometry import Point

_NUMBER = re.compile(r"\s*,?\s*(-?(?:\d+\.?\d*|\.\d+))")
_FLAG = re.compile(r"\s*,?\s*([01])")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}
_STEPS = 14


def lines_of(data: str) -> list[tuple[list[Point], bool]]:
    """Return each part of a path as its points, and whether it is closed."""
    pen = _Pen()
    for command, numbers in _commands(data):
        pen.move(command, numbers)
    return [(points, closed) for points, closed in pen.parts if len(points) > 1]


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command with one set of its numbers."""
    for found in re.finditer(r"([A-Za-z])([^A-Za-z]*)", data):
        command, written, at = found[1], found[2], 0
        takes = _TAKES[command.upper()]
        if not takes:
            yield command, []
        while takes and written[at:].strip(" ,"):
            numbers = []
            for place in range(takes):
                # The two flags of an arc are one digit each and may stand without a space.
                pattern = _FLAG if command in "Aa" and place in (3, 4) else _NUMBER
                number = pattern.match(written, at)
                if number is None:
                    raise ValueError(f"{written!r} does not belong to {command}")
                numbers.append(float(number[1]))
                at = number.end()
            yield command, numbers
            command = {"M": "L", "m": "l"}.get(command, command)


class _Pen:
    def __init__(self) -> None:
        self.parts: list[tuple[list[Point], bool]] = []
        self.at: Point = (0.0, 0.0)
        # The handle that `S` mirrors.
        self.handle: Point | None = None

    def move(self, command: str, numbers: list[float]) -> None:
        kind, start = command.upper(), self.at if command.islower() else (0.0, 0.0)
        if kind == "Z":
            points, _ = self.parts[-1]
            self.parts[-1] = points, True
            self.at = points[0]
        elif kind == "A":
            if numbers[2]:
                raise ValueError("our arcs are never turned")
            self._arc(
                numbers[0],
                numbers[1],
                numbers[3] != numbers[4],
                numbers[4] > 0,
                (start[0] + numbers[5], start[1] + numbers[6]),
            )
        elif kind == "H":
            self._line([(start[0] + numbers[0], self.at[1])])
        elif kind == "V":
            self._line([(self.at[0], start[1] + numbers[0])])
        else:
            pairs = [(start[0] + x, start[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            self._to(kind, pairs)
        if kind not in "CS":
            self.handle = None

    def _to(self, kind: str, pairs: list[Point]) -> None:
        if kind == "M":
            self.at = pairs[0]
            self.parts.append(([self.at], False))
        elif kind == "L":
            self._line(pairs)
        elif kind == "Q":
            (hx, hy), end = pairs
            one = (self.at[0] + (hx - self.at[0]) * 2 / 3, self.at[1] + (hy - self.at[1]) * 2 / 3)
            two = (end[0] + (hx - end[0]) * 2 / 3, end[1] + (hy - end[1]) * 2 / 3)
            self._curve(one, two, end)
        else:
            mirrored = (2 * self.at[0] - self.handle[0], 2 * self.at[1] - self.handle[1]) if self.handle else self.at
            one, two, end = pairs if kind == "C" else (mirrored, *pairs)
            self._curve(one, two, end)
            self.handle = two

    def _line(self, points: list[Point]) -> None:
        if not self.parts or self.parts[-1][1]:
            self.parts.append(([self.at], False))
        self.parts[-1][0].extend(points)
        self.at = points[-1]

    def _curve(self, one: Point, two: Point, end: Point) -> None:
        start, points = self.at, []
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            u = 1 - t
            weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            corners = (start, one, two, end)
            points.append(
                (
                    sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
                    sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
                )
            )
        self._line(points)

    def _arc(self, rx: float, ry: float, is_positive: bool, sweep: bool, end: Point) -> None:
        """Go along an upright ellipse (SVG 2, appendix B.2.4)."""
        (x1, y1), (x2, y2) = self.at, end
        dx, dy = (x1 - x2) / 2 / rx, (y1 - y2) / 2 / ry
        far = dx * dx + dy * dy
        grown = max(sqrt(far), 1.0)
        rx, ry, dx, dy, far = rx * grown, ry * grown, dx / grown, dy / grown, far / grown**2
        off = sqrt(max(1 / far - 1, 0.0)) * (1 if is_positive else -1)
        middle = (off * dy, -off * dx)
        centre = (middle[0] * rx + (x1 + x2) / 2, middle[1] * ry + (y1 + y2) / 2)
        first = _angle(dx - middle[0], dy - middle[1])
        span = (_angle(-dx - middle[0], -dy - middle[1]) - first) % 360 - (0 if sweep else 360)
        steps = max(ceil(abs(span) / 6), 2)
        turns = [radians(first + span * step / steps) for step in range(1, steps + 1)]
        self._line([(centre[0] + rx * cos(angle), centre[1] + ry * sin(angle)) for angle in turns])


def _angle(x: float, y: float) -> float:
    found = degrees(acos(max(-1.0, min(1.0, x / hypot(x, y)))))
    return found if y >= 0 else -found


def ellipse(x: float, y: float, rx: float, ry: float) -> list[Point]:
    """Return the corners of an ellipse."""
    return [(x + rx * cos(2 * pi * step / 90), y + ry * sin(2 * pi * step / 90)) for step in range(90)]


def dashed(points: list[Point], length: float, offset: float) -> Iterator[tuple[Point, Point]]:
    """Yield the dashes of a line: as long as the gaps between them, `offset` into the pattern at its start."""
    walked = offset
    for (x1, y1), (x2, y2) in pairwise(points):
        whole = hypot(x2 - x1, y2 - y1)
        at = 0.0
        while at < whole:
            end = min(at + length - walked % length, whole)
            if int(walked // length) % 2 == 0:
                yield (
                    (x1 + (x2 - x1) * at / whole, y1 + (y2 - y1) * at / whole),
                    (x1 + (x2 - x1) * end / whole, y1 + (y2 - y1) * end / whole),
                )
            walked += end - at
            at = end
