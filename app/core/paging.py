"""Paging by cursor: the next page begins after the last row's key, so it costs the same however deep it is."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, bindparam, tuple_

from app.core.reading import Reading

Item = TypeVar("Item")
Value = datetime | date | UUID | int | str
Side = Literal["after", "before"]

_LONGEST = 400
_BIGGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of the items of a list, with the cursors of the pages around it (None where there is none)."""

    items: Sequence[Item]
    next: str | None = None
    previous: str | None = None

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: the key of a row, and which side of it the page lies on."""

    side: Side
    key: tuple[Value, ...]

    def __str__(self) -> str:
        """Return it as it stands in a URL. It is no secret and not signed: it only says where to begin."""
        parts = ["<" if self.side == "before" else ">", *(_packed(value) for value in self.key)]
        return urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str | None, kinds: Sequence[type]) -> "Cursor | None":
        """Return the cursor of a URL, or None when there is none, or it was tampered with or is of another list."""
        if not text or len(text) > _LONGEST:
            return None
        try:
            side, *packed = json.loads(urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
            if side not in ("<", ">") or len(packed) != len(kinds):
                return None
            key = tuple(_unpacked(value, kind) for value, kind in zip(packed, kinds, strict=True))
        except (ValueError, TypeError, OverflowError, RecursionError):
            return None
        return cls("before" if side == "<" else "after", key)


class Keyset:
    """A list in one order, cut into pages of `size`. Built once, at import: its three statements are compiled once.

    `by` are columns of the statement, together unique, none of them null; all go up or all go down.

        newest = Keyset(select(gigs.c.id, gigs.c.title, gigs.c.created_at), by=("created_at", "id"), descending=True)
        page = newest.page(request.args.get("at"))
    """

    def __init__(self, statement: Select[Any], *, by: Sequence[str], size: int = 24, descending: bool = False) -> None:
        columns = [statement.selected_columns[name] for name in by]
        here = tuple_(*(bindparam(f"cursor_{number}", type_=column.type) for number, column in enumerate(columns)))
        key: Any = tuple_(*columns)
        self.by = tuple(by)
        self.size = size
        self._kinds = [column.type.python_type for column in columns]
        onward = [_ordered(column, descending) for column in columns]
        backward = [_ordered(column, not descending) for column in columns]
        first = statement.order_by(*onward).limit(size + 1)
        self._first = Reading(first)
        self._after = Reading(first.where(key < here if descending else key > here))
        self._before = Reading(
            statement.order_by(*backward).limit(size + 1).where(key > here if descending else key < here)
        )

    def page(self, cursor: str | None = None, **parameters: Any) -> Page[Row[Any]]:
        """Return the page at a cursor; the first one when the cursor is missing, broken, or has run off the list.

        :param parameters: the values of the statement's own bind parameters.
        """
        at = Cursor.read(cursor, self._kinds)
        if at is None:
            return self._cut(self._first.rows(**parameters), None)
        place = {f"cursor_{number}": value for number, value in enumerate(at.key)}
        statement = self._after if at.side == "after" else self._before
        rows = statement.rows(**parameters, **place)
        return self._cut(rows, at) if rows else self.page(None, **parameters)

    def _cut(self, rows: Sequence[Row[Any]], at: Cursor | None) -> Page[Row[Any]]:
        items, has_more = rows[: self.size], len(rows) > self.size
        if at is not None and at.side == "before":
            items = items[::-1]
            has_next, has_previous = True, has_more
        else:
            has_next, has_previous = has_more, at is not None
        return Page(
            items,
            next=self._cursor("after", items[-1]) if has_next and items else None,
            previous=self._cursor("before", items[0]) if has_previous and items else None,
        )

    def _cursor(self, side: Side, row: Row[Any]) -> str:
        return str(Cursor(side, tuple(getattr(row, name) for name in self.by)))


def _ordered(column: ColumnElement[Any], descending: bool) -> ColumnElement[Any]:
    return column.desc() if descending else column.asc()


def _packed(value: Value) -> str | int:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    elif isinstance(value, date):
        return value.isoformat()
    elif isinstance(value, UUID):
        return value.hex
    else:
        return value


def _unpacked(packed: Any, kind: type) -> Value:
    """Return the value of a key's part.

    :raises ValueError, TypeError, OverflowError: when it is none of this kind.
    """
    if kind is int:
        if type(packed) is not int or abs(packed) > _BIGGEST:
            raise ValueError("not a whole number")
        return packed
    if not isinstance(packed, str) or "\0" in packed:
        raise ValueError("not a text")
    if kind is datetime:
        moment = datetime.fromisoformat(packed)
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone")
        return moment.astimezone(UTC)
    elif kind is date:
        return date.fromisoformat(packed)
    elif kind is UUID:
        return UUID(packed)
    else:
        packed.encode()
        return packed
