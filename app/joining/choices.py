"""What a leader chooses among, in words: the switches of access and the styles."""

from app.core.languages import lazy_gettext as _l
from themes.presets import PRESETS

SEEING = {"anyone": _l("Anyone, also without signing in"), "members": _l("Members only")}
JOINING = {
    "open": _l("Anyone may join"),
    "approval": _l("Anyone may ask; a leader decides"),
    "invitation": _l("By invitation only"),
}
POSTING = {
    "members": _l("Every member"),
    "reviewed": _l("Every member, after a leader looked at it"),
    "leaders": _l("Leaders, admins and moderators"),
}


def preset_labels() -> list[tuple[str, str]]:
    """Return the styles a leader can pick, as pairs of name and label."""
    return [(name, preset.label) for name, preset in PRESETS.items()]


def preset_notes() -> dict[str, str]:
    """Return what each style is like, by its name."""
    return {name: preset.description for name, preset in PRESETS.items()}
