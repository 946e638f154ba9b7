"""Our drawings as dots, with Pillow: only in a process of its own (`themes.identity_press`), never in a web worker.

It knows the part of SVG that we write ourselves, and complains about anything else.
"""

import re
from collections.abc import Callable
from math import cos, hypot, radians, sin
from typing import Any
from xml.etree import ElementTree

from PIL import Image, ImageDraw

from themes.drawing.geometry import Point
from themes.drawing.paths import dashed, ellipse, lines_of

# x′ = a·x + c·y + e, y′ = b·x + d·y + f
Matrix = tuple[float, float, float, float, float, float]
Style = dict[str, str]

_INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-dashoffset",
    "fill-opacity",
    "stroke-opacity",
)
_STEP = re.compile(r"(translate|rotate|scale)\(([^)]*)\)")
# (what it says, where its middle stands on the line, how tall, in which colour)
WriteText = Callable[[str, Point, float, Any], None]


class Raster:
    """Draws SVG elements on an image. `ink` gives the image's colour for a written one and its opacity, or None for what is
    left out.
    """

    def __init__(self, image: Image.Image, ink: Callable[[str, float], Any], write: WriteText | None = None) -> None:
        self.draw = ImageDraw.Draw(image)
        self.ink, self.write = ink, write

    def put(self, elements: str, at: Matrix) -> None:
        """Draw the elements, moved and scaled by a matrix."""
        for element in ElementTree.fromstring(f"<g>{elements}</g>"):
            self._put(element, at, {"fill": "#000000", "stroke": "none", "stroke-width": "1"})

    def _put(self, element: ElementTree.Element, at: Matrix, inherited: Style) -> None:
        style = inherited | {name: element.attrib[name] for name in _INHERITED if name in element.attrib}
        at = _moved(at, element.get("transform", ""))
        if element.tag == "g":
            for child in element:
                self._put(child, at, style)
        elif element.tag == "text":
            self._text(element, at, style)
        else:
            for points, closed in _outline(element):
                self._line([_placed(at, point) for point in points], closed, style, _scale(at))

    def _line(self, points: list[Point], closed: bool, style: Style, scale: float) -> None:
        if (fill := self._ink("fill", style)) is not None:
            self.draw.polygon(points, fill=fill)
        if (ink := self._ink("stroke", style)) is None:
            return
        width = max(round(float(style["stroke-width"]) * scale), 1)
        if "stroke-dasharray" in style:
            dash, offset = float(style["stroke-dasharray"]) * scale, float(style.get("stroke-dashoffset", 0)) * scale
            for one in dashed(points, dash, offset):
                self.draw.line(one, fill=ink, width=width)
        else:
            self.draw.line([*points, points[0]] if closed else points, fill=ink, width=width, joint="curve")

    def _ink(self, part: str, style: Style) -> Any:
        return None if style[part] == "none" else self.ink(style[part], float(style.get(f"{part}-opacity", 1)))

    def _text(self, element: ElementTree.Element, at: Matrix, style: Style) -> None:
        if self.write and element.text:
            place = _placed(at, (float(element.attrib["x"]), float(element.attrib["y"])))
            size = float(element.attrib["font-size"]) * _scale(at)
            self.write(element.text, place, size, self._ink("fill", style))


def _outline(element: ElementTree.Element) -> list[tuple[list[Point], bool]]:
    def number(name: str) -> float:
        return float(element.get(name, 0))

    if element.tag == "path":
        return lines_of(element.attrib["d"])
    elif element.tag == "circle":
        return [(ellipse(number("cx"), number("cy"), number("r"), number("r")), True)]
    elif element.tag == "ellipse":
        return [(ellipse(number("cx"), number("cy"), number("rx"), number("ry")), True)]
    else:
        raise ValueError(f"our drawings have no <{element.tag}>")


def placed(scale: float, x: float, y: float) -> Matrix:
    """Return the matrix that scales a drawing and moves it to (x, y)."""
    return scale, 0.0, 0.0, scale, x, y


def _placed(at: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = at
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _scale(at: Matrix) -> float:
    return hypot(at[0], at[1])


def _moved(at: Matrix, written: str) -> Matrix:
    for kind, numbers in _STEP.findall(written):
        first, *rest = (float(number) for number in numbers.replace(",", " ").split())
        if kind == "translate":
            step: Matrix = (1.0, 0.0, 0.0, 1.0, first, rest[0] if rest else 0.0)
        elif kind == "scale":
            step = (first, 0.0, 0.0, rest[0] if rest else first, 0.0, 0.0)
        else:
            turn = radians(first)
            step = (cos(turn), sin(turn), -sin(turn), cos(turn), 0.0, 0.0)
        at = _joined(at, step)
    return at


def _joined(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f
