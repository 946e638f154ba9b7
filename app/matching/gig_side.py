"""Reading a gig for which people are looked for: everything that counts of it, in one statement."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.database import db
from app.core.folding import words_in
from app.matching.sides import COUNTED, Task, Vocabulary, spoken
from app.matching.weights import Weights
from tenants.context import current_tenant, current_tenant_id

_MOST_WORDS, _LONGEST_NAME, _SHORTEST_NAME = 40, 3, 3
_WORD = re.compile(r"[\w+#.]+")

_READ = text(
    """
    WITH said AS (
        SELECT skill_id, relation FROM gig_skills WHERE tenant_id = :tenant_id AND gig_id = :gig_id
    ), named AS (
        SELECT id AS skill_id FROM skills WHERE tenant_id = :tenant_id AND slug = ANY (:slugs)
         UNION SELECT skill_id FROM skill_names WHERE tenant_id = :tenant_id AND words = ANY (:words)
        EXCEPT SELECT skill_id FROM said
    ), kin AS (
        SELECT kin.asked_id, kin.skill_id, kin.strength
          FROM said JOIN skill_kin kin ON kin.tenant_id = :tenant_id AND kin.asked_id = said.skill_id
         WHERE said.relation = 'needed' ORDER BY kin.strength DESC LIMIT 60
    ), every AS (
        SELECT skill_id FROM said UNION SELECT skill_id FROM named UNION SELECT skill_id FROM kin
    ), counted AS (
        SELECT every.skill_id, skill.name, in_gigs.uses + in_people.uses AS uses
          FROM every JOIN skills skill ON skill.tenant_id = :tenant_id AND skill.id = every.skill_id
         CROSS JOIN LATERAL (SELECT count(*) AS uses FROM (
                SELECT FROM gig_skills WHERE tenant_id = :tenant_id AND skill_id = every.skill_id LIMIT :counted) few
               ) in_gigs
         CROSS JOIN LATERAL (SELECT count(*) AS uses FROM (
                SELECT FROM member_skills WHERE tenant_id = :tenant_id AND skill_id = every.skill_id LIMIT :counted) few
               ) in_people
    )
    SELECT (SELECT json_agg(json_build_array(skill_id, name, uses)) FROM counted) AS skills,
           (SELECT json_agg(skill_id) FROM named) AS named,
           (SELECT json_agg(json_build_array(asked_id, skill_id, strength)) FROM kin) AS kin,
           (SELECT count(*) FROM (SELECT FROM gigs WHERE tenant_id = :tenant_id LIMIT :counted * 10) few)
           + (SELECT count(*) FROM (SELECT FROM members WHERE tenant_id = :tenant_id LIMIT :counted * 10) few) AS size,
           (SELECT weights FROM matching_weights WHERE tenant_id = :tenant_id) AS weights
    """
).bindparams(bindparam("slugs", type_=ARRAY(Text())), bindparam("words", type_=ARRAY(Text())))


@dataclass(frozen=True)
class Sought:
    """A gig, the vocabulary as far as it concerns it, and the weights in force."""

    task: Task
    vocabulary: Vocabulary
    weights: Weights


def sought(row: Any) -> Sought:
    """Return a gig, given as a row of `app.matching.candidates`, as matching sees it."""
    slugs, words = names_in(row.title)
    values = {"tenant_id": current_tenant_id(), "gig_id": row.id, "slugs": slugs, "words": words, "counted": COUNTED}
    found = db.session.execute(_READ, values).one()
    skills = [(UUID(skill), name, uses) for skill, name, uses in found.skills or ()]
    vocabulary = Vocabulary(
        {skill: name for skill, name, _ in skills},
        {skill: uses for skill, _, uses in skills},
        found.size,
        {(UUID(asked), UUID(skill)): strength for asked, skill, strength in found.kin or ()},
    )
    named = frozenset(UUID(skill) for skill in found.named or ())
    return Sought(task_of(row, named), vocabulary, Weights.read(found.weights, current_tenant().kind))


def task_of(row: Any, named: frozenset[UUID]) -> Task:
    """Return a row of `app.matching.candidates` as the score takes it."""
    return Task(
        id=row.id,
        author_id=row.author_id,
        direction=row.direction,
        needs=tuple(row.needed or ()),
        gains=tuple(row.gained or ()),
        named=named,
        category_id=row.category_id,
        category=row.category or "",
        minutes=row.effort_minutes,
        span=row.effort_span,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        due_on=row.due_on,
        remote=row.remote,
        place=row.place,
        published_at=row.published_at,
        languages=spoken(row.languages),
        author=row.author,
        author_joined_at=row.author_joined_at,
        author_finished=row.author_finished,
    )


def names_in(title: str) -> tuple[list[str], list[str]]:
    """Return what names of skills might stand in a title, as the vocabulary's slugs and as its folded words."""
    plain = _WORD.findall(unicodedata.normalize("NFKC", title).casefold())[:_MOST_WORDS]
    slugs = {"-".join(run).strip(".") for run in _runs(plain)}
    words = {" ".join(run) for run in _runs(words_in(title)[:_MOST_WORDS])}
    return (
        sorted(one for one in slugs if len(one) >= _SHORTEST_NAME),
        sorted(one for one in words if len(one) >= _SHORTEST_NAME),
    )


def named_in(title: str, called: dict[str, UUID]) -> frozenset[UUID]:
    """Return those skills whose names stand in a title; `called` gives them by their folded words."""
    return frozenset(
        called[words] for run in _runs(words_in(title)[:_MOST_WORDS]) if (words := " ".join(run)) in called
    )


def _runs(words: list[str]) -> list[list[str]]:
    """Return each word, each two and each three that stand together."""
    return [words[at : at + length] for length in range(1, _LONGEST_NAME + 1) for at in range(len(words) - length + 1)]


def is_over(row: Any, now: datetime) -> bool:
    """Return whether a gig takes nobody (any more)."""
    return row.state != "open" or not row.has_room or (row.expires_at is not None and row.expires_at <= now)
