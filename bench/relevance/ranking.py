"""The real gigs in a marketplace of their own, ranked by plain PostgreSQL full-text search and by ours."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from uuid import UUID

from flask import Flask
from sqlalchemy import insert

from app.categories.vocabulary import folded, skills_named
from app.core import clock
from app.core.database import db
from app.factory import create_app
from app.gigs.models import Gig, GigSkill
from app.search.matching import answer
from app.search.question import Question
from bench import data
from bench.data import Database
from bench.relevance import gigs
from tenants.context import tenant_context
from tenants.resolution import tenant_by_id

_TENANT = 1
# Titles weigh more than skills here too.
_PLAIN = """
    WITH plain AS (
        SELECT g.id, setweight(to_tsvector('english', title), 'A')
               || setweight(to_tsvector('english', coalesce(string_agg(s.name, ', '), '')), 'B') AS words
          FROM gigs g LEFT JOIN gig_skills gs ON gs.tenant_id = g.tenant_id AND gs.gig_id = g.id
          LEFT JOIN skills s ON s.tenant_id = gs.tenant_id AND s.id = gs.skill_id
         GROUP BY g.tenant_id, g.id, title
    )
    SELECT asked.number, (array_agg(id ORDER BY rank DESC, id))[1:10] AS best
      FROM (SELECT number, websearch_to_tsquery('english', text) AS query
              FROM unnest(CAST(%s AS text[])) WITH ORDINALITY AS said (text, number)) AS asked
      JOIN LATERAL (SELECT id, ts_rank(words, asked.query) AS rank FROM plain WHERE words @@ asked.query) AS found ON true
     GROUP BY asked.number
"""


@contextmanager
def real_gigs() -> Iterator[tuple[Database, Flask]]:
    """Give a database with one marketplace of the real gigs, and an application on it inside that marketplace."""
    with data.database("bench_relevance", tenants=1, gigs=0) as database:
        app = create_app(database.settings)
        with app.app_context():
            hall = tenant_by_id(_TENANT)
            assert hall is not None
            with tenant_context(hall):
                if db.session.query(Gig).first() is None:
                    _fill()
                yield database, app
                db.session.rollback()
                db.engine.dispose()


def ours(question: str) -> Sequence[int]:
    """Return the numbers of the best ten by our own search, as a visitor finds them."""
    return [one.int for one in answer(Question.read(question), "gig", for_visitors=True).ids[:10]]


def by_plain(database: Database, questions: Sequence[str]) -> dict[str, Sequence[int]]:
    """Return the numbers of the best ten of each question by PostgreSQL's own ranking."""
    with database.operator() as connection:
        best = {questions[number - 1]: found for number, found in connection.execute(_PLAIN, (list(questions),))}
    return {question: [one.int for one in best.get(question, ())] for question in questions}


def _fill() -> None:
    now, numbered = clock.now(), iter(enumerate(gigs()))
    while batch := list(islice(numbered, 250)):
        rows = [
            {
                # A gig's id is its number in the data.
                "id": UUID(int=number), "author_id": UUID(data.member_id(_TENANT, 1)), "direction": "request", "state": "open",
                "title": row["Job Title"], "created_at": now, "updated_at": now, "published_at": now, "state_changed_at": now,
            }
            for number, row in batch
        ]  # fmt: skip
        db.session.execute(insert(Gig), rows)
        skills = {}
        for number, row in batch:
            names = [name.strip() for name in row["Skills"].split(",") if not name.strip().startswith("+")]
            for position, skill_id in enumerate(skills_named(name for name in names if folded(name))):
                skills[number, skill_id] = {
                    "gig_id": UUID(int=number), "relation": "needed", "skill_id": skill_id, "position": position,
                }  # fmt: skip
        db.session.execute(insert(GigSkill), list(skills.values()))
        db.session.commit()
