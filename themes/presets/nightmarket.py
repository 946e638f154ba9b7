"""Lanterns after dark: indigo ground, a bright accent, dark before light."""

from app.core.languages import lazy_gettext as _l
from themes.presets.preset import Preset

PRESET = Preset(
    key="nightmarket",
    label=_l("Night market"),
    description=_l("Dark first, with one bright light. For music, film, food and the evening trades."),
    brand_colour="#ff5fa2",
    pairing="transitional",
    weight="medium",
    scale="bold",
    radius="soft",
    density="even",
    rule="hairline",
    surfaces="night",
    pattern="contours",
    first="dark",
)
