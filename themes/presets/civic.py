"""Plain as a good notice board: white, exact, nothing to admire but the words."""

from app.core.languages import lazy_gettext as _l
from themes.presets.preset import Preset

PRESET = Preset(
    key="civic",
    label=_l("Civic"),
    description=_l("Plain, exact and quick to read. For public services, companies and care."),
    brand_colour="#1d5f8a",
    pairing="humanist",
    weight="bold",
    scale="calm",
    radius="crisp",
    density="even",
    rule="firm",
    surfaces="plain",
    pattern="guilloche",
)
