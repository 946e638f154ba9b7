"""Styles name no left and no right, so that pages in Arabic need none of their own."""

import re
from pathlib import Path

_STYLES = Path(__file__).parents[2] / "app" / "static" / "css"
_PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:^|[;{\s])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)


def test_styles_name_no_left_and_no_right():
    found = {
        f"{path.name}:{number}: {line.strip()[:100]}"
        for path in _STYLES.rglob("*.css")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if _PHYSICAL.search(line)
    }
    assert found == set()
