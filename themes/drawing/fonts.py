"""Fonts for pictures made of dots: what this machine has, in the order of a theme's pairing. Only where Pillow is loaded."""

import os
from functools import cache
from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
)
# The files of the fonts that `themes.tokens.PAIRINGS` names first, as systems call them.
_DISPLAY = {
    "old-style": ("EBGaramond12-Regular", "EBGaramond-Regular", "P052-Roman", "Palatino", "Georgia", "LiberationSerif-Regular"),
    "industrial": ("DIN Alternate Bold", "LiberationSansNarrow-Bold", "NimbusSansNarrow-Bold", "DejaVuSansCondensed-Bold"),
    "geometric": ("Avenir Next", "InterDisplay-Medium", "Montserrat-Medium", "URWGothic-Book", "Inter-Medium"),
    "humanist": ("Ubuntu-B", "Inter-SemiBold", "LiberationSans-Bold"),
    "transitional": ("Charter", "NotoSerif-Medium", "LiberationSerif-Bold", "DejaVuSerif-Bold"),
}  # fmt: skip
_TEXT = ("Ubuntu-R", "Inter-Regular", "LiberationSans-Regular", "HelveticaNeue")
# What has most scripts.
_LAST = ("NotoSans-Regular", "DejaVuSans", "NotoSansCJK-Regular", "NotoSansHebrew-Regular", "NotoSansArabic-Regular")
_ENDINGS = (".otf", ".ttf", ".ttc")


def display_font(pairing: str, words: str, size: int) -> FreeTypeFont:
    """Return the font of a pairing's headings that has most of the letters of `words`."""
    return _best((*_DISPLAY[pairing], *_LAST), words, size)


def text_font(words: str, size: int) -> FreeTypeFont:
    """Return the font for plain text that has most of the letters of `words`."""
    return _best((*_TEXT, *_LAST), words, size)


def readable(words: str, font: FreeTypeFont) -> str:
    """Return the words without the signs that a font does not have, such as an emoji."""
    missing = _missing(words, font)
    return " ".join("".join(sign for sign in words if sign not in missing).split())


def _best(names: tuple[str, ...], words: str, size: int) -> FreeTypeFont:
    least, found = len(set(words)) + 1, None
    for name in names:
        if path := _files().get(name):
            font = ImageFont.truetype(path, size)
            if (missing := len(_missing(words, font))) < least:
                least, found = missing, font
            if not missing:
                break
    # Pillow brings one of its own, for plain Latin letters.
    own = ImageFont.load_default(size)
    assert isinstance(own, FreeTypeFont)
    return own if found is None or least > len(_missing(words, own)) else found


def _missing(words: str, font: FreeTypeFont) -> set[str]:
    empty = bytes(font.getmask("\uffff"))
    return {sign for sign in set(words) if not sign.isspace() and bytes(font.getmask(sign)) == empty}


@cache
def _files() -> dict[str, str]:
    """Return where each font file lies, by its name without ending."""
    found: dict[str, str] = {}
    for folder in _FOLDERS:
        for where, _, names in os.walk(folder):
            for name in sorted(names):
                stem, ending = os.path.splitext(name)
                if ending.lower() in _ENDINGS:
                    found.setdefault(stem, str(Path(where) / name))
    return found
