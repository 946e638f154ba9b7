"""What a leader chooses among, in words: the switches of access and the styles."""

from themes.presets import PRESETS

SEEING = {"anyone": "Anyone, also without signing in", "members": "Members only"}
JOINING = {
    "open": "Anyone may join",
    "approval": "Anyone may ask; a leader decides",
    "invitation": "By invitation only",
}
POSTING = {
    "members": "Every member",
    "reviewed": "Every member, after a leader looked at it",
    "leaders": "Leaders, admins and moderators",
}


def preset_labels() -> list[tuple[str, str]]:
    """Return the styles a leader can pick, as pairs of name and label."""
    return [(name, preset.label) for name, preset in PRESETS.items()]


def preset_notes() -> dict[str, str]:
    """Return what each style is like, by its name."""
    return {name: preset.description for name, preset in PRESETS.items()}
