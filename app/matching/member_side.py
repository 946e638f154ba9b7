"""Reading a member for whom gigs are looked for: everything that counts of them, in one statement."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.core.database import db
from app.core.folding import words_in
from app.matching.sides import COUNTED, Side, Vocabulary, spoken
from app.matching.weights import Weights
from tenants.context import current_tenant, current_tenant_id

# Shorter names stand in too many titles by accident.
_SHORTEST_NAME = 3

_READ = text(
    """
    WITH named AS (
        SELECT skill_id, bool_or(relation = 'held') AS held, bool_or(relation = 'wanted') AS wanted,
               bool_or(relation = 'interest') AS interest
          FROM member_skills WHERE tenant_id = :tenant_id AND member_id = :member_id GROUP BY skill_id
    ), done AS (
        SELECT gig_id FROM agreements
         WHERE tenant_id = :tenant_id AND worker_id = :member_id AND state IN ('accepted', 'reviewed')
    ), shown AS (
        SELECT skill_id, count(*) AS times
          FROM done JOIN gig_skills needed ON needed.tenant_id = :tenant_id AND needed.gig_id = done.gig_id
         WHERE relation = 'needed' GROUP BY skill_id
    ), endorsed AS (
        SELECT skill_id, count(*) AS endorsed
          FROM endorsements said
          JOIN members author ON author.tenant_id = :tenant_id AND author.id = said.author_id AND author.standing = 'active'
         WHERE said.tenant_id = :tenant_id AND subject_id = :member_id AND state = 'shown' GROUP BY skill_id
    ), mine AS (
        SELECT skill_id, coalesce(held, false) AS held, coalesce(wanted, false) AS wanted,
               coalesce(interest, false) AS interest, coalesce(times, 0) AS times
          FROM named FULL JOIN shown USING (skill_id) LIMIT 120
    ), counted AS (
        SELECT mine.*, coalesce(endorsed, 0) AS endorsed, skill.name, in_gigs.uses + in_people.uses AS uses
          FROM mine JOIN skills skill ON skill.tenant_id = :tenant_id AND skill.id = mine.skill_id
          LEFT JOIN endorsed ON endorsed.skill_id = mine.skill_id
         CROSS JOIN LATERAL (SELECT count(*) AS uses FROM (
                SELECT FROM gig_skills WHERE tenant_id = :tenant_id AND skill_id = mine.skill_id LIMIT :counted) few) in_gigs
         CROSS JOIN LATERAL (SELECT count(*) AS uses FROM (
                SELECT FROM member_skills WHERE tenant_id = :tenant_id AND skill_id = mine.skill_id LIMIT :counted) few) in_people
    ), kin AS (
        SELECT kin.asked_id, skill.name, kin.skill_id, kin.strength
          FROM mine JOIN skill_kin kin ON kin.tenant_id = :tenant_id AND kin.skill_id = mine.skill_id
          JOIN skills skill ON skill.tenant_id = :tenant_id AND skill.id = kin.asked_id
         WHERE mine.held OR mine.times > 0
         ORDER BY kin.strength DESC LIMIT 400
    )
    SELECT m.id, m.joined_at, m.finished_count, p.available_minutes, p.availability_confirmed_on, p.vacation_from,
           p.vacation_until, p.place, p.remote, p.languages,
           (SELECT json_agg(json_build_array(skill_id, name, held, wanted, interest, times, uses, endorsed))
              FROM counted) AS skills,
           (SELECT json_agg(json_build_array(asked_id, name, skill_id, strength)) FROM kin) AS kin,
           (SELECT json_agg(json_build_array(words, skill_id)) FROM skill_names
             WHERE tenant_id = :tenant_id AND skill_id IN (SELECT skill_id FROM mine WHERE held)) AS also_called,
           (SELECT json_agg(json_build_array(category_id, times)) FROM (
                SELECT category_id, count(*) AS times FROM done JOIN gigs ON tenant_id = :tenant_id AND id = gig_id
                 WHERE category_id IS NOT NULL GROUP BY category_id) fields) AS done_in,
           (SELECT count(*) FROM (SELECT FROM gigs WHERE tenant_id = :tenant_id LIMIT :counted * 10) few)
           + (SELECT count(*) FROM (SELECT FROM members WHERE tenant_id = :tenant_id LIMIT :counted * 10) few) AS size,
           (SELECT weights FROM matching_weights WHERE tenant_id = :tenant_id) AS weights,
           EXISTS (SELECT FROM matching_off WHERE tenant_id = :tenant_id AND member_id = m.id) AS is_off
      FROM members m LEFT JOIN profiles p ON p.tenant_id = m.tenant_id AND p.member_id = m.id
     WHERE m.tenant_id = :tenant_id AND m.id = :member_id AND m.standing = 'active'
    """
)


@dataclass(frozen=True)
class Seeker:
    """A member, the vocabulary as far as it concerns them, and the weights in force. `called` gives the words of their skills'
    names; `kin` the skills that others ask for together with theirs, each with what that is worth.
    """

    side: Side
    vocabulary: Vocabulary
    weights: Weights
    called: dict[str, UUID]
    is_off: bool


def seeker(member_id: UUID) -> Seeker | None:
    """Return a member as matching sees them; None for whoever is not (any more) an active member here."""
    values = {"tenant_id": current_tenant_id(), "member_id": member_id, "counted": COUNTED}
    row = db.session.execute(_READ, values).one_or_none()
    if row is None:
        return None
    skills = [(UUID(skill), *rest) for skill, *rest in row.skills or ()]
    kin = [(UUID(asked), name, UUID(skill), strength) for asked, name, skill, strength in row.kin or ()]
    names = {asked: name for asked, name, *_ in kin} | {skill: name for skill, name, *_ in skills}
    side = Side(
        id=row.id,
        held={one[0]: _level(said=one[2], times=one[5], endorsed=one[7]) for one in skills if one[2] or one[5]},
        wanted=frozenset(one[0] for one in skills if one[3]),
        interest=frozenset(one[0] for one in skills if one[4]),
        shown={one[0]: one[5] for one in skills if one[5]},
        endorsed={one[0]: one[7] for one in skills if one[7]},
        done_in={UUID(category): times for category, times in row.done_in or ()},
        **of_profile(row),
    )
    vocabulary = Vocabulary(
        names,
        {one[0]: one[6] for one in skills},
        row.size,
        {(asked, skill): strength for asked, _, skill, strength in kin},
    )
    called = {" ".join(words_in(one[1])): one[0] for one in skills if one[2]}
    called |= {words: UUID(skill) for words, skill in row.also_called or ()}
    return Seeker(
        side,
        vocabulary,
        Weights.read(row.weights, current_tenant().kind),
        {words: skill for words, skill in called.items() if len(words) >= _SHORTEST_NAME},
        row.is_off,
    )


def _level(*, said: bool, times: int, endorsed: int) -> float:
    return level(times, endorsed) - (0.0 if said else 0.3)


def level(times: int, endorsed: int = 0) -> float:
    """Return how well a skill is established that somebody says they have, showed so many times in work here, and is
    endorsed for by so many who saw it.
    """
    return 1.0 + 0.5 * times / (times + 1) + 0.25 * endorsed / (endorsed + 1)


def of_profile(row: Any) -> dict[str, Any]:
    """Return what a row with a member's and their profile's columns says, as a `Side` takes it."""
    return {
        "minutes": row.available_minutes,
        "confirmed_on": row.availability_confirmed_on,
        "away_from": row.vacation_from,
        "away_until": row.vacation_until,
        "place": row.place or "",
        "remote": row.remote is not False,
        "languages": spoken(row.languages),
        "joined_at": row.joined_at,
        "finished": row.finished_count,
    }
