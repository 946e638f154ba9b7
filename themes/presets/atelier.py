"""Warm paper, an old-style serif, engraver's rosettes."""

from app.core.languages import lazy_gettext as _l
from themes.presets.preset import Preset

PRESET = Preset(
    key="atelier",
    label=_l("Atelier"),
    description=_l("Warm paper and an old-style serif. For crafts, letters and anything made slowly."),
    brand_colour="#a8322a",
    pairing="old-style",
    weight="medium",
    scale="even",
    radius="crisp",
    density="even",
    rule="firm",
    surfaces="cream",
    pattern="rosettes",
)
