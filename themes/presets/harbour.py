"""Light, wide and blue-aired; geometric letters over slow waves."""

from app.core.languages import lazy_gettext as _l
from themes.presets.preset import Preset

PRESET = Preset(
    key="harbour",
    label=_l("Harbour"),
    description=_l("Airy and geometric, with room to breathe. For networks, studios and software."),
    brand_colour="#0b6bcb",
    pairing="geometric",
    weight="medium",
    scale="even",
    radius="soft",
    density="roomy",
    rule="hairline",
    surfaces="air",
    pattern="waves",
)
