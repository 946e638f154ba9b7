"""A search as alerts hold gigs against it: the keys that a gig must have, the words that it must say, and its anchors.

Words are understood as the page understands them: stems, other names of skills, endings of an unfinished word, one or two
words for one, and what a mistyped one may have meant. What the page adds where little says everything (gigs that say most of
it) is no match.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from app.alerts.keys import required
from app.core.database import db
from app.core.errors import Invalid
from app.core.languages import lazy_gettext as _l
from app.gigs.search import Search
from app.gigs.searchable import KIND
from app.search.expressions import Expressions
from app.search.languages import configuration
from app.search.marks import mark
from app.search.question import Question
from app.search.spelling import respelt
from app.search.vocabulary import Vocabulary

#: The anchor of alerts that no key narrows down: every gig is held against them.
ANY = "any"
# How many of some two hundred gigs have a key of each filter, roughly. Of words that is counted.
_COMMON = 200
_SHARES = {
    "skill": 30, "place": 40, "around": 50, "category": 60, "pay": 80, "hours": 90, "due": 100, "kind": 120, "settlement": 150,
    "where": 170, "room": 190, "direction": 195,
}  # fmt: skip
_SAID_WORD = re.compile(r"'([^']*)'")

_COUNTED = text(
    f"""
    SELECT (SELECT count(*) FROM (SELECT FROM searchable
                                   WHERE words @@ to_tsquery(CAST(:configuration AS regconfig), :mark || ' & ' || said.term)
                                   LIMIT {_COMMON}) AS counted) AS gigs
      FROM unnest(:terms) WITH ORDINALITY AS said (term, number) ORDER BY number
    """
).bindparams(bindparam("terms", type_=ARRAY(Text())))
_LEXEMES = text(
    """
    SELECT lexemes[1] AS lexeme
      FROM unnest(:phrases) AS said (phrase),
           LATERAL (SELECT array_agg(word ORDER BY length(word) DESC, word) AS lexemes
                      FROM unnest(tsvector_to_array(to_tsvector(CAST(:configuration AS regconfig), phrase))) AS word) AS stems
     WHERE lexemes IS NOT NULL
    """
).bindparams(bindparam("phrases", type_=ARRAY(Text())))


class NothingToLookFor(Invalid):
    message = _l("These words say nothing that could be looked for.")


@dataclass(frozen=True, slots=True)
class Asking:
    """What a gig must have (all of `requires`) and say (an expression, or None). One of the `anchors` is among its own."""

    requires: list[str]
    wanted: str | None
    anchors: list[str]


def asking_of(search: Search) -> Asking:
    """Return what a search asks of a gig.

    :raises NothingToLookFor: when its words leave nothing to look for, so that its page never shows anything.
    """
    requires = required(search)
    meant = list(_meanings(search.q)) if search.q is not None else []
    if search.q is not None and not meant:
        raise NothingToLookFor
    found = [_rarest_key(requires), *([_rarest_words(meant)] if meant else [])]
    _, anchors = min(found, key=lambda one: one[0])
    return Asking(requires, " | ".join(f"({one.everything})" for one in meant) or None, sorted(anchors))


def word_anchor(lexeme: str) -> str:
    """Return the anchor of a word, by its stem."""
    return f"w:{lexeme}"


def _meanings(words: str) -> Iterator[Expressions]:
    """Yield the question as it was typed, and as the page understood it where nothing says that."""
    question = Question.read(words)
    vocabulary = Vocabulary.for_question(question)
    better = respelt(question, vocabulary, mark(KIND, for_visitors=False))
    readings = [(question, vocabulary), *([(better, Vocabulary.for_question(better))] if better else [])]
    for one, known in readings:
        expressions = Expressions.of(one, known)
        if not expressions.is_empty:
            yield expressions


def _rarest_key(requires: Sequence[str]) -> tuple[int, set[str]]:
    shares = [(_SHARES[re.split("[_=]", one)[0]], {one}) for one in requires]
    return min(shares, key=lambda one: one[0], default=(_COMMON + 1, {ANY}))


def _rarest_words(meant: Sequence[Expressions]) -> tuple[int, set[str]]:
    """Return how many gigs say the rarest term of each meaning, and the stems by which those are known."""
    if not all(one.wanted for one in meant):
        # Only what must not be there: no word leads to it.
        return _COMMON + 1, {ANY}
    terms = [term for one in meant for term in one.wanted]
    values = {
        "configuration": configuration(),
        "mark": f"'{mark(KIND, for_visitors=False)}'",
        "terms": [term.any for term in terms],
    }
    counts = dict(zip(terms, db.session.execute(_COUNTED, values).scalars(), strict=True))
    rarest = [min(one.wanted, key=lambda term: counts[term]) for one in meant]
    phrases = [" ".join(_SAID_WORD.findall(said)) for term in rarest for said in (term.exact, *term.near)]
    stems = db.session.execute(_LEXEMES, {"configuration": configuration(), "phrases": phrases}).scalars()
    return sum(counts[term] for term in rarest), {word_anchor(stem) for stem in stems} or {ANY}
