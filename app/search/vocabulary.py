"""What a tenant's own words say to a question: which of its words are known, what an unfinished one may become, what else
means the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.database import db
from app.search.languages import configuration
from app.search.question import Question
from tenants.context import current_tenant_id

_SHORTEST_BEGINNING = 2
_SHORTEST_PART = 3
_MOST_ENDINGS = 12
_MOST_MEANINGS = 24

# Words that are too common to say anything (“the”) are empty after stemming.
_ASKED = text(
    """
    SELECT asked.word, FALSE AS begun, numnode(to_tsquery(CAST(:configuration AS regconfig), asked.word)) = 0 AS empty,
           EXISTS (SELECT FROM search_words w WHERE w.tenant_id = :tenant_id AND w.word = asked.word) AS known
      FROM unnest(:words) AS asked (word)
     UNION ALL
    SELECT word, TRUE, FALSE, TRUE
      FROM (SELECT word FROM search_words
             WHERE tenant_id = :tenant_id AND word > :begun AND word < CAST(:begun AS text) || chr(1114111)
             ORDER BY length(word), word LIMIT :most) AS endings
     WHERE :begun <> ''
    """
).bindparams(bindparam("words", type_=ARRAY(Text())))


# A name that is asked for, and each other name of the same skill.
_MEANINGS = text(
    """
    SELECT said.words AS asked, other.words AS meant
      FROM skill_names said
      JOIN skill_names other ON other.tenant_id = said.tenant_id AND other.skill_id = said.skill_id
                            AND other.words <> said.words
     WHERE said.tenant_id = :tenant_id AND said.words = ANY (:asked) AND other.tenant_id = :tenant_id
     ORDER BY said.words, length(other.words) LIMIT :most
    """
).bindparams(bindparam("asked", type_=ARRAY(Text())))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What was found out about the words of one question. `endings` are what its last word may become."""

    known: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    meanings: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    @classmethod
    def for_question(cls, question: Question) -> "Vocabulary":
        """Return what the tenant in force knows of a question's words."""
        asked = [word for term in (*question.wanted, *question.unwanted) for word in term.words]
        last = question.wanted[-1] if question.wanted else None
        begun = last.words[0] if last and last.is_word and len(last.words[0]) >= _SHORTEST_BEGINNING else ""
        words = dict.fromkeys([*asked, *_wholes(question), *(part for word in asked for part in _parts(word))])
        values = {
            "tenant_id": current_tenant_id(),
            "configuration": configuration(),
            "words": list(words),
            "begun": begun,
            "most": _MOST_ENDINGS,
        }
        rows = db.session.execute(_ASKED, values).all()
        return cls(
            frozenset(row.word for row in rows if row.known and not row.begun),
            frozenset(row.word for row in rows if row.empty),
            tuple(row.word for row in rows if row.begun),
            _meanings(question),
        )

    def pairs(self, question: Question) -> list[tuple[str, str]]:
        """Return the words of a question that mean something side by side: word press, WordPress."""
        return [pair for pair in _pairs(question) if "".join(pair) in self.known or " ".join(pair) in self.meanings]

    def splits(self, word: str) -> list[tuple[str, str]]:
        """Return the two words that were perhaps written as one: dropshipping, drop shipping."""
        halves = ((word[:at], word[at:]) for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1))
        return [(one, other) for one, other in halves if one in self.known and other in self.known]


def _meanings(question: Question) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return what else names of skills among the words mean, by the words asked."""
    asked = [" ".join(term.words) for term in question.wanted if term.is_word or not term.quoted]
    asked += [" ".join(pair) for pair in _pairs(question)]
    if not asked:
        return {}
    values = {"tenant_id": current_tenant_id(), "asked": asked, "most": _MOST_MEANINGS}
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in db.session.execute(_MEANINGS, values):
        found.setdefault(row.asked, []).append(tuple(row.meant.split()))
    return {words: tuple(meant) for words, meant in found.items()}


def _wholes(question: Question) -> Iterable[str]:
    """Yield what words that stand side by side would be as one."""
    yield from ("".join(pair) for pair in _pairs(question))
    for term in question.wanted:
        if len(term.words) > 1:
            yield "".join(term.words)


def _pairs(question: Question) -> Iterable[tuple[str, str]]:
    for one, other in pairwise(question.wanted):
        if one.is_word and other.is_word:
            yield one.words[0], other.words[0]


def _parts(word: str) -> Iterable[str]:
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        yield word[:at]
        yield word[at:]
