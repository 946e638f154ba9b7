"""How candidates are found and rated: one statement from expressions to ids, the best first.

Scores are whole numbers, and what they are measured with is given back (`Scale`): a later page measures alike, so that a row
stands where it stood whatever has come or gone meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.database import db
from app.search.expressions import Expressions
from app.search.languages import configuration

# What a word is worth in prose, summary, skills and name; one of several that would do counts a little less.
_WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"
# Of so many of the newest things a tenth says it: then it is common, and among so many of the newest there are enough.
_SAMPLE, _COMMON, _FAR = 1_000, 10, 20_000
# Among fewer things nothing is worth asking first.
_LARGE = 4_000

_COLUMNS = "subject_id, fresh_at, has_room, words"
_SO_FAR = "kind = :kind AND fresh_at <= :moment"
_RANKED = """
    WITH combination AS MATERIALIZED (
        SELECT to_tsquery(CAST(:configuration AS regconfig), said) AS query FROM unnest(:combinations) AS said
    ), size AS MATERIALIZED (
        SELECT EXISTS (SELECT FROM searchable WHERE {so_far} ORDER BY fresh_at DESC OFFSET {large} LIMIT 1) AS is_large
    ), sample AS MATERIALIZED (
        SELECT cardinality(:combinations) = 1 AND count(*) = {sample} AND {common} * count(*) FILTER (WHERE says) > {sample}
               AS is_common
          FROM (SELECT (words @@ (SELECT query FROM combination LIMIT 1)) {narrowing} AS says FROM searchable
                 WHERE {so_far} AND (SELECT is_large FROM size) ORDER BY fresh_at DESC LIMIT {sample}) AS newest
    ), walked AS MATERIALIZED (
        -- Where a word is common, the newest things are walked through until enough were met.
        SELECT {columns} FROM (SELECT {columns} FROM searchable WHERE {so_far} ORDER BY fresh_at DESC LIMIT {far}) AS searchable
         WHERE (SELECT is_common FROM sample) AND words @@ (SELECT query FROM combination LIMIT 1) {narrowing} LIMIT :most
    ), looked_up AS (
        -- Else the index of words finds all that say it.
        SELECT newest.* FROM combination CROSS JOIN LATERAL
               (SELECT {columns} FROM searchable
                 WHERE (SELECT count(*) FROM walked) < :most AND words @@ combination.query AND {so_far} {narrowing}
                 ORDER BY fresh_at DESC LIMIT :most) AS newest
    ), matches AS MATERIALIZED (
        SELECT DISTINCT ON (subject_id) {columns} FROM (TABLE walked UNION ALL TABLE looked_up) AS found
    ), asked AS MATERIALIZED (
        SELECT number, to_tsquery(CAST(:configuration AS regconfig), exact) AS exact,
               to_tsquery(CAST(:configuration AS regconfig), near) AS near
          FROM unnest(:exact, :near) WITH ORDINALITY AS said (exact, near, number)
    ), rated AS MATERIALIZED (
        -- A rank is a mean over the words that would do: as a sum, capped, more of them are not less.
        SELECT subject_id, number,
               greatest(ts_rank('{weights}', words, exact, 0),
                        0.8 * least(0.6, ts_rank('{weights}', words, near, 0) * (numnode(near) + 1) / 2)) AS worth
          FROM matches CROSS JOIN asked
    ), rarity AS MATERIALIZED (
        SELECT number,
               coalesce((:rarities)[number],
                        CAST(1000 * ln(1.5 + (SELECT count(*) FROM matches)
                                             / (1.0 + count(*) FILTER (WHERE worth > 0))) AS integer)) AS weight
          FROM rated GROUP BY number
    ), summed AS (
        SELECT subject_id, sum(worth * weight) / sum(weight) AS worth,
               CAST(sum(weight) FILTER (WHERE worth > 0) AS float8) / sum(weight) AS share
          FROM rated JOIN rarity USING (number) GROUP BY subject_id
    )
    SELECT subject_id,
           CAST(1000000 * (coalesce(worth * share * share, 0.1)
                + CASE WHEN :together <> '' AND words @@ to_tsquery(CAST(:configuration AS regconfig), :together)
                       THEN 0.1 ELSE 0 END)
                * (0.85 + 0.15 * exp(extract(epoch FROM fresh_at - :moment) / (86400.0 * 45)))
                * CASE WHEN has_room THEN 1 ELSE 0.7 END AS integer) AS score,
           (SELECT array_to_string(array_agg(weight ORDER BY number), '.') FROM rarity) AS rarities
      FROM matches LEFT JOIN summed USING (subject_id)
     ORDER BY score DESC, subject_id DESC
     LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A condition on what is found, in SQL on `searchable.subject_id`, with its parameters: so that what it lets through is not
    crowded out by what it does not.
    """

    condition: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Ranked:
    """What was found, the best first, with its scores, and how rare each term was among it, in thousandths."""

    scores: Mapping[UUID, int]
    rarities: tuple[int, ...]


def ranked(
    expressions: Expressions,
    combinations: Sequence[str],
    *,
    kind: str,
    most: int,
    moment: datetime,
    rarities: Sequence[int] | None = None,
    narrowing: Narrowing | None = None,
) -> Ranked:
    """Return what one of the combinations finds, the newest `most` of it, as of a moment.

    :param rarities: those of an earlier page; by default they are worked out.
    """
    wanted = expressions.wanted
    narrowing = narrowing or Narrowing()
    values: dict[str, Any] = {
        "kind": kind,
        "configuration": configuration(),
        "combinations": list(combinations),
        "exact": [term.exact for term in wanted],
        "near": [term.alternatives for term in wanted],
        "together": " <-> ".join(term.exact for term in wanted) if len(wanted) > 1 else "",
        "moment": moment,
        "most": most,
        "rarities": list(rarities or ()),
        **narrowing.values,
    }
    rows = db.session.execute(_statement(narrowing.condition), values).all()
    said = rows[0].rarities if rows else ""
    return Ranked(
        {row.subject_id: row.score for row in rows}, tuple(int(one) for one in (said or "").split(".") if one)
    )


@cache
def _statement(condition: str) -> TextClause:
    narrowing = f"AND {condition}" if condition else ""
    statement = _RANKED.format(
        weights=_WEIGHTS,
        sample=_SAMPLE,
        common=_COMMON,
        far=_FAR,
        large=_LARGE,
        columns=_COLUMNS,
        so_far=_SO_FAR,
        narrowing=narrowing,
    )
    lists = (bindparam(name, type_=ARRAY(Text())) for name in ("combinations", "exact", "near"))
    return text(statement).bindparams(*lists, bindparam("rarities", type_=ARRAY(Integer())))
