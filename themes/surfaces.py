"""What the colours stand on: how light, how tinted and how warm a hall's paper is, by day and by night."""

from dataclasses import dataclass
from typing import Literal

from themes.oklch import Oklch

BRAND_HUE = -1.0
Band = Literal["wash", "solid"]


@dataclass(frozen=True, slots=True)
class Ground:
    """Three surfaces of one scheme. A hue of `BRAND_HUE` follows the brand colour."""

    paper: Oklch
    sheet: Oklch
    wash: Oklch


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Both schemes' ground, the hue of ink and greys, and what the front page's band is filled with.

    `warmth` (0–1) is how much of the paper's own hue the tinted wash keeps.
    """

    light: Ground
    dark: Ground
    ink_hue: float
    ink_chroma: float
    band: Band
    warmth: float = 0.0


SURFACES = {
    "cream": Surfaces(
        light=Ground(Oklch(0.982, 0.010, 85), Oklch(0.996, 0.004, 85), Oklch(0.952, 0.022, BRAND_HUE)),
        dark=Ground(Oklch(0.185, 0.008, 75), Oklch(0.225, 0.009, 75), Oklch(0.245, 0.018, BRAND_HUE)),
        ink_hue=75,
        ink_chroma=0.014,
        band="wash",
        warmth=0.5,
    ),
    "concrete": Surfaces(
        light=Ground(Oklch(0.958, 0.003, 100), Oklch(0.985, 0.002, 100), Oklch(0.915, 0.006, BRAND_HUE)),
        dark=Ground(Oklch(0.190, 0.003, 260), Oklch(0.235, 0.004, 260), Oklch(0.275, 0.008, BRAND_HUE)),
        ink_hue=260,
        ink_chroma=0.006,
        band="solid",
    ),
    "air": Surfaces(
        light=Ground(Oklch(0.990, 0.003, BRAND_HUE), Oklch(1.0, 0.0, 0), Oklch(0.964, 0.016, BRAND_HUE)),
        dark=Ground(Oklch(0.200, 0.016, BRAND_HUE), Oklch(0.240, 0.018, BRAND_HUE), Oklch(0.268, 0.028, BRAND_HUE)),
        ink_hue=BRAND_HUE,
        ink_chroma=0.022,
        band="wash",
    ),
    "plain": Surfaces(
        light=Ground(Oklch(1.0, 0.0, 0), Oklch(1.0, 0.0, 0), Oklch(0.958, 0.005, 250)),
        dark=Ground(Oklch(0.170, 0.004, 250), Oklch(0.210, 0.005, 250), Oklch(0.245, 0.008, 250)),
        ink_hue=250,
        ink_chroma=0.008,
        band="wash",
    ),
    "night": Surfaces(
        light=Ground(Oklch(0.968, 0.010, 300), Oklch(0.990, 0.005, 300), Oklch(0.930, 0.026, BRAND_HUE)),
        dark=Ground(Oklch(0.175, 0.028, 285), Oklch(0.215, 0.032, 285), Oklch(0.245, 0.048, BRAND_HUE)),
        ink_hue=290,
        ink_chroma=0.018,
        band="wash",
        warmth=0.3,
    ),
    "leaf": Surfaces(
        light=Ground(Oklch(0.975, 0.013, 118), Oklch(0.994, 0.006, 115), Oklch(0.942, 0.036, BRAND_HUE)),
        dark=Ground(Oklch(0.205, 0.014, 150), Oklch(0.245, 0.016, 150), Oklch(0.275, 0.030, BRAND_HUE)),
        ink_hue=140,
        ink_chroma=0.020,
        band="wash",
        warmth=0.3,
    ),
}
