"""OKLCH and contrast arithmetic, for deriving colours that stay readable.

OKLCH after Björn Ottosson, "A perceptual color space for image processing" (2020); contrast after
WCAG 2.2, "relative luminance" and "contrast ratio". The tests hold both against coloraide, which is
too big to live in a web worker (docs/decisions/colour-arithmetic.md).
"""

import re
from math import atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

HEX_COLOUR = re.compile(r"#[0-9a-f]{6}")
_JUST_INSIDE = 1e-4


class Oklch(NamedTuple):
    """Lightness 0–1, chroma 0–about 0.37, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def oklch(colour: str) -> Oklch:
    """Return the OKLCH coordinates of a `#rrggbb` colour. A grey has hue 0."""
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    chroma = hypot(a, b)
    if chroma < _JUST_INSIDE:
        return Oklch(lightness, 0.0, 0.0)
    return Oklch(lightness, chroma, degrees(atan2(b, a)) % 360)


def hex_colour(colour: Oklch) -> str:
    """Return `#rrggbb`; what sRGB can't show loses chroma, never lightness or hue."""
    lightness = min(max(colour.lightness, 0.0), 1.0)
    channels = _channels(lightness, colour.chroma, colour.hue)
    if not _shown(channels):
        low, high = 0.0, colour.chroma
        while high - low > 0.002:
            middle = (low + high) / 2
            if _shown(_channels(lightness, middle, colour.hue)):
                low = middle
            else:
                high = middle
        channels = _channels(lightness, low, colour.hue)
    return "#" + "".join(f"{_gamma(channel):02x}" for channel in channels)


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two `#rrggbb` colours, 1–21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a `#rrggbb` colour, 0–1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with a share (0–1) of `other` stirred in, channel by channel."""
    pairs = zip(_bytes(colour), _bytes(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * share):02x}" for mine, theirs in pairs)


def _bytes(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = _bytes(colour)
    return _LINEAR[red], _LINEAR[green], _LINEAR[blue]


_LINEAR = tuple(step / 255 / 12.92 if step <= 10 else ((step / 255 + 0.055) / 1.055) ** 2.4 for step in range(256))


def _channels(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _shown(channels: tuple[float, float, float]) -> bool:
    return min(channels) >= -_JUST_INSIDE and max(channels) <= 1 + _JUST_INSIDE


def _gamma(channel: float) -> int:
    channel = min(max(channel, 0.0), 1.0)
    encoded = 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
    return round(encoded * 255)
