"""Guessing which of a marketplace's categories some work belongs to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import select

from app.categories.models import Category
from app.core.database import db
from app.imports.fields_of_work import fields_of_work, stem
from tenants.isolation import scoped
from themes.drawing.emblem import mark_for

_OWN_WORD, _FIELD, _NEXT_FIELD = 2.0, 1.5, 0.75
_IN_SKILLS, _IN_TITLE = 2.0, 1.0
_TOKEN = re.compile(r"[^\W_][^\s,;/()]*")


class Guesser:
    """Knows the categories of the tenant in force; read once, asked for every row."""

    def __init__(self) -> None:
        categories = db.session.scalars(
            select(Category).where(scoped(Category), Category.archived_at.is_(None)).order_by(Category.position)
        ).all()
        self._by_name = {category.name.casefold(): category.id for category in categories}
        self._by_name |= {category.slug: category.id for category in categories}
        self._weights: dict[str, dict[UUID, float]] = {}
        by_field: dict[str, list[UUID]] = {}
        for category in categories:
            for word in {*_words(category.name), *_words(category.summary)}:
                self._weights.setdefault(word, {})[category.id] = _OWN_WORD
            field = mark_for(category.emblem) or mark_for(category.name)
            by_field.setdefault(field or "", []).append(category.id)
        for word, fields in fields_of_work().fields.items():
            for field in fields:
                self._weigh(word, field, by_field)

    def named(self, name: str) -> UUID | None:
        """Return the category of this name or address, or None."""
        return self._by_name.get(name.strip().casefold())

    def guess(self, skills: Iterable[str], title: str) -> UUID | None:
        """Return the category that fits best, or None when nothing speaks for any."""
        score: Counter[UUID] = Counter()
        for weight, text in (*((_IN_SKILLS, skill) for skill in skills), (_IN_TITLE, title)):
            for word in _words(text):
                for category_id, fits in self._weights.get(word, {}).items():
                    score[category_id] += weight * fits  # type: ignore[assignment]
        best = score.most_common(1)
        return best[0][0] if best else None

    def _weigh(self, word: str, field: str, by_field: dict[str, list[UUID]]) -> None:
        """Let a word of a field speak for the categories of that field, or for those of the nearest that there is."""
        for distance, near in enumerate((field, *fields_of_work().nearest.get(field, ()))):
            for category_id in by_field.get(near, ()):
                weights = self._weights.setdefault(word, {})
                weights[category_id] = max(weights.get(category_id, 0), _NEXT_FIELD if distance else _FIELD)
            if near in by_field:
                return


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text that may speak for something, each also with the one before it: “web-design”."""
    known = fields_of_work()
    before = ""
    for match in _TOKEN.finditer(text.casefold()):
        # “.net” and “c++” keep their marks, “sign!” does not.
        word = match[0] if match[0] in known.fields else match[0].strip(".:!?'\"-")
        for said in (stem(word), stem(f"{before}-{word}")):
            if len(said) > 1 and said not in known.empty:
                yield said
        before = word
