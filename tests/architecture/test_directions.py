"""Styles name no left and no right, so that pages in Arabic need none of their own."""

import re
from pathlib import Path

_STYLES = Path(__file__).parents[2] / "app" / "static" / "css"
_PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:^|[;{\s])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)
# `padding: 0 0 1rem 2rem` puts its last on the left, whichever way the page runs.
_UNEVEN = re.compile(
    r"(?:^|[;{\s])(?:margin|padding|inset)\s*:\s*(?P<top>\S+|\w*\([^)]*\))\s+(?P<right>[^\s;]+\([^)]*\)|[^\s;]+)"
    r"\s+(?:[^\s;]+\([^)]*\)|[^\s;]+)\s+(?P<left>[^\s;]+\([^)]*\)|[^\s;]+)\s*;"
)


def test_no_shorthand_is_wider_on_one_side():
    found = {
        f"{path.name}: {uneven[0].strip()}"
        for path in _STYLES.rglob("*.css")
        for uneven in _UNEVEN.finditer(path.read_text())
        if uneven["right"] != uneven["left"]
    }
    assert found == set()


def test_styles_name_no_left_and_no_right():
    found = {
        f"{path.name}:{number}: {line.strip()[:100]}"
        for path in _STYLES.rglob("*.css")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if _PHYSICAL.search(line)
    }
    assert found == set()
