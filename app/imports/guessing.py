"""Which column stands for what: by its heading first, then by what its cells look like."""

import re
from collections.abc import Callable, Iterable, Sequence

from app.imports.fields import TARGETS, Target

#: By the key of a target, the position of its column.
Mapping = dict[str, int]

_ADDRESS = re.compile(r"\s*[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}\s*", re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?(?:EUR|USD|GBP|€|£)")
_SAMPLE = 50
_MOST_OF_THEM = 0.6


def guess_mapping(kind: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
    """Return which column fills which target; what nobody can guess is left out."""
    mapping: Mapping = {}
    free = dict(enumerate(map(_words, columns)))
    # First the headings that say it exactly, then those that contain it.
    for fits in (_is_heading, _contains_heading):
        for target in TARGETS[kind]:
            found = None if target.key in mapping else _best(target, free, fits)
            if found is not None:
                mapping[target.key] = found
                del free[found]
    for key, looks_so in _LOOKS[kind].items():
        found = None if key in mapping else _column_that(looks_so, free, rows)
        if found is not None:
            mapping[key] = found
            del free[found]
    return mapping


def _best(target: Target, free: dict[int, str], fits: Callable[[str, str], bool]) -> int | None:
    return next((number for heading in target.headings for number, words in free.items() if fits(words, heading)), None)


def _is_heading(words: str, heading: str) -> bool:
    return words == _words(heading)


def _contains_heading(words: str, heading: str) -> bool:
    return f" {_words(heading)} " in f" {words} "


def _column_that(looks_so: Callable[[str], object], free: Iterable[int], rows: Sequence[Sequence[str]]) -> int | None:
    for number in free:
        cells = [row[number] for row in rows[:_SAMPLE] if row[number].strip()]
        if cells and sum(bool(looks_so(cell)) for cell in cells) >= _MOST_OF_THEM * len(cells):
            return number
    return None


def _words(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))


_LOOKS: dict[str, dict[str, Callable[[str], object]]] = {
    "gigs": {"pay": _MONEY.search},
    "members": {"email": _ADDRESS.fullmatch},
}
