"""Styles name no left and no right, so that pages in Arabic need none of their own."""

import re
from pathlib import Path

_STYLES = Path(__file__).parents[2] / "app" / "static" / "css"
_PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:^|[;{\s])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)
_SHORTHAND = re.compile(r"(?:^|[;{\s])(?:margin|padding|inset)\s*:\s*([^;}]+)")
_BRACKETS = re.compile(r"\w*\([^()]*\)")


def test_no_shorthand_is_wider_on_one_side():
    # `padding: 0 0 1rem 2rem` puts its last on the left, whichever way the page runs.
    found = {
        f"{path.name}: {shorthand[0].strip()}"
        for path in _STYLES.rglob("*.css")
        for shorthand in _SHORTHAND.finditer(path.read_text())
        if len(sides := _sides(shorthand[1])) == 4 and sides[1] != sides[3]
    }
    assert found == set()


def _sides(value: str) -> list[str]:
    while _BRACKETS.search(value):
        value = _BRACKETS.sub(lambda call: call[0].replace(" ", "").replace("(", "[").replace(")", "]"), value)
    return value.split()


def test_styles_name_no_left_and_no_right():
    found = {
        f"{path.name}:{number}: {line.strip()[:100]}"
        for path in _STYLES.rglob("*.css")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if _PHYSICAL.search(line)
    }
    assert found == set()
