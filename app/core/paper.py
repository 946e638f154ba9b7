"""Documents on paper, in every script that their typeface has: only in a process of their own (`app.core.press`), never in a
web worker. The typeface is FiraGO (SIL Open Font License), from the package `pymupdf-fonts`; a document carries along what it
uses of it.
"""

import unicodedata
from bisect import bisect_right
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from fpdf import FPDF
from pymupdf_fonts import myfont

FACE, _LENT = "FiraGO", "FiraGO lent"
_STYLES: dict[str, str] = {"": "figo", "B": "figbo"}
# One run of letters is shaped by the rules of one script. These are lent from a face of their own wherever they stand, so that
# a Hebrew name beside an Arabic sentence, or a Hindi one in an English sentence, is a run by itself.
_LENT_SCRIPTS = ((0x0590, 0x05FF), (0xFB1D, 0xFB4F), (0x0900, 0x097F), (0x0E00, 0x0E7F))
# What orders words and is never seen.
_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069")
_ELLIPSIS = "…"


class Paper(FPDF):
    """A document that is read in one direction; `start` and `end` are its sides in that direction. `folder` is for it alone."""

    def __init__(
        self,
        title: str,
        folder: Path,
        *,
        language: str,
        direction: str,
        now: datetime,
        orientation: Literal["portrait", "landscape"] = "portrait",
    ) -> None:
        super().__init__(format="A4", orientation=orientation)
        # The library reads typefaces from files.
        for style, name in _STYLES.items():
            file = folder / f"{name}.ttf"
            file.write_bytes(myfont(name))
            for family in (FACE, _LENT):
                self.add_font(family, style, file)
        self._letters = frozenset(self.fonts[FACE.lower()].cmap)  # type: ignore[union-attr]
        for style in _STYLES:
            known: dict[int, Any] = self.fonts[FACE.lower() + style].cmap  # type: ignore[union-attr]
            for first, last in _LENT_SCRIPTS:
                for letter in range(first, last + 1):
                    known.pop(letter, None)
        self.set_fallback_fonts([_LENT], exact_match=True)
        self.runs_left = direction == "rtl"
        self.set_text_shaping(True, direction="rtl" if self.runs_left else "ltr")
        self.set_creation_date(now)
        self.set_lang(language)
        self.set_title(title)

    @property
    def start(self) -> str:
        return "R" if self.runs_left else "L"

    @property
    def end(self) -> str:
        return "L" if self.runs_left else "R"

    def written(self, text: str) -> str:
        """Return a text without the letters that the typeface lacks; an accent that it lacks goes and leaves its letter."""
        kept = []
        for letter in unicodedata.normalize("NFC", " ".join(text.split())):
            parts = letter if self._has(letter) else unicodedata.normalize("NFKD", letter)
            kept.append("".join(one for one in parts if self._has(one)))
        return "".join(kept)

    def can_write(self, text: str) -> bool:
        """Return whether nothing of a text is lost."""
        return all(self._has(letter) for letter in unicodedata.normalize("NFC", text))

    def say(
        self, text: str, *, size: float, height: float, bold: bool = False, align: str = "", width: float = 0
    ) -> None:
        """Write a text below what stands there, over as many lines as it needs."""
        self.set_font(FACE, "B" if bold else "", size)
        if width and self.runs_left:
            self.set_x(self.l_margin + self.epw - width)
        self.multi_cell(
            width or self.epw, height, self.written(text), align=align or self.start, new_x="LMARGIN", new_y="NEXT"
        )

    def fitting(self, text: str, width: float) -> str:
        """Return as much of a text as there is room for, in the typeface in force."""
        text = self.written(text)
        if not text or self.get_string_width(text) <= width:
            return text
        cuts = range(len(text))
        room = bisect_right(cuts, width, key=lambda cut: self.get_string_width(text[:cut] + _ELLIPSIS))
        return text[: max(room - 1, 0)].rstrip() + _ELLIPSIS

    def _has(self, letter: str) -> bool:
        return ord(letter) in self._letters or letter in _UNSEEN
