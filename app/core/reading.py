"""Statements of the pages that everybody opens: compiled once, run by the driver, in the transaction of the request.

What SQLAlchemy does for each execution costs more than what PostgreSQL does for most of them. A page that reads column rows
needs none of it.
"""

from functools import cached_property
from typing import Any, cast

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import Compiled, Select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from app.core.database import db

_DIALECT = PGDialect_psycopg()  # type: ignore[no-untyped-call]


class Reading:
    """A SELECT of columns (not of entities) with bound parameters. Build it once: at import, or behind a cache."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement

    def rows(self, **parameters: Any) -> list[Any]:
        """Return all rows as named tuples."""
        return self._run(parameters).fetchall()

    def one_or_none(self, **parameters: Any) -> Any | None:
        """Return the first row as a named tuple, or None."""
        return self._run(parameters).fetchone()

    def _run(self, parameters: dict[str, Any]) -> psycopg.Cursor[Any]:
        # What the request has changed so far is read as well.
        db.session.flush()
        connection = cast("psycopg.Connection[Any]", db.session.connection().connection.driver_connection)
        cursor = connection.cursor(row_factory=namedtuple_row)
        return cursor.execute(self._compiled.string, self._compiled.construct_params(parameters))

    @cached_property
    def _compiled(self) -> Compiled:
        return self._statement.compile(dialect=_DIALECT)
