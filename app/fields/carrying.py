"""A gig goes into another category: what both ask by the same name and in the same way is taken along."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import any_, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from app.categories.models import Category
from app.core.database import db
from app.fields.kinds import is_wider
from app.fields.models import CategoryField, GigFieldValue
from app.fields.models.field import free_slug
from app.fields.queries import Asked, asked_now, fields_of, these_fields
from app.fields.values import Value, Values
from tenants.isolation import scoped

_IDS: Any = bindparam("ids", type_=ARRAY(Uuid()))
_WITHOUT = {"synchronize_session": False}


def carry(gig_ids: Collection[UUID], *, into: UUID | None) -> None:
    """Let gigs that come into a category answer it as they answered the one before. What it does not ask stays with them, out
    of sight, until they come back.
    """
    wanted = {_likeness(field): field for field in asked_now(fields_of(into))}
    if not (wanted and gig_ids):
        return
    answered = (
        select(GigFieldValue.field_id)
        .join(
            CategoryField,
            (CategoryField.tenant_id == GigFieldValue.tenant_id) & (CategoryField.id == GigFieldValue.field_id),
        )
        .where(scoped(GigFieldValue), GigFieldValue.gig_id == any_(_IDS), CategoryField.category_id != into)
        .distinct()
    )
    for old in these_fields(db.session.scalars(answered, {"ids": list(gig_ids)})):
        new = wanted.get(_likeness(old))
        # What was meant for fewer is not shown to more.
        if new is not None and not is_wider(new.visibility, old.visibility):
            _hand_over(old, new, list(gig_ids))


def hand_on_fields(category: Category, *, into: Category, now: datetime) -> None:
    """Let a category take over the fields of one that goes: asked no more, and shown where they were answered."""
    of_category = select(CategoryField).where(scoped(CategoryField), CategoryField.category_id == category.id)
    fields = db.session.scalars(of_category.order_by(CategoryField.position)).all()
    taken = {one.slug for one in fields_of(into.id)}
    for number, field in enumerate(fields, start=1):
        field.slug = free_slug(field.name, taken, "field")
        taken.add(field.slug)
        field.category_id, field.position, field.retired_at = into.id, 1000 + number, field.retired_at or now
    into.field_count += len(fields)
    category.field_count = 0
    db.session.flush()


def foreseen(values: Values, *, into: UUID | None) -> Values:
    """Return what a gig would answer in another category, before it goes there."""
    wanted = {_likeness(field): field for field in asked_now(fields_of(into))}
    taken: Values = {}
    for old in these_fields(values) if wanted else ():
        new, value = wanted.get(_likeness(old)), values[old.id]
        if new is not None and not is_wider(new.visibility, old.visibility):
            taken[new.id] = _same_choices(old, new, value) if isinstance(value, tuple) else value
    return taken


def _same_choices(old: Asked, new: Asked, chosen: tuple[UUID, ...]) -> Value:
    known = _offered(new)
    names = [option.name.casefold() for option_id in chosen if (option := old.option(option_id)) is not None]
    return tuple(known[name] for name in names if name in known) or None


def _offered(field: Asked) -> dict[str, UUID]:
    return {one.name.casefold(): one.id for one in field.options if not one.is_retired}


def _likeness(field: Asked) -> tuple[str, str, str, bool]:
    return field.name.casefold(), field.kind, field.unit.casefold(), field.many


def _hand_over(old: Asked, new: Asked, gig_ids: list[UUID]) -> None:
    theirs = (scoped(GigFieldValue), GigFieldValue.gig_id == any_(_IDS), GigFieldValue.field_id == old.id)
    moves: list[tuple[dict[str, Any], Any]] = [({"field_id": new.id}, None)]
    if old.kind == "choice":
        known = _offered(new)
        moves = [
            ({"field_id": new.id, "option_id": known[one.name.casefold()]}, one.id)
            for one in old.options
            if one.name.casefold() in known
        ]
    answering = select(GigFieldValue.gig_id).where(*theirs)
    stale = delete(GigFieldValue).where(
        scoped(GigFieldValue), GigFieldValue.field_id == new.id, GigFieldValue.gig_id.in_(answering)
    )
    if moves:
        db.session.execute(stale, {"ids": gig_ids}, execution_options=_WITHOUT)
    for changes, option_id in moves:
        chosen = (GigFieldValue.option_id == option_id,) if option_id else ()
        statement = update(GigFieldValue).where(*theirs, *chosen).values(changes)
        db.session.execute(statement, {"ids": gig_ids}, execution_options=_WITHOUT)
