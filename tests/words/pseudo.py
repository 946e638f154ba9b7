"""A language nobody speaks: every text of the catalogue in marks, what is put into it outside them.

It takes the place of Arabic. So days, numbers and lists, which Babel writes, are in Arabic letters; what people of the tests
wrote is in Greek ones; and a Latin word outside the marks is a text that nobody can translate.
"""

import re
from html.parser import HTMLParser
from typing import Any

from babel.messages.pofile import read_po
from babel.support import NullTranslations

from app.core.currencies import SYMBOLS
from app.core.languages import CATALOGUES, LANGUAGES

#: The language that the pseudo-language stands in for.
CODE = "ar"

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# Not for translating: addresses, names of files and time zones, currencies, the product's name, initials, the languages'
# own names, and colours.
_NAMES = [
    r"https?://\S+",
    r"[\w.+-]+@[\w.-]+",
    r"[\w.-]*\b(localhost|example\.\w+)(:\d+)?(/[\w./-]*)?",
    r"\b[A-Z]\w+(/[A-Z][\w -]+)+|\bUTC\b",
    r"(?<!\S)(/[\w-]+)+/?",
    rf"\b({'|'.join([*SYMBOLS, 'CHF', 'SEK', 'DKK', 'NOK', 'PLN', 'CZK'])})\b( \([^)]*\))?",
    r"#[0-9a-f]{6}\b",
    r"\b\S+\.(csv|pdf|md)\b",
    r"\bGuildhall\b",
    r"\b[A-Z]\b",
    *map(re.escape, LANGUAGES.values()),
]
_KEPT_OUT = re.compile("|".join(_NAMES))
_SHARED = {"og:title", "og:description", "og:site_name", "og:image:alt"}
_LATIN = re.compile(r"[A-Za-z]")


class Marked(NullTranslations):
    """⟦Each text that the catalogue knows⟧; one that it does not know stays bare, and is found."""

    def __init__(self) -> None:
        super().__init__()
        with (CATALOGUES / CODE / "LC_MESSAGES" / "messages.po").open("rb") as file:
            self.known = {_id(message.id) for message in read_po(file, locale=CODE) if message.id}

    def ugettext(self, message: str) -> str:
        return marked(message) if message in self.known else message

    def ungettext(self, singular: str, plural: str, number: int) -> str:
        return marked(singular if number == 1 else plural) if singular in self.known else plural

    def upgettext(self, context: str, message: str) -> str:
        return self.ugettext(message)


def _id(text: Any) -> str:
    return text if isinstance(text, str) else text[0]


def marked(text: str) -> str:
    """Return a text in marks: “Join %(name)s” → “⟦Join ⟧%(name)s⟦⟧”."""
    return f"⟦{_PLACEHOLDER.sub(lambda found: f'⟧{found[0]}⟦', text)}⟧"


def bare_words(text: str, known: re.Pattern[str]) -> list[str]:
    """Return what stands outside the marks of a plain text, without what needs no translation."""
    scanner = _Scanner(known)
    return [found for line in text.splitlines() if (found := scanner.read(line))]


class _Scanner:
    """Reads text piece by piece. Marks may open in one piece and close in a later one, as around a link in a sentence."""

    def __init__(self, known: re.Pattern[str]) -> None:
        self.depth, self.known = 0, known

    def read(self, text: str) -> str:
        outside = []
        for character in text:
            if character == "⟦":
                self.depth += 1
            elif character == "⟧":
                self.depth = max(self.depth - 1, 0)
            elif not self.depth:
                outside.append(character)
        if not any(_LATIN.match(character) for character in outside):
            return ""
        left = _KEPT_OUT.sub(" ", self.known.sub(" ", "".join(outside)))
        return left.strip() if _LATIN.search(left) else ""


class Reader(HTMLParser):
    """Collects every bare text of a page: what is seen, and what is read out."""

    ATTRIBUTES = {"title", "alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "label"}
    # Times are Babel's, keys are keys, and scripts and styles are nobody's to read.
    SILENT = {"script", "style", "time", "kbd", "code", "template"}

    def __init__(self, known: re.Pattern[str]) -> None:
        super().__init__()
        self.scanner, self.known = _Scanner(known), known
        self.silent = 0
        self.bare: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        said = [given[name] for name in given if name in self.ATTRIBUTES and tag not in ("time", "link")]
        if tag == "meta" and (given.get("name") == "description" or given.get("property", "") in _SHARED):
            said.append(given["content"])
        elif tag == "input" and given.get("type") in ("submit", "button", "reset"):
            said.append(given.get("value", ""))
        self.bare += [f"{tag}: {found}" for text in said for found in bare_words(text, self.known)]
        if tag in self.SILENT:
            self.silent += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent and (found := self.scanner.read(data)):
            self.bare.append(" ".join(found.split()))


def bare_texts(html: str, known: re.Pattern[str]) -> list[str]:
    """Return the texts of a page that are neither in marks nor anybody's own."""
    reader = Reader(known)
    reader.feed(html)
    reader.close()
    return reader.bare
