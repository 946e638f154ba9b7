"""Which things answer a question, the best first. They are candidates: whoever shows them reads them under row-level security
and by the audience's rule, and shows what is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from app.core import clock
from app.core.database import db
from app.search.expressions import Expressions
from app.search.languages import configuration
from app.search.marks import mark
from app.search.question import Question
from app.search.spelling import respelt
from app.search.vocabulary import Vocabulary

#: Of so many matches the newest are ranked; where there are more, pages say “1,000+”.
MOST = 1_000
# With fewer answers that say everything, those that say most of it come after them.
_FEW = 10
_MOST_OF_EACH = 250

# What a word is worth in prose, summary, skills and name; one of several that would do counts a little less.
_WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"
_RANKED = text(
    f"""
    WITH combination AS (
        SELECT to_tsquery(CAST(:configuration AS regconfig), said) AS query FROM unnest(:combinations) AS said
    ), matches AS MATERIALIZED (
        SELECT DISTINCT ON (subject_id) subject_id, fresh_at, has_room, words
          FROM combination
         CROSS JOIN LATERAL (SELECT subject_id, fresh_at, has_room, words FROM searchable
                              WHERE words @@ combination.query ORDER BY fresh_at DESC LIMIT :most) AS newest
    ), asked AS MATERIALIZED (
        SELECT number, to_tsquery(CAST(:configuration AS regconfig), exact) AS exact,
               to_tsquery(CAST(:configuration AS regconfig), near) AS near
          FROM unnest(:exact, :near) WITH ORDINALITY AS said (exact, near, number)
    ), rated AS (
        -- A rank is a mean over the words that would do: as a sum, capped, more of them are not less.
        SELECT subject_id, number,
               greatest(ts_rank('{_WEIGHTS}', words, exact, 0),
                        0.8 * least(0.6, ts_rank('{_WEIGHTS}', words, near, 0) * (numnode(near) + 1) / 2)) AS worth
          FROM matches CROSS JOIN asked
    ), rarity AS (
        SELECT number, ln(1.5 + (SELECT count(*) FROM matches) / (1.0 + count(*) FILTER (WHERE worth > 0))) AS weight
          FROM rated GROUP BY number
    ), summed AS (
        SELECT subject_id, sum(worth * weight) / sum(weight) AS worth,
               sum(weight) FILTER (WHERE worth > 0) / sum(weight) AS share
          FROM rated JOIN rarity USING (number) GROUP BY subject_id
    )
    SELECT subject_id,
           (coalesce(worth * share * share, 0.1)
            + CASE WHEN :together <> '' AND words @@ to_tsquery(CAST(:configuration AS regconfig), :together) THEN 0.1 ELSE 0 END)
           * (0.85 + 0.15 * exp(extract(epoch FROM fresh_at - :now) / (86400.0 * 45)))
           * CASE WHEN has_room THEN 1 ELSE 0.7 END AS score
      FROM matches LEFT JOIN summed USING (subject_id)
     ORDER BY score DESC, fresh_at DESC, subject_id DESC
     LIMIT :most
    """
).bindparams(*(bindparam(name, type_=ARRAY(Text())) for name in ("combinations", "exact", "near")))


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids of what answers, the best first; `has_more` where there were too many to rank. `respelt` is the question as it
    was understood, where what was typed finds nothing; `is_loose` says that some of it say only most of what was asked.
    """

    ids: tuple[UUID, ...] = ()
    has_more: bool = False
    respelt: str | None = None
    is_loose: bool = False


def answer(question: Question, kind: str, *, for_visitors: bool) -> Answer:
    """Return what answers among the things of a kind, as the tenant's members or its visitors may find it."""
    if question.is_empty:
        return Answer()
    vocabulary = Vocabulary.for_question(question)
    own = mark(kind, for_visitors=for_visitors)
    better = respelt(question, vocabulary, own)
    if better is not None:
        question, vocabulary = better, Vocabulary.for_question(better)
    expressions = Expressions.of(question, vocabulary)
    if expressions.is_empty:
        return Answer()
    found = _found(expressions, own)
    return replace(found, respelt=question.text) if better is not None else found


def _found(expressions: Expressions, own: str) -> Answer:
    strict = _ranked(expressions, [expressions.strict(own)], MOST + 1)
    if len(strict) >= _FEW:
        return Answer(tuple(strict[:MOST]), has_more=len(strict) > MOST)
    for combinations in (expressions.loose(own), expressions.single(own)):
        others = _ranked(expressions, combinations, _MOST_OF_EACH) if combinations else []
        both = tuple(dict.fromkeys((*strict, *others)))
        if len(both) > len(strict):
            return Answer(both[:MOST], is_loose=True)
    return Answer(tuple(strict))


def _ranked(expressions: Expressions, combinations: Sequence[str], most: int) -> list[UUID]:
    wanted = expressions.wanted
    values: dict[str, Any] = {
        "configuration": configuration(),
        "combinations": list(combinations),
        "exact": [term.exact for term in wanted],
        "near": [term.alternatives for term in wanted],
        "together": " <-> ".join(term.exact for term in wanted) if len(wanted) > 1 else "",
        "now": clock.now(),
        "most": most,
    }
    return list(db.session.execute(_RANKED, values).scalars())
