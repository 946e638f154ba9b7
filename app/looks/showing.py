"""What the page about the look shows: the styles in the hall's own colour, and the looks it had."""

from dataclasses import dataclass
from datetime import datetime

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.looks.models import Appearance
from app.looks.queries import last_versions
from tenants.context import tenant
from themes.oklch import HEX_COLOUR
from themes.presets import PRESETS
from themes.specimen import specimen_url

# As the fields of the form are called.
_LABELS = {
    "preset": _l("Style"),
    "brand_colour": _l("Brand colour"),
    "tagline": _l("One sentence about it"),
    "welcome": _l("Words of welcome"),
    "logo": _l("Logo"),
    "cover": _l("Cover"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """One of the six, as a leader chooses among them; `picture` is the address of a specimen."""

    key: str
    label: str
    note: str
    picture: str


@dataclass(frozen=True, slots=True)
class Worn:
    """A look that the hall has or had; `changed` says in words what was new with it."""

    number: int
    label: str
    picture: str
    changed: str
    by: str | None
    at: datetime


def styles(colour: str | None) -> list[Style]:
    """Return the six styles in a colour; in the hall's own where that one is none."""
    usable = colour if colour and HEX_COLOUR.fullmatch(colour) else tenant.brand_colour
    return [
        Style(key, preset.label, preset.description, specimen_url(key, usable, tenant.name))
        for key, preset in PRESETS.items()
    ]


def history(how_many: int) -> list[Worn]:
    """Return the last looks, the one in use first."""
    rows = last_versions(how_many + 1)
    found = []
    for row, before in zip(rows, [*rows[1:], None], strict=False):
        if before is not None:
            changed = " · ".join(str(_LABELS[name]) for name in Appearance.of(row).differs_in(Appearance.of(before)))
        else:
            changed = ""
        found.append(
            Worn(
                row.number,
                PRESETS[row.preset].label,
                specimen_url(row.preset, row.brand_colour, tenant.name),
                _("Back to version %(restores)s", restores=row.restores) if row.restores else changed,
                row.name,
                row.made_at,
            )
        )
    return found[:how_many]
