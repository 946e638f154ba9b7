"""Lanterns after dark: indigo ground, a bright accent, dark before light."""

from themes.presets.preset import Preset

PRESET = Preset(
    key="nightmarket",
    label="Night market",
    description="Dark first, with one bright light. For music, film, food and the evening trades.",
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
