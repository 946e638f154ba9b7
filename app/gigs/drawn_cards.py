"""Rows of lists, drawn once for each shape: the markup is the template's own, the words are filled in.

A list shows rows that differ in their words and hardly ever in their shape: which facts there are, how many skills, which of them
are the reader's. The template draws each shape once, with marks where the words go; after that a row costs a join.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import escape

from app.core.languages import language
from app.gigs.facts import Facts, Skill
from themes.drawing import initials

# No text of anybody's can hold a mark: PostgreSQL keeps no null bytes.
_MARK = re.compile("\0(\\d+)\0")
_SPECIAL = re.compile("[&<>\"']")
# What is words in every row; the state decides what is drawn, and skills are of any number.
_WORDS = Facts._fields[:-2]
_NUMBER = len(_WORDS)
_MOST_SHAPES = 2_000

_shapes: dict[tuple[Any, ...], "_Shape"] = {}


class _Shape(NamedTuple):
    """The markup between the words, and which of the words stand there."""

    texts: list[str]
    order: list[int]

    def filled(self, words: Sequence[Any]) -> str:
        parts = self.texts.copy()
        parts[1::2] = [_escaped(words[number]) for number in self.order]
        return "".join(parts)


class CardDrawer:
    """Draws the rows of one list, headed at `level`."""

    def __init__(self, level: int) -> None:
        self._level = level
        self._language = language()

    def draw(self, row: Facts) -> str:
        """Return the markup of a row: what the template would draw."""
        if not row.author_initials:
            # The template would work them out of the name; a mark has none.
            row = row._replace(author_initials=initials(row.author_name))
        words = row[:_NUMBER]
        key = (
            self._language,
            self._level,
            row.state,
            *map(bool, words),
            *[skill.yours for skill in row.skills],
        )
        shape = _shapes.get(key) or self._new_shape(key, row)
        return shape.filled([*words, *[skill.name for skill in row.skills]])

    def _new_shape(self, key: tuple[Any, ...], row: Facts) -> _Shape:
        if len(_shapes) >= _MOST_SHAPES:
            _shapes.clear()
        marks = {
            name: _mark(number) if getattr(row, name) or name == "author_initials" else getattr(row, name)
            for number, name in enumerate(_WORDS)
        }
        skills = [Skill(_mark(number), skill.yours) for number, skill in enumerate(row.skills, start=_NUMBER)]
        pieces = _MARK.split(str(self._macro(row._replace(**marks, skills=skills), self._level)))
        shape = _shapes[key] = _Shape(
            ["" if at % 2 else piece for at, piece in enumerate(pieces)], [int(n) for n in pieces[1::2]]
        )
        return shape

    @cached_property
    def _macro(self) -> Any:
        return current_app.jinja_env.get_template("components/gigs.html").module.gig_row  # type: ignore[attr-defined]


def _escaped(word: Any) -> str:
    # Most words hold nothing to escape, and finding that out is quicker.
    text = str(word)
    return str(escape(text)) if _SPECIAL.search(text) else text


def _mark(number: int) -> str:
    return f"\0{number}\0"
