"""Rounded, leafy and friendly; woven like a basket."""

from app.core.languages import lazy_gettext as _l
from themes.presets.preset import Preset

PRESET = Preset(
    key="garden",
    label=_l("Garden"),
    description=_l("Rounded and friendly on leaf-tinted paper. For neighbourhoods, food and growing."),
    brand_colour="#2f7d3b",
    pairing="humanist",
    weight="firm",
    scale="even",
    radius="round",
    density="roomy",
    rule="firm",
    surfaces="leaf",
    pattern="weave",
)
