"""What a preset consists of."""

from dataclasses import dataclass, fields

from themes.surfaces import SURFACES
from themes.tokens import DENSITIES, PAIRINGS, PATTERNS, RADII, RULES, SCALES, WEIGHTS

SCHEMES = ("light", "dark")

# Every token a theme may choose, with the choices there are.
CHOICES: dict[str, frozenset[str]] = {
    "pairing": frozenset(PAIRINGS),
    "weight": frozenset(WEIGHTS),
    "scale": frozenset(SCALES),
    "radius": frozenset(RADII),
    "density": frozenset(DENSITIES),
    "rule": frozenset(RULES),
    "surfaces": frozenset(SURFACES),
    "pattern": frozenset(PATTERNS),
    "first": frozenset(SCHEMES),
}


@dataclass(frozen=True, slots=True)
class Preset:
    """A name for a set of choices. `first` is the scheme shown to somebody who has not chosen one:
    "light" follows the reader's system, "dark" stays dark until the reader asks for light.
    """

    key: str
    label: str
    description: str
    brand_colour: str
    pairing: str
    weight: str
    scale: str
    radius: str
    density: str
    rule: str
    surfaces: str
    pattern: str
    first: str = "light"

    def __post_init__(self) -> None:
        for field in fields(self):
            choice = getattr(self, field.name)
            if field.name in CHOICES and choice not in CHOICES[field.name]:
                raise ValueError(f"{self.key}: there is no {field.name} called {choice!r}")
