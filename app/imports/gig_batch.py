"""Bringing rows in as gigs, many at a time. They go live as they are: who imports may publish without anybody's review."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.activity.models import Activity
from app.categories.vocabulary import folded, skills_named
from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.core.languages import gettext as _
from app.gigs.models import Gig, GigSkill, name_skills, position_of
from app.imports.categorising import Guesser
from app.imports.gig_reading import GigReader, ReadGig
from app.imports.models import Import, ImportRow
from app.imports.rows import RefusedRow, row_key
from tenants.context import tenant
from tenants.isolation import scoped
from tenants.models import Tenant
from tenants.versions import touch


def bring_in_gigs(one: Import, rows: Sequence[ImportRow], *, now: datetime) -> None:
    """Make a gig of every row that tells of one and was not brought in before; note on each row what came of it."""
    reader = reader_for(one)
    keys = {row.number: row_key("gig", row.cells) for row in rows}
    known = _known(list(keys.values()))
    read: list[tuple[UUID, str, int, ReadGig]] = []
    for row in rows:
        key = keys[row.number]
        if key in known:
            row.became("unchanged", made_id=known[key], reason=_("It was brought in before."))
            continue
        try:
            gig = reader.read(one.values(row.cells))
        except RefusedRow as refusal:
            row.became("refused", reason=str(refusal))
        else:
            known[key] = new_id()
            row.became("created", made_id=known[key])
            read.append((known[key], key, row.number, gig))
    if read:
        _write(one, read, now=now)
        touch("gigs")


def reader_for(one: Import) -> GigReader:
    """Return what reads the rows of an import."""
    otherwise = one.options.get("category_id")
    return GigReader(
        guesser=Guesser(),
        currency=one.options.get("currency") or tenant.currency,
        today=clock.today(tenant.time_zone),
        otherwise=UUID(otherwise) if otherwise else None,
    )


def _known(keys: list[str]) -> dict[str, UUID]:
    return {
        row.import_key: row.id
        for row in db.session.execute(select(Gig.import_key, Gig.id).where(scoped(Gig), Gig.import_key.in_(keys)))
    }


def _write(one: Import, read: list[tuple[UUID, str, int, ReadGig]], *, now: datetime) -> None:
    state = "draft" if one.options.get("as_drafts") else "open"
    shared = {
        "author_id": one.started_by,
        "kind": "gig",
        "state": state,
        "accepting": True,
        "created_at": now,
        "updated_at": now,
        "state_changed_at": now,
        "expires_at": _ends() if state == "open" else None,
    }
    db.session.execute(
        # Nulls written out, so that all rows are one statement.
        insert(Gig).execution_options(render_nulls=True),
        [
            # The first row of the file is the newest, so that a list reads as the file does.
            shared
            | gig.columns
            | position_of(gig.columns.get("place"))
            | {
                "id": gig_id,
                "import_key": key,
                "published_at": one.created_at - timedelta(seconds=number) if state == "open" else None,
            }
            for gig_id, key, number, gig in read
        ],
    )
    skills = list(_skills(read))
    if skills:
        db.session.execute(insert(GigSkill), skills)
        name_skills([gig_id for gig_id, *_ in read])
    db.session.execute(insert(Activity), [_fact(one, gig_id, gig, state, now) for gig_id, _, _, gig in read])


def _ends() -> datetime:
    days = db.session.get_one(Tenant, tenant.id).gig_days
    return clock.end_of_day(clock.today(tenant.time_zone) + timedelta(days=days), tenant.time_zone)


def _skills(read: list[tuple[UUID, str, int, ReadGig]]) -> Iterator[dict[str, Any]]:
    named = [(gig_id, relation, names) for gig_id, _, _, gig in read for relation, names in _relations(gig)]
    slugs = {folded(name): name for _, _, names in named for name in names if folded(name)}
    ids = dict(zip(slugs, skills_named(slugs.values()), strict=True))
    for gig_id, relation, names in named:
        for position, slug in enumerate(dict.fromkeys(folded(name) for name in names if folded(name))):
            yield {"gig_id": gig_id, "relation": relation, "skill_id": ids[slug], "position": position}


def _relations(gig: ReadGig) -> tuple[tuple[str, list[str]], ...]:
    return ("needed", gig.needed), ("gained", gig.gained)


def _fact(one: Import, gig_id: UUID, gig: ReadGig, state: str, now: datetime) -> dict[str, Any]:
    return {
        "actor_id": one.started_by,
        "verb": "import",
        "subject_kind": "gig",
        "subject_id": gig_id,
        "to_state": state,
        "reason": "",
        "data": {"title": gig.columns["title"], "author": str(one.started_by), "import": str(one.id)},
        "created_at": now,
    }
