"""Concrete, condensed capitals of industry, a solid band of colour."""

from app.core.languages import lazy_gettext as _l
from themes.presets.preset import Preset

PRESET = Preset(
    key="workshop",
    label=_l("Workshop"),
    description=_l("Square corners, heavy rules and a solid band of colour. For makers and builders."),
    brand_colour="#e8590c",
    pairing="industrial",
    weight="bold",
    scale="bold",
    radius="square",
    density="close",
    rule="heavy",
    surfaces="concrete",
    pattern="tiles",
)
