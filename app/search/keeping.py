"""Writing what things say into the search's own tables."""

from collections.abc import Iterable, Sequence
from itertools import islice
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.database import db
from app.core.folding import written
from app.search.languages import CONFIGURATIONS, OTHERWISE
from app.search.marks import marks
from app.search.sources import Entry, Source
from tenants.context import current_tenant_id

#: So many things are made findable in one go; more are left to the worker.
AT_ONCE = 300
_LONGEST_PROSE = 6_000
_MOST_WORDS = 600
_SHORTEST_WORD = 3

_CASES = " ".join(f"WHEN '{locale}' THEN '{name}'" for locale, name in CONFIGURATIONS.items())
_GONE = text(
    """
    DELETE FROM search_entries WHERE tenant_id = :tenant_id AND kind = :kind AND subject_id = ANY (:ids)
    """
).bindparams(bindparam("ids", type_=ARRAY(Uuid())))
_PUT = text(
    f"""
    WITH language AS (
        SELECT (CASE locale {_CASES} ELSE '{OTHERWISE}' END)::regconfig AS words FROM tenants WHERE id = :tenant_id
    )
    INSERT INTO search_entries (tenant_id, kind, subject_id, fresh_at, has_room, words)
    SELECT :tenant_id, :kind, subject_id, fresh_at, has_room,
           setweight(to_tsvector(language.words, name), 'A') || setweight(to_tsvector(language.words, skills), 'B')
           || setweight(to_tsvector(language.words, summary), 'C') || setweight(to_tsvector(language.words, prose), 'D')
           || marks::tsvector
      FROM language,
           unnest(CAST(:ids AS uuid[]), CAST(:fresh AS timestamptz[]), CAST(:room AS boolean[]), CAST(:names AS text[]),
                  CAST(:skills AS text[]), CAST(:summaries AS text[]), CAST(:prose AS text[]), CAST(:marks AS text[]))
           AS said (subject_id, fresh_at, has_room, name, skills, summary, prose, marks)
        ON CONFLICT (tenant_id, kind, subject_id) DO UPDATE
       SET fresh_at = excluded.fresh_at, has_room = excluded.has_room, words = excluded.words
    """
)
_WORDS = text(
    """
    INSERT INTO search_words (tenant_id, word)
    SELECT :tenant_id, word FROM unnest(CAST(:words AS text[])) AS said (word)
     WHERE NOT EXISTS (SELECT FROM search_words known WHERE known.tenant_id = :tenant_id AND known.word = said.word)
        ON CONFLICT DO NOTHING
    """
)


def refresh(source: Source, ids: Iterable[UUID]) -> None:
    """Let the search know what these things say now; what cannot be found any more leaves it."""
    waiting = iter(sorted(set(ids)))
    while batch := list(islice(waiting, AT_ONCE)):
        entries = source.read(batch)
        gone = set(batch) - {entry.subject_id for entry in entries}
        if gone:
            db.session.execute(_GONE, {"tenant_id": current_tenant_id(), "kind": source.kind, "ids": sorted(gone)})
        if entries:
            _put(source.kind, entries)


def _put(kind: str, entries: Sequence[Entry]) -> None:
    texts = [_written(entry) for entry in entries]
    names, skills, summaries, prose = zip(*texts, strict=True)
    db.session.execute(
        _PUT,
        {
            "tenant_id": current_tenant_id(),
            "kind": kind,
            "ids": [entry.subject_id for entry in entries],
            "fresh": [entry.fresh_at for entry in entries],
            "room": [entry.has_room for entry in entries],
            "names": list(names),
            "skills": list(skills),
            "summaries": list(summaries),
            "prose": list(prose),
            "marks": [marks(kind, for_visitors=entry.for_visitors) for entry in entries],
        },
    )
    # In one order, so that two who bring the same words do not wait for each other in a circle.
    words = sorted({word for said in texts for word in islice(_telling(said), _MOST_WORDS)})
    if words:
        db.session.execute(_WORDS, {"tenant_id": current_tenant_id(), "words": words})


def _written(entry: Entry) -> tuple[str, ...]:
    return tuple([written(text[:_LONGEST_PROSE]) for text in entry.texts])


def _telling(texts: Iterable[str]) -> Iterable[str]:
    """Yield the words worth suggesting to somebody who mistypes them."""
    return (word for said in texts for word in said.split() if len(word) >= _SHORTEST_WORD and not word.isdecimal())
