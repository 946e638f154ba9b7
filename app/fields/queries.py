"""What a category asks, as pages and forms read it: plain values, one statement for all its fields with their choices."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import and_, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from app.categories.models import Category
from app.core.reading import Reading
from app.fields.models import CategoryField, FieldOption
from tenants.isolation import scoped
from tenants.versions import kept_of_hall


@dataclass(frozen=True, slots=True)
class Offered:
    """A choice of a field."""

    id: UUID
    slug: str
    name: str
    is_retired: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a category; `least` and `most` are hundredths."""

    id: UUID
    category_id: UUID
    slug: str
    name: str
    help: str
    kind: str
    many: bool
    required: bool
    visibility: str
    unit: str
    least: int | None
    most: int | None
    is_retired: bool
    options: tuple[Offered, ...] = ()

    def option(self, option_id: UUID) -> Offered | None:
        """Return a choice by its id."""
        return next((one for one in self.options if one.id == option_id), None)


_COLUMNS = (
    CategoryField.id,
    CategoryField.category_id,
    CategoryField.slug,
    CategoryField.name,
    CategoryField.help,
    CategoryField.kind,
    CategoryField.many,
    CategoryField.required,
    CategoryField.visibility,
    CategoryField.unit,
    CategoryField.least,
    CategoryField.most,
    CategoryField.retired_at,
)
_WITH_OPTIONS = (
    select(
        *_COLUMNS,
        FieldOption.id.label("option_id"),
        FieldOption.slug.label("option_slug"),
        FieldOption.name.label("option_name"),
        FieldOption.retired_at.label("option_retired_at"),
    )
    .outerjoin(
        FieldOption, and_(FieldOption.tenant_id == CategoryField.tenant_id, FieldOption.field_id == CategoryField.id)
    )
    .where(scoped(CategoryField))
    .order_by(CategoryField.position, CategoryField.id, FieldOption.position, FieldOption.id)
)
_OF_CATEGORY = Reading(_WITH_OPTIONS.where(CategoryField.category_id == bindparam("category_id")))
_AT = Reading(
    _WITH_OPTIONS.join(
        Category, and_(Category.tenant_id == CategoryField.tenant_id, Category.id == CategoryField.category_id)
    ).where(Category.slug == bindparam("slug"))
)
_THESE = Reading(_WITH_OPTIONS.where(CategoryField.id == any_(bindparam("ids", type_=ARRAY(Uuid())))))


def fields_of(category_id: UUID | None) -> list[Asked]:
    """Return all that a category asks or ever asked, in its order, the choices of each in theirs."""
    return [] if category_id is None else _read(_OF_CATEGORY.rows(category_id=category_id))


def fields_at(slug: str) -> list[Asked]:
    """Return what the category at an address asks or ever asked: read once for everybody, until something changes."""
    fields: list[Asked] = kept_of_hall(f"fields at {slug}", lambda: _read(_AT.rows(slug=slug)))
    return fields


def these_fields(ids: Iterable[UUID]) -> list[Asked]:
    """Return some fields by their ids."""
    return _read(_THESE.rows(ids=list(ids)))


def asked_now(fields: Iterable[Asked]) -> list[Asked]:
    """Return those of some fields that are asked of new gigs."""
    return [one for one in fields if not one.is_retired]


def _read(rows: list[Any]) -> list[Asked]:
    return [_field(list(of_field)) for _, of_field in groupby(rows, key=lambda row: row.id)]


def _field(rows: list[Any]) -> Asked:
    first = rows[0]
    options = tuple(
        Offered(row.option_id, row.option_slug, row.option_name, row.option_retired_at is not None)
        for row in rows
        if row.option_id is not None
    )
    *columns, retired_at = (getattr(first, column.key) for column in _COLUMNS)
    return Asked(*columns, retired_at is not None, options)
