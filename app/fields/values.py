"""What gigs answered, as values: read, written, taken along."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select

from app.core.database import db
from app.core.files import KeptFile
from app.core.reading import Reading
from app.fields.models import FieldOption, GigFieldValue
from tenants.isolation import scoped

#: Words and links are text, numbers hundredths, choices the ids of options (one, too, is a tuple).
Value = str | int | date | tuple[UUID, ...] | KeptFile | None
Values = dict[UUID, Value]

_COLUMNS = ("words", "number", "day", "option_id", "digest", "file_name", "file_type", "file_size")
_OF_GIG = Reading(
    select(GigFieldValue.field_id, *(getattr(GigFieldValue, name) for name in _COLUMNS))
    .where(scoped(GigFieldValue), GigFieldValue.gig_id == bindparam("gig_id"))
    .order_by(GigFieldValue.field_id, GigFieldValue.nth)
)


def values_of(gig_id: UUID) -> Values:
    """Return what a gig answered, by the ids of the fields; also to those of categories that it was in before."""
    values: Values = {}
    for row in _OF_GIG.rows(gig_id=gig_id):
        if row.option_id is not None:
            # A row of a choice adds to those before it.
            before = values.get(row.field_id)
            values[row.field_id] = (*(before if isinstance(before, tuple) else ()), row.option_id)
        elif row.digest is not None:
            values[row.field_id] = KeptFile(row.digest, row.file_name, row.file_type or "", row.file_size or 0)
        else:
            values[row.field_id] = next(one for one in (row.words, row.number, row.day) if one is not None)
    return values


def set_values(gig_id: UUID, values: Mapping[UUID, Value]) -> None:
    """Write a gig's answers to some fields; None, and nothing chosen, is no answer. A choice that is gone meanwhile, since
    it was merged into another, is left out.
    """
    chosen = {option_id for value in values.values() if isinstance(value, tuple) for option_id in value}
    known = _options(chosen) if chosen else set()
    here = (scoped(GigFieldValue), GigFieldValue.gig_id == gig_id, GigFieldValue.field_id.in_(list(values)))
    db.session.execute(delete(GigFieldValue).where(*here).execution_options(synchronize_session=False))
    rows = [
        {"gig_id": gig_id, "field_id": field_id, "nth": nth, **dict.fromkeys(_COLUMNS), **columns}
        for field_id, value in values.items()
        for nth, columns in enumerate(_rows_of(value))
        if columns.get("option_id") is None or (field_id, columns["option_id"]) in known
    ]
    if rows:
        db.session.execute(insert(GigFieldValue), rows)


def copy_values(from_id: UUID, to_id: UUID) -> None:
    """Let one gig answer as another does."""
    if values := values_of(from_id):
        set_values(to_id, values)


def as_json(values: Mapping[UUID, Value]) -> dict[str, Any]:
    """Return answers as JSON can hold them."""
    return {str(field_id): _written(value) for field_id, value in values.items()}


def from_json(stored: Mapping[str, Any]) -> Values:
    """Return the answers that `as_json` wrote."""
    return {UUID(field_id): _read(value) for field_id, value in stored.items()}


def _options(ids: set[UUID]) -> set[tuple[UUID, UUID]]:
    wanted = select(FieldOption.field_id, FieldOption.id).where(scoped(FieldOption), FieldOption.id.in_(ids))
    return {(row.field_id, row.id) for row in db.session.execute(wanted)}


def _rows_of(value: Value) -> Sequence[dict[str, Any]]:
    if isinstance(value, tuple):
        return [{"option_id": option_id} for option_id in dict.fromkeys(value)]
    elif value is None or value == "":
        return []
    elif isinstance(value, KeptFile):
        file = {"digest": value.digest, "file_name": value.name, "file_type": value.content_type}
        return [{**file, "file_size": value.size}]
    else:
        return [{{str: "words", int: "number", date: "day"}[type(value)]: value}]


def _written(value: Value) -> Any:
    if isinstance(value, tuple):
        return {"options": [str(option_id) for option_id in value]}
    elif isinstance(value, KeptFile):
        return {"file": [value.digest, value.name, value.content_type, value.size]}
    else:
        return {"day": value.isoformat()} if isinstance(value, date) else value


def _read(stored: Any) -> Value:
    if not isinstance(stored, dict):
        plain: str | int | None = stored
        return plain
    elif "options" in stored:
        return tuple(UUID(option_id) for option_id in stored["options"])
    else:
        return KeptFile(*stored["file"]) if "file" in stored else date.fromisoformat(stored["day"])
