"""Statements on paper. Why they are in Latin letters and one typeface is in docs/decisions/statements-on-paper.md."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.languages import SOURCE, direction, language, speaking

_WIDTH = 170.0
_FIGURE = 31.0
# What the typefaces that every reader of PDFs brings along do not have, as they have it.
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "…": "..."})


@dataclass(frozen=True, slots=True)
class Part:
    """A table under a heading: what its columns are called, and their cells. The last `figures` columns hold amounts."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: int = 1


def in_latin_letters() -> Any:
    """Return the context in which a statement on paper is put into words: in the language in force, where it can be written."""
    return speaking(SOURCE if direction() == "rtl" else language())


def on_paper(heading: str, lines: Sequence[str], parts: Sequence[Part], *, now: datetime) -> bytes:
    """Return a document: a heading, lines below it, and tables that go on over as many pages as they need."""
    # Only here: no web process carries the library that never makes one.
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_margins(20, 20)
    pdf.set_auto_page_break(True, margin=20)
    pdf.set_creation_date(now)
    pdf.set_lang(language())
    pdf.set_title(latin(heading))
    pdf.add_page()
    _line(pdf, heading, 18, "B", 10)
    for line in lines:
        _line(pdf, line, 10, "", 6)
    for part in parts:
        _table(pdf, part)
    return bytes(pdf.output())


def latin(text: str) -> str:
    """Return a text in the letters that can be written; accents that cannot are left out, and so are other scripts."""
    kept = []
    for letter in text.translate(_PLAIN):
        plain = letter if _is_latin(letter) else unicodedata.normalize("NFKD", letter)
        kept.append("".join(one for one in plain if _is_latin(one)))
    return "".join(kept)


def _is_latin(letter: str) -> bool:
    return ord(letter) < 256 and letter.isprintable()


def _line(pdf: Any, text: str, size: int, style: str, height: float) -> None:
    pdf.set_font("helvetica", style, size)
    pdf.multi_cell(_WIDTH, height, latin(text), align="L", new_x="LMARGIN", new_y="NEXT")


def _table(pdf: Any, part: Part) -> None:
    words = len(part.head) - part.figures
    first = (_WIDTH - part.figures * _FIGURE) / words
    widths = [first] * words + [_FIGURE] * part.figures
    pdf.ln(6)
    _line(pdf, part.title, 12, "B", 8)
    for number, row in enumerate([part.head, *part.rows]):
        pdf.set_font("helvetica", "" if number else "B", 9)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            text = _fitting(pdf, latin(cell), width)
            pdf.cell(width, 6, text, border="B", align="L" if place < words else "R")
        pdf.ln()


def _fitting(pdf: Any, text: str, width: float) -> str:
    """Return as much of a text as a column has room for."""
    while text and pdf.get_string_width(text) > width - 2:
        text = f"{text.removesuffix('...')[:-1]}..." if len(text) > 4 else ""
    return text
