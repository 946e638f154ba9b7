"""The words of a search field: read kindly, and as patterns for LIKE."""

from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam

LONGEST = 400
_MOST_WORDS = 6


def asked_words(text: str | None) -> list[str]:
    """Return the different words of what somebody typed, in lower case; of very many, the first."""
    return list(dict.fromkeys((text or "").lower().split()))[:_MOST_WORDS]


def anywhere(word: str) -> str:
    r"""Return the pattern that finds a word anywhere in a text, for LIKE with `\` as its escape."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def patterns(words: list[str]) -> dict[str, str]:
    """Return the parameters `word_0`, `word_1`, … of a statement that looks for words."""
    return {f"word_{number}": anywhere(word) for number, word in enumerate(words)}


def says(text: Any, number: int) -> ColumnElement[bool]:
    """Return whether a text of the database, in lower case, holds the word of that number; its pattern is in `patterns`."""
    found: ColumnElement[bool] = text.like(bindparam(f"word_{number}", type_=Text()), escape="\\")
    return found
