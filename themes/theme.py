"""A hall's theme: a preset, one brand colour, and what the leader chose differently."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.errors import Invalid
from app.core.languages import lazy_gettext as _l
from themes.oklch import HEX_COLOUR
from themes.palette import Palette, palette
from themes.presets import PRESETS
from themes.presets.preset import CHOICES, Preset


class UnknownPreset(Invalid):
    message = _l("There is no such look. Choose one of the six.")


class BadBrandColour(Invalid):
    message = _l("Write the colour as six digits after a #, such as #a8322a.")


class UnknownChoice(Invalid):
    message = _l("A theme has no such setting.")


@dataclass(frozen=True, slots=True)
class Theme:
    """A validated look. `overrides` are sorted (token, choice) pairs; make one with `theme()`."""

    preset: str
    brand_colour: str
    overrides: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.preset not in PRESETS:
            raise UnknownPreset
        if not HEX_COLOUR.fullmatch(self.brand_colour):
            raise BadBrandColour
        for token, choice in self.overrides:
            if choice not in CHOICES.get(token, ()):
                raise UnknownChoice
        if len(dict(self.overrides)) != len(self.overrides):
            raise UnknownChoice

    @property
    def choices(self) -> Preset:
        """The preset with the overrides applied."""
        return replace(PRESETS[self.preset], **dict(self.overrides))

    @property
    def palette(self) -> Palette:
        """The colours by token name, as `#rrggbb`, for what can't read a stylesheet: e-mail, pictures."""
        return palette(self.brand_colour, self.choices.surfaces)

    @property
    def is_dark_first(self) -> bool:
        return self.choices.first == "dark"


def theme(preset: str, brand_colour: str, **overrides: str) -> Theme:
    """Return the theme; raise `UnknownPreset`, `BadBrandColour` or `UnknownChoice` (all `Invalid`)."""
    return Theme(preset, brand_colour.strip().lower(), tuple(sorted(overrides.items())))


def digest(of: Theme) -> str:
    """Return the part of a stylesheet's address that names everything the sheet depends on, such as
    `atelier.a8322a.5f3c9e2b`: preset, colour, overrides, and the edition of the code that derives it.
    """
    overrides = [f"{token}_{choice}" for token, choice in of.overrides]
    return ".".join((of.preset, of.brand_colour[1:], *overrides, EDITION))


_DIGEST = re.compile(r"([a-z]+)\.([0-9a-f]{6})((?:\.[a-z]+_[a-z-]+)*)\.([0-9a-f]{8})")


def theme_of(written: str) -> tuple[Theme, bool] | None:
    """Return the theme that a digest names and whether it is of this edition; None if it names none."""
    match = _DIGEST.fullmatch(written)
    if match is None:
        return None
    preset, colour, overrides, edition = match.groups()
    pairs = [part.partition("_") for part in overrides.split(".")[1:]]
    try:
        found = Theme(preset, f"#{colour}", tuple((token, choice) for token, _, choice in pairs))
    except Invalid:
        return None
    return found, edition == EDITION


def _edition() -> str:
    """Return a mark of the code that decides how a theme looks, so that a new release never meets what
    was kept under the old one's addresses.
    """
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:8]


EDITION = _edition()
