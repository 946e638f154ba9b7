"""The tenant's own words for skills: found by their folded form, added when somebody uses a new one."""

import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from app.categories.models import Skill, SkillName
from app.core import clock
from app.core.database import db
from app.core.folding import words_in
from app.core.ids import new_id
from tenants.context import current_tenant_id
from tenants.isolation import scoped

LONGEST = 60

_BY_SLUGS = select(Skill.id, Skill.name, Skill.slug).where(
    scoped(Skill), Skill.slug.in_(bindparam("slugs", expanding=True))
)
_BY_WORDS = select(SkillName.words, SkillName.skill_id).where(
    scoped(SkillName), SkillName.words.in_(bindparam("words", expanding=True))
)


def folded(name: str) -> str:
    """Return the form by which two spellings are one skill: “Graphic  design” is “graphic-design”; “C++” stays apart from “C”."""
    return re.sub(r"[\s_/-]+", "-", unicodedata.normalize("NFKC", name).casefold()).strip("-")[:LONGEST]


def skills_named(names: Iterable[str], *, by: UUID | None = None) -> list[UUID]:
    """Return the ids of the skills with these names, in their order and each once; unknown ones join the vocabulary."""
    wanted: dict[str, str] = {}
    for name in names:
        if slug := folded(name):
            wanted.setdefault(slug, name.strip()[:LONGEST])
    if not wanted:
        return []
    known = _known(wanted) | _also_called(wanted)
    missing = {slug: name for slug, name in wanted.items() if slug not in known}
    if missing:
        _add(missing, by)
        known |= _known(missing)
    # Two words may be names of one skill.
    return list(dict.fromkeys(known[slug] for slug in wanted))


def _also_called(wanted: dict[str, str]) -> dict[str, UUID]:
    """Return the skills of which these are other names: they go before a word that somebody once brought."""
    by_words = {" ".join(words_in(name)): slug for slug, name in wanted.items()}
    rows = db.session.execute(_BY_WORDS, {"words": list(by_words)})
    return {by_words[row.words]: row.skill_id for row in rows}


def _known(wanted: Iterable[str]) -> dict[str, UUID]:
    return {row.slug: row.id for row in db.session.execute(_BY_SLUGS, {"slugs": list(wanted)})}


def _add(missing: dict[str, str], by: UUID | None) -> None:
    # Two people may bring the same word at once; in one order, so that neither waits for the other in a circle.
    now, tenant_id = clock.now(), current_tenant_id()
    rows = [
        {"tenant_id": tenant_id, "id": new_id(), "slug": slug, "name": name, "created_by": by, "created_at": now}
        for slug, name in sorted(missing.items())
    ]
    db.session.execute(insert(Skill).values(rows).on_conflict_do_nothing(index_elements=["tenant_id", "slug"]))
