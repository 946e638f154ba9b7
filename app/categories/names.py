"""Keeping the vocabulary in order: other names of a skill, two skills made one, whole lists brought in."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import aliased

from app.activity.recording import record
from app.categories.models import Skill, SkillName
from app.categories.vocabulary import LONGEST, folded
from app.core.database import db
from app.core.errors import Conflict, Invalid
from app.core.folding import words_in
from app.core.ids import new_id
from app.core.languages import lazy_gettext as _l
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.versions import touch

#: Called with the skill that goes and the one that stays, before the first is gone.
Follower = Callable[[UUID, UUID], None]

_followers: list[Follower] = []
_BATCH = 2_000

# Thousands of rows in one trip; in the order of their words, so that two lists do not wait for each other in a circle.
_PUT_SKILLS = text(
    """
    INSERT INTO skills (tenant_id, id, slug, name, created_by, created_at, kept_at)
    SELECT :tenant_id, id, slug, name, :by, :now, :now
      FROM unnest(CAST(:ids AS uuid[]), CAST(:slugs AS text[]), CAST(:names AS text[])) AS new (id, slug, name)
        ON CONFLICT (tenant_id, slug) DO NOTHING
    """
)
_PUT_NAMES = text(
    """
    INSERT INTO skill_names (tenant_id, words, skill_id, name)
    SELECT :tenant_id, words, skill_id, name
      FROM unnest(CAST(:words AS text[]), CAST(:ids AS uuid[]), CAST(:names AS text[])) AS said (words, skill_id, name)
        ON CONFLICT (tenant_id, words) DO NOTHING
    """
)


class NameTaken(Conflict):
    message = _l("Another skill is called that. Merge the two instead.")


class SameSkill(Conflict):
    message = _l("That is the same skill.")


class NoName(Invalid):
    message = _l("A name has letters or digits in it.")


def when_merged(follower: Follower) -> Follower:
    """Have a function move what belongs to a skill that becomes another: features above keep rows of their own."""
    _followers.append(follower)
    return follower


def hand_on(rows: Any, owner: str, gone: UUID, stays: UUID) -> None:
    """Let the rows of a model with a skill that goes have the one that stays; whose owner has both in one relation keeps one.

    :param owner: the column that names whose skill it is.
    """
    other = aliased(rows)
    has_both = (
        select(other.skill_id)
        .where(scoped(other), getattr(other, owner) == getattr(rows, owner), other.relation == rows.relation)
        .where(other.skill_id == stays)
        .correlate(rows)
        .exists()
    )
    without = {"synchronize_session": False}
    theirs = (scoped(rows), rows.skill_id == gone)
    db.session.execute(delete(rows).where(*theirs, has_both), execution_options=without)
    db.session.execute(update(rows).where(*theirs).values(skill_id=stays), execution_options=without)


def keep(skill: Skill, *, now: datetime) -> None:
    """Let a word that somebody brought stand as it is."""
    skill.kept_at = skill.kept_at or now


def call(skill: Skill, name: str, *, by: Actor) -> None:
    """Let a skill have another name: whoever types or searches it means this skill.

    :raises NameTaken: when it means another skill.
    """
    words = _words(name)
    if not words:
        raise NoName
    other = db.session.get(SkillName, (current_tenant_id(), words))
    same = db.session.scalars(select(Skill).where(scoped(Skill), Skill.slug == folded(name))).one_or_none()
    if (other is not None and other.skill_id != skill.id) or (same is not None and same.id != skill.id):
        raise NameTaken
    _put([(skill.id, skill.name), (skill.id, name)])
    record("name_skill", skill, by=by.id, kind="skill", name=skill.name, also=name)


def uncall(skill: Skill, words: str) -> None:
    """Let a skill be called so no longer."""
    if words != _words(skill.name):
        db.session.execute(
            delete(SkillName).where(scoped(SkillName), SkillName.skill_id == skill.id, SkillName.words == words)
        )


def merge(skill: Skill, into: Skill, *, by: Actor, now: datetime) -> None:
    """Make two skills one: all that had the first has the second, which is also called as the first was.

    :raises SameSkill: when they are one already.
    """
    if skill.id == into.id:
        raise SameSkill
    for follower in _followers:
        follower(skill.id, into.id)
    # The names of the one that goes become the other's.
    db.session.execute(
        update(SkillName).where(scoped(SkillName), SkillName.skill_id == skill.id).values(skill_id=into.id)
    )
    gone = skill.name
    db.session.delete(skill)
    db.session.flush()
    _put([(into.id, into.name), (into.id, gone)])
    keep(into, now=now)
    record("merge_skill", into, by=by.id, kind="skill", name=into.name, merged=gone)


def bring_in(listed: Sequence[tuple[str, Sequence[str]]], *, by: UUID | None, now: datetime) -> int:
    """Take skills with their other names into the vocabulary; return how many are new. What is known stays as it is, also
    where a list calls it otherwise.
    """
    wanted: dict[str, str] = {}
    for name, _ in listed:
        wanted.setdefault(folded(name), name.strip()[:LONGEST])
    before = _ids(wanted)
    new = sorted(wanted.keys() - before.keys())
    values = {"tenant_id": current_tenant_id(), "ids": [new_id() for _ in new], "slugs": new, "by": by, "now": now}
    db.session.execute(_PUT_SKILLS, values | {"names": [wanted[slug] for slug in new]})
    touch("gigs", "people")
    ids = before | _ids(new)
    named = [(ids[folded(name)], other) for name, others in listed if others for other in (name, *others)]
    # No other name may hide a skill that stands by itself.
    skills = {words: ids[slug] for slug, name in wanted.items() if (words := _words(name))}
    _put([(skill_id, name) for skill_id, name in named if skills.get(_words(name), skill_id) == skill_id])
    return len(new)


def _ids(slugs: Iterable[str]) -> dict[str, UUID]:
    listed, found = list(slugs), {}
    for start in range(0, len(listed), _BATCH):
        chosen = select(Skill.slug, Skill.id).where(scoped(Skill), Skill.slug.in_(listed[start : start + _BATCH]))
        found.update({row.slug: row.id for row in db.session.execute(chosen)})
    return found


def _put(named: Sequence[tuple[UUID, str]]) -> None:
    """Write names of skills; a name that is one already stays what it is."""
    rows = {words: (skill_id, name.strip()[:LONGEST]) for skill_id, name in reversed(named) if (words := _words(name))}
    words = sorted(rows)
    values = {"tenant_id": current_tenant_id(), "words": words, "ids": [rows[one][0] for one in words]}
    db.session.execute(_PUT_NAMES, values | {"names": [rows[one][1] for one in words]})
    touch("gigs", "people")


def _words(name: str) -> str:
    return " ".join(words_in(name))
