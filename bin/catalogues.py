"""Our words in other languages: `update` takes what the code says into the catalogues, `check` says what is missing.

.venv/bin/python bin/catalogues.py update     # new texts get an empty translation, unused ones go
.venv/bin/python bin/catalogues.py check      # what `make check` asks
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "app" / "translations"
COMPLETE = ("de", "es")
PARTLY = ("ar",)

# The demo's words are its people's own, and the style guide is read by whoever works on the product.
_LEFT_OUT = ("app/seeds", "app/styleguide", "app/mailbox", "app/static")
_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
_OPTIONS = {
    "**/templates/**.html": {"extensions": "app.keeping.Keeping", "newstyle_gettext": "true", "trimmed": "true"}
}
_KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "_l", "_n", "gettext")),
    "ngettext": (1, 2),
    **dict.fromkeys(("_p", "_lp", "pgettext"), ((1, "c"), 2)),
}
_NOT_WRITTEN = ('"POT-', '"PO-', '"Last-', '"Generated-', '"Project-', '"Report-', '"Language-Team')
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]*>")


def main(wish: str) -> int:
    """Do what is wished; return 0 when nothing is missing."""
    said = texts()
    if wish == "update":
        for language in COMPLETE + PARTLY:
            update(language, said)
        return 0
    problems = [problem for language in COMPLETE + PARTLY for problem in check(language, said)]
    print("\n".join(problems))
    return 1 if problems else 0


@dataclass(frozen=True, order=True)
class Said:
    """A text of the code: one or two forms of it, and what it is about where its English words alone do not tell."""

    forms: tuple[str, ...]
    context: str = ""

    @property
    def id(self) -> Any:
        """What it is known by in a catalogue."""
        return self.forms[0] if len(self.forms) == 1 else self.forms

    @property
    def key(self) -> tuple[str, str]:
        return self.forms[0], self.context


def texts() -> dict[Said, set[str]]:
    """Return every text of the code, and the files that say it."""
    sys.path.insert(0, str(ROOT))
    found: dict[Said, set[str]] = {}
    for package in ("app", "tenants", "themes", "billing"):
        for name, _, message, _, context in extract_from_dir(
            str(ROOT / package),
            _METHODS,
            _OPTIONS,
            keywords=_KEYWORDS,
            directory_filter=_is_ours,
            strip_comment_tags=True,
        ):
            path = f"{package}/{name}"
            if not path.startswith(_LEFT_OUT):
                forms = (message,) if isinstance(message, str) else tuple(message)
                found.setdefault(Said(forms, context or ""), set()).add(path)
    return found


def _is_ours(folder: str) -> bool:
    return not Path(folder).name.startswith((".", "__"))


def update(language: str, said: Iterable[Said]) -> None:
    """Write a catalogue with exactly the texts of the code, each with the translation it has so far."""
    before = catalogue(language)
    after = Catalog(locale=language, project="Guildhall", charset="utf-8", fuzzy=False)
    for text in sorted(said, key=lambda one: one.key):
        known = before.get(text.forms[0], text.context or None)
        after.add(
            text.id, known.string if known is not None and _fits(known, text) else None, context=text.context or None
        )
    after.header_comment = (
        f"# What Guildhall says, in its language {language!r}. Kept in step with the code by bin/catalogues.py."
    )
    after.creation_date = after.revision_date = None  # type: ignore[assignment]
    written = BytesIO()
    write_po(written, after, width=120, no_location=True, omit_header=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Dates and names would be more lines to merge, and say nothing.
    path.write_text("".join(line for line in lines if not line.startswith(_NOT_WRITTEN)))


def catalogue(language: str) -> Catalog:
    """Return a language's catalogue as it is; an empty one where there is none."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def check(language: str, said: dict[Said, set[str]]) -> Iterator[str]:
    """Tell what is wrong with a language, a line each."""
    known = {(_first(message), message.context or ""): message for message in catalogue(language) if message.id}
    for text, files in said.items():
        message = known.pop(text.key, None)
        if message is None or not _fits(message, text):
            yield f"{language}: not in the catalogue (run bin/catalogues.py update): {text.forms[0]!r}, {min(files)}"
        elif not _is_translated(message):
            if language in COMPLETE:
                yield f"{language}: not translated: {text.forms[0]!r}, {min(files)}"
        elif message.fuzzy:
            yield f"{language}: fuzzy: {text.forms[0]!r}"
        else:
            yield from _wrong_placeholders(language, message)
    yield from (f"{language}: nobody says this any more (run bin/catalogues.py update): {text!r}" for text, _ in known)


def _wrong_placeholders(language: str, message: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    wanted = sorted(_PLACEHOLDER.findall(ids[-1]))
    for string in strings:
        has = sorted(_PLACEHOLDER.findall(string))
        # “1 day” and “2 days” may be one word each, without the number.
        if has != wanted and (len(strings) == 1 or sorted({*has, "%(num)s"}) != sorted({*wanted, "%(num)s"})):
            yield f"{language}: other placeholders than the text: {ids[0]!r}: {string!r}"


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def _fits(message: Message, text: Said) -> bool:
    return tuple([message.id] if isinstance(message.id, str) else message.id) == text.forms


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "check"))
