"""The six looks a leader starts from. Each is data: choices from `themes.tokens`, nothing else."""

from themes.presets import atelier, civic, garden, harbour, nightmarket, workshop
from themes.presets.preset import Preset

PRESETS: dict[str, Preset] = {
    preset.key: preset
    for preset in (
        atelier.PRESET,
        workshop.PRESET,
        harbour.PRESET,
        civic.PRESET,
        nightmarket.PRESET,
        garden.PRESET,
    )
}
