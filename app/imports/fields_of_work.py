"""Which field of work some words belong to, as `content/fields_of_work.toml` has it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple


class FieldsOfWork(NamedTuple):
    """`fields` by word, those who would take a field's work in by field, and words that speak for nothing."""

    fields: dict[str, list[str]]
    nearest: dict[str, list[str]]
    empty: frozenset[str]


@cache
def fields_of_work() -> FieldsOfWork:
    """Return what is written, read once."""
    with (Path(__file__).parent / "content" / "fields_of_work.toml").open("rb") as file:
        written = tomllib.load(file)
    fields: dict[str, list[str]] = {}
    for field, words in written["words"].items():
        for word in words.split():
            fields.setdefault(stem(word), []).append(field)
    return FieldsOfWork(fields, written["nearest"], frozenset(map(stem, written["empty"]["words"].split())))


def stem(word: str) -> str:
    """Return a word without the s of its plural: “signs” speaks for the same as “sign”."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
