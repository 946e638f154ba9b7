"""Light, wide and blue-aired; geometric letters over slow waves."""

from themes.presets.preset import Preset

PRESET = Preset(
    key="harbour",
    label="Harbour",
    description="Airy and geometric, with room to breathe. For networks, studios and software.",
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
