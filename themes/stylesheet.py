"""Tokens → CSS custom properties. A sheet is about 3 KB, made in a millisecond and cached by its address."""

from functools import lru_cache

from themes.palette import Palette
from themes.presets.preset import Preset
from themes.theme import Theme, digest, theme
from themes.tokens import DENSITIES, PAIRINGS, RADII, RULES, SCALES, WEIGHTS, Scale

# Bounded: a sheet is some 3 KB, and previews try many colours.
KEPT = 256

SPACES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.25, 3.5)
STEPS = range(-1, 5)
PHONE_REM, DESK_REM = 20.0, 80.0  # the widths between which type grows
DESK_BASE = 1.0625


@lru_cache(maxsize=1024)
def stylesheet_url(preset: str, brand_colour: str) -> str:
    """Return the address of the theme's stylesheet, the same on every host. It derives nothing."""
    return f"/theme-{digest(theme(preset, brand_colour))}.css"


@lru_cache(maxsize=KEPT)
def stylesheet(of: Theme) -> str:
    """Return the whole sheet: `:root` custom properties in `@layer theme`."""
    choices = of.choices
    tokens = {**_type(choices), **_space(choices), **_colours(of.palette)}
    declared = "".join(f"--{name}:{value};" for name, value in tokens.items())
    scheme = "dark" if of.is_dark_first else "light dark"
    return (
        f"@layer theme{{:root{{color-scheme:{scheme};{declared}}}"
        ":root[data-scheme=light]{color-scheme:light}:root[data-scheme=dark]{color-scheme:dark}}"
    )


def _type(choices: Preset) -> dict[str, str]:
    pairing, scale = PAIRINGS[choices.pairing], SCALES[choices.scale]
    return {
        "font-display": pairing.display,
        "font-text": pairing.text,
        "display-weight": str(WEIGHTS[choices.weight]),
        "display-tracking": pairing.tracking,
        **{f"step-{step}": _fluid(scale, step) for step in STEPS},
    }


def _fluid(scale: Scale, step: int) -> str:
    """Return a size that grows with the window; below the body size every scale is the same."""
    phone = scale.phone**step if step >= 0 else 1.2**step
    desk = DESK_BASE * (scale.desk**step if step >= 0 else 1.2**step)
    slope = (desk - phone) / (DESK_REM - PHONE_REM)
    base = phone - slope * PHONE_REM
    return f"clamp({phone:.3g}rem,{base:.3g}rem + {slope * 100:.3g}vw,{desk:.3g}rem)"


def _space(choices: Preset) -> dict[str, str]:
    density, radius = DENSITIES[choices.density], RADII[choices.radius]
    return {
        **{f"space-{n}": f"{space * density.space:.3g}rem" for n, space in enumerate(SPACES, start=1)},
        "leading": str(density.leading),
        "control": density.control,
        "radius": radius.control,
        "radius-sheet": radius.sheet,
        "radius-chip": radius.chip,
        "rule": RULES[choices.rule],
        "measure": "66ch",
        "page": "74rem",
    }


def _colours(palette: Palette) -> dict[str, str]:
    return {
        name: light if light == palette.dark[name] else f"light-dark({light},{palette.dark[name]})"
        for name, light in palette.light.items()
    }
