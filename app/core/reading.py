"""Statements of the pages that everybody opens: compiled once, run by the driver.

What SQLAlchemy does for each execution costs more than what PostgreSQL does for most of them. A page that reads column rows
needs none of it, nor a transaction around several statements: each sees what was committed before it, as it would inside one.
Where the request has begun to change something, they run in its transaction and see that too.
"""

from collections import namedtuple
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast
from uuid import UUID

import psycopg
from psycopg.adapt import Transformer
from psycopg.rows import namedtuple_row
from sqlalchemy import BindParameter, Compiled, CompoundSelect, Select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from app.core.database import db
from app.core.line import Line, Statement, line

# SQLAlchemy leaves its dialects untyped.
_DIALECT = PGDialect_psycopg()  # type: ignore[no-untyped-call]
_NUMBERED = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
# Stands for a value that only the driver knows how to write.
_LEFT = object()


class Reading:
    """A SELECT of columns (not of entities) with bound parameters. Build it once: at import, or behind a cache."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> None:
        self._statement = statement

    def rows(self, **parameters: Any) -> list[Any]:
        """Return all rows as named tuples."""
        return self._run(parameters)

    def one_or_none(self, **parameters: Any) -> Any | None:
        """Return the first row as a named tuple, or None."""
        return next(iter(self._run(parameters)), None)

    def _run(self, parameters: dict[str, Any]) -> list[Any]:
        # Also where it will not be needed: what cannot be written fails inside a transaction as it does outside of one.
        written = self._written(parameters)
        own = None if _in_transaction() else line()
        return self._run_in_transaction(parameters) if own is None or written is None else self._run_on(own, written)

    def _run_on(self, own: Line, written: list[str | None]) -> list[Any]:
        result = own.run(self._prepared, own.whose(), written)
        loading = Transformer()
        loading.set_pgresult(result)
        return loading.load_rows(0, result.ntuples, self._row)

    def _run_in_transaction(self, parameters: dict[str, Any]) -> list[Any]:
        # What the request has changed so far is read as well.
        db.session.flush()
        connection = cast("psycopg.Connection[Any]", db.session.connection().connection.driver_connection)
        cursor = connection.cursor(row_factory=namedtuple_row)
        return cursor.execute(self._compiled.string, self._compiled.construct_params(parameters)).fetchall()

    def _written(self, parameters: dict[str, Any]) -> list[str | None] | None:
        """Return the parameters in the statement's order as PostgreSQL reads them; None where the driver had better do it."""
        values = [parameters[name] if name in parameters else _default(bind) for name, bind in self._parameters]
        written = [_WRITERS.get(type(value), _leave)(value) for value in values]
        return None if _LEFT in written else written

    @cached_property
    def _parameters(self) -> list[tuple[str, BindParameter[Any]]]:
        numbered: Any = self._numbered
        return [(name, numbered.binds[name]) for name in numbered.positiontup or ()]

    @cached_property
    def _row(self) -> Callable[[Any], Any]:
        names = [column.key or "" for column in self._statement.selected_columns]
        row = cast(Any, namedtuple)("Row", names)
        return cast("Callable[[Any], Any]", row._make)

    @cached_property
    def _prepared(self) -> Statement:
        return Statement(self._numbered.string)

    @cached_property
    def _numbered(self) -> Compiled:
        return self._statement.compile(dialect=_NUMBERED)

    @cached_property
    def _compiled(self) -> Compiled:
        return self._statement.compile(dialect=_DIALECT)


def _in_transaction() -> bool:
    return db.session.registry.has() and db.session().in_transaction()


def _default(bind: BindParameter[Any]) -> Any:
    """Return the value of a parameter that nobody gave.

    :raises TypeError: when it has none.
    """
    if bind.required:
        raise TypeError(f"the statement needs {bind.key!r}")
    return bind.effective_value


def _text(value: str) -> Any:
    return _LEFT if "\0" in value else value


def _array(values: list[Any]) -> Any:
    return f"{{{','.join(map(str, values))}}}" if {type(value) for value in values} <= {UUID, int} else _LEFT


def _leave(_value: Any) -> Any:
    return _LEFT


_WRITERS: dict[type, Callable[[Any], Any]] = {
    type(None): lambda _: None,
    bool: lambda value: "true" if value else "false",
    int: str,
    str: _text,
    UUID: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    list: _array,
}
