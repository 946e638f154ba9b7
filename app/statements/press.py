"""Lays a statement out, in a process of its own: `python -m app.statements.press FOLDER`, JSON on stdin (from `pdf.on_paper`)."""

from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.bidi import FSI, LRI, PDI
from app.core.paper import FACE, Paper
from app.core.press import answer

_FIGURE = 31.0
_MARGIN = 20


def main(asked: dict[str, Any], folder: Path) -> bytes:
    """Return the document: a heading, lines below it, and tables that go on over as many pages as they need."""
    now = datetime.fromisoformat(asked["now"])
    paper = Paper(asked["heading"], folder, language=asked["language"], direction=asked["direction"], now=now)
    paper.set_margins(_MARGIN, _MARGIN)
    paper.set_auto_page_break(True, margin=_MARGIN)
    paper.add_page()
    paper.say(asked["heading"], size=18, height=10, bold=True)
    for line in asked["lines"]:
        paper.say(line, size=10, height=6)
    for part in asked["parts"]:
        _table(paper, part)
    return bytes(paper.output())


def _table(paper: Paper, part: dict[str, Any]) -> None:
    words = len(part["head"]) - part["figures"]
    first = (paper.epw - part["figures"] * _FIGURE) / words
    widths = [first] * words + [_FIGURE] * part["figures"]
    paper.ln(6)
    paper.say(part["title"], size=12, height=8, bold=True)
    for number, row in enumerate([part["head"], *part["rows"]]):
        paper.set_font(FACE, "" if number else "B", 9)
        # Each cell runs its own way: a title in another script, and an amount with its sign in front everywhere.
        cells = [
            (f"{FSI if place < words else LRI}{paper.fitting(cell, width - 2)}{PDI}", width, place)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        # The first column stands where reading begins.
        for text, width, place in reversed(cells) if paper.runs_left else cells:
            paper.cell(width, 6, text, border="B", align=paper.start if place < words else paper.end)
        paper.ln()


if __name__ == "__main__":
    answer(main)
