"""Draws a certificate, in a process of its own: `python -m app.certificates.press FOLDER`, JSON on stdin (from `paper.paper_of`).

A4 on its side: a band with the marketplace's pattern, crest and name, the holder's name large below it, and at the foot the
link with its code for telephones. Whoever reads from the right sees it the other way round.
"""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from app.core.bidi import FSI, LRI, PDI
from app.core.paper import FACE, Paper
from app.core.press import answer
from themes.drawing import crest, pattern
from themes.theme import theme

_WIDTH, _HEIGHT, _MARGIN = 297.0, 210.0, 24.0
_BAND, _RULE, _CREST = 58.0, 2.4, 24.0
_PATTERN = 210.0
_CODE = 33.0
_FAMILY = re.compile(r'font-family="[^"]*"')
# The name is set as large as it fits on one line, and at the smallest on two.
_SIZES = (40, 36, 32, 28, 24)


def main(asked: dict[str, Any], folder: Path) -> bytes:
    """Return the document; `folder` is for what it needs meanwhile."""
    now = datetime.fromisoformat(asked["now"])
    paper = Paper(
        asked["title"],
        folder,
        language=asked["language"],
        direction=asked["direction"],
        now=now,
        orientation="landscape",
    )
    paper.set_margins(_MARGIN, _MARGIN)
    paper.c_margin = 0
    paper.set_auto_page_break(False)
    paper.add_page()
    look = theme(asked["preset"], asked["colour"])
    colours = look.palette.light
    _band(paper, asked, colours, look.choices.pattern)
    _words(paper, asked, colours)
    _foot(paper, asked, colours)
    return bytes(paper.output())


def _band(paper: Paper, asked: dict[str, Any], colours: dict[str, str], kind: str) -> None:
    paper.set_fill_color(colours["band"])
    paper.rect(0, 0, _WIDTH, _BAND, style="F")
    # Its right side is what matters: to the left of the page comes that side alone.
    at = _WIDTH * 0.42 - _PATTERN if paper.runs_left else _WIDTH - _PATTERN
    lines = str(pattern(asked["hall"], kind)).replace("currentColor", colours["band-motif"])
    with paper.rect_clip(0, 0, _WIDTH, _BAND):
        paper.image(BytesIO(lines.encode()), x=at, y=-8, w=_PATTERN)
    paper.set_fill_color(colours["band-accent"])
    paper.rect(0, _BAND, _WIDTH, _RULE, style="F")
    shield = _FAMILY.sub(f'font-family="{FACE}"', str(crest(asked["hall"], asked["colour"])))
    shield = shield.replace("currentColor", colours["on-band"])
    x = _WIDTH - _MARGIN - _CREST if paper.runs_left else _MARGIN
    paper.image(BytesIO(shield.encode()), x=x, y=(_BAND - _CREST) / 2, w=_CREST)
    room = _WIDTH * 0.5 - _MARGIN - _CREST
    paper.set_xy(_MARGIN + (0 if paper.runs_left else _CREST + 7), _BAND / 2 - 9)
    if paper.runs_left:
        paper.set_x(_WIDTH - _MARGIN - _CREST - 7 - room)
    _set(paper, asked["hall"], 22, room, colours["on-band"], bold=True, height=11)
    paper.set_x(_WIDTH - _MARGIN - _CREST - 7 - room if paper.runs_left else _MARGIN + _CREST + 7)
    _set(paper, asked["host"], 10, room, colours["band-quiet"], height=6)


def _words(paper: Paper, asked: dict[str, Any], colours: dict[str, str]) -> None:
    paper.set_xy(_MARGIN, _BAND + 17)
    paper.set_text_color(colours["accent"])
    paper.say(asked["title"], size=13, height=7, bold=True)
    paper.ln(2)
    paper.set_text_color(colours["ink"])
    if paper.can_write(asked["holder"]):
        _name(paper, f"{FSI}{asked['holder']}{PDI}")
    else:
        paper.say(asked["unwritten"], size=20, height=12, bold=True)
    paper.ln(3)
    paper.set_text_color(colours["quiet"])
    paper.say(asked["sentence"], size=12.5, height=6.5, width=paper.epw * 0.72)
    paper.ln(6)
    _rows(paper, asked["rows"], colours)


def _name(paper: Paper, name: str) -> None:
    for size in _SIZES:
        paper.set_font(FACE, "B", size)
        if paper.get_string_width(paper.written(name)) <= paper.epw - 4:
            break
    paper.say(name, size=size, height=size * 0.44, bold=True)


def _rows(paper: Paper, rows: list[list[str]], colours: dict[str, str]) -> None:
    """Set the details beside each other, each under what it is called."""
    if not rows:
        return
    top, gap = paper.get_y(), 8.0
    width = min((paper.epw - gap * (len(rows) - 1)) / len(rows), 84.0)
    for place, (label, said) in enumerate(rows):
        step = place * (width + gap)
        x = _WIDTH - _MARGIN - step - width if paper.runs_left else _MARGIN + step
        paper.set_draw_color(colours["line"])
        paper.line(x, top, x + width, top)
        paper.set_xy(x, top + 2.5)
        _set(paper, label, 9, width, colours["quiet"], height=5)
        paper.set_x(x)
        paper.set_text_color(colours["ink"])
        paper.set_font(FACE, "", 12)
        lines = paper.multi_cell(
            width, 6, paper.written(f"{FSI}{said}{PDI}"), align=paper.start, dry_run=True, output="LINES"
        )
        kept = said if len(lines) < 3 else paper.fitting(said, 1.9 * width)
        paper.multi_cell(width, 6, paper.written(f"{FSI}{kept}{PDI}"), align=paper.start)


def _foot(paper: Paper, asked: dict[str, Any], colours: dict[str, str]) -> None:
    top = _HEIGHT - _MARGIN - _CODE + 8
    x = _MARGIN if paper.runs_left else _WIDTH - _MARGIN - _CODE
    _code(paper, asked["link"], x, top, colours["ink"])
    room = paper.epw - _CODE - 12
    at = _MARGIN + _CODE + 12 if paper.runs_left else _MARGIN
    paper.set_xy(at, top + 8)
    _set(paper, asked["issued"], 12, room, colours["ink"], bold=True, height=7)
    paper.set_x(at)
    _set(paper, asked["check"], 10, room, colours["quiet"], height=6)
    paper.set_x(at)
    paper.set_text_color(colours["ink"])
    paper.set_font(FACE, "", 10)
    paper.cell(room, 6, f"{LRI}{asked['link']}{PDI}", align=paper.start, link=asked["link"])


def _code(paper: Paper, link: str, x: float, y: float, colour: str) -> None:
    dots = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    size = _CODE / len(dots)
    paper.set_fill_color(colour)
    for down, row in enumerate(dots):
        for along, is_dark in enumerate(row):
            if is_dark:
                paper.rect(x + along * size, y + down * size, size * 1.01, size * 1.01, style="F")


def _set(paper: Paper, text: str, size: float, width: float, colour: str, *, height: float, bold: bool = False) -> None:
    """Write what fits on one line, from where the pen is, and go to the next."""
    paper.set_text_color(colour)
    paper.set_font(FACE, "B" if bold else "", size)
    text = f"{FSI}{paper.fitting(text, width)}{PDI}"
    paper.cell(width, height, text, align=paper.start, new_x="START", new_y="NEXT")


if __name__ == "__main__":
    answer(main)
