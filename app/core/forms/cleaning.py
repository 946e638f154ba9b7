"""What people type, made safe to keep: stripped, in Unicode NFC, without what cannot be shown."""

import re
import unicodedata
from dataclasses import dataclass

from app.core.bidi import without_isolates
from app.core.languages import gettext as _

# What is shown again in a refused form. More than this helps nobody and would make the answer huge.
KEPT = 50_000

# Controls, halves of surrogate pairs, the marks that reorder what a reader sees, and noncharacters.
# Left-to-right and right-to-left marks stay: Arabic and Hebrew need them and they reorder nothing.
_FORBIDDEN = "\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b-\x1f{_FORBIDDEN}]")
_UNPRINTABLE_IN_A_LINE = re.compile(f"[\x00-\x1f{_FORBIDDEN}]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
_ASTRAL_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SPACES = re.compile(r"\s+")
# Separators, and what is only a control or a format mark.
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A typed text: `text` is safe to store and to show, `size` its length in characters as sent,
    `complaint` what stood in it that cannot be kept (empty when nothing did).
    """

    text: str
    size: int
    complaint: str = ""


def clean_line(typed: str) -> Cleaned:
    """Return a single line: no line breaks, no tabs, runs of spaces as one."""
    cleaned = _clean(typed, _UNPRINTABLE_IN_A_LINE)
    text = _SPACES.sub(" ", cleaned.text).strip()
    size = cleaned.size if cleaned.size > KEPT else len(text)
    return Cleaned(text, size, cleaned.complaint)


def clean_paragraphs(typed: str) -> Cleaned:
    """Return text of many lines, with line ends as a bare newline."""
    return _clean(typed, _UNPRINTABLE)


def is_blank(text: str) -> bool:
    """Say whether nothing in the text can be seen: zero-width characters alone are no answer."""
    return all(unicodedata.category(character) in _INVISIBLE for character in text)


def _clean(typed: str, unprintable: re.Pattern[str]) -> Cleaned:
    whole = _LINE_ENDS.sub("\n", typed).strip()
    # Cut first: nothing after this line does work in proportion to a hostile length.
    text = _ASTRAL_PAIR.sub(lambda pair: _joined(pair.group()), without_isolates(whole[:KEPT]))
    found = unprintable.search(text)
    if found:
        text = unprintable.sub(_stand_in, text)
    text = unicodedata.normalize("NFC", text).strip()
    size = len(text) if len(whole) <= KEPT else len(whole)
    return Cleaned(text[:KEPT], size, _describe(found.group()) if found else "")


def _joined(pair: str) -> str:
    return pair.encode("utf-16", "surrogatepass").decode("utf-16")


def _stand_in(found: re.Match[str]) -> str:
    return " " if found.group() in "\t\n" else ""


def _describe(character: str) -> str:
    code = ord(character)
    if character == "\n":
        return _("a line break")
    elif character == "\t":
        return _("a tab")
    elif code == 0:
        return _("a null byte")
    elif code < 0x20 or 0x7F <= code <= 0x9F:
        return _("a control character (U+%(code)s)", code=f"{code:04X}")
    elif 0xD800 <= code <= 0xDFFF:
        return _("half a character (U+%(code)s)", code=f"{code:04X}")
    elif code >= 0xFDD0:
        return _("a character that does not exist (U+%(code)s)", code=f"{code:04X}")
    else:
        return _("a mark that changes the direction of writing (U+%(code)s)", code=f"{code:04X}")
