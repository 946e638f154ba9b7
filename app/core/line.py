"""A connection that each thread keeps for what is only read: statements prepared once, each run in one trip to the database.

It runs straight on libpq, in a transaction of its own that ends with the statement: nothing is begun and nothing committed. A
session of SQLAlchemy for one row costs twenty times as much as the row.
"""

import os
from collections.abc import Callable, Sequence
from itertools import count
from threading import local
from typing import cast

from flask import Flask, current_app
from psycopg import OperationalError, pq
from psycopg.errors import error_from_result
from psycopg.pq.abc import PGconn, PGresult

from app.core import rounds

_LINE = "line"
# In one trip: whose rows may be seen, then the rows. SET LOCAL ends with the statements that were sent together.
_ASKED = b"SET LOCAL app.tenant_id = '%s'; EXECUTE %s%s"


class Statement:
    """A SELECT with its parameters as `$1`, `$2` …; a connection prepares it when it runs there first."""

    _numbers = count(1)

    def __init__(self, text: str) -> None:
        self.text = text
        self.name = b"line_%d" % next(self._numbers)


class _Own(local):
    """A thread's own connection, the process that it was opened in, and the statements that it knows."""

    def __init__(self) -> None:
        self.connection: PGconn | None = None
        self.process = 0
        self.prepared: set[bytes] = set()


class Line:
    """Runs statements that read. `url` is the address of the runtime role, `whose` tells which tenant is in force."""

    def __init__(self, url: str, whose: Callable[[], int | None]) -> None:
        self.whose = whose
        self._url = url.encode()
        self._own = _Own()

    def run(self, statement: Statement, tenant_id: int | None, values: Sequence[str | None]) -> PGresult:
        """Return what a statement gives for its parameters, written as PostgreSQL reads them. Of tenants' tables it sees the
        rows of `tenant_id` alone.

        Those who wait at the same time and ask the same share what was read (`app.core.rounds`).

        :raises OperationalError: when the database does not answer.
        """
        shared = rounds.shared()
        if shared is None:
            return self._asked(statement, tenant_id, values)
        question = (statement.name, tenant_id, *values)
        if question not in shared:
            shared[question] = self._asked(statement, tenant_id, values)
        return cast(PGresult, shared[question])

    def _asked(self, statement: Statement, tenant_id: int | None, values: Sequence[str | None]) -> PGresult:
        try:
            return self._run(self._connection(), statement, tenant_id, values)
        except OperationalError:
            if self._is_good():
                raise
            # The server may have been restarted since: once more, on a new connection.
            self._own.connection = None
            return self._run(self._connection(), statement, tenant_id, values)

    def _run(
        self, connection: PGconn, statement: Statement, tenant_id: int | None, values: Sequence[str | None]
    ) -> PGresult:
        if statement.name not in self._own.prepared:
            self._prepare(connection, statement)
        told = b"" if tenant_id is None else b"%d" % tenant_id
        result = connection.exec_(_ASKED % (told, statement.name, _listed(connection, values)))
        if result.status != pq.ExecStatus.TUPLES_OK:
            raise _error(connection, result)
        return result

    def _prepare(self, connection: PGconn, statement: Statement) -> None:
        result = connection.prepare(statement.name, statement.text.encode())
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise _error(connection, result)
        self._own.prepared.add(statement.name)

    def _connection(self) -> PGconn:
        own = self._own
        # A forked process leaves its parent's connection alone: libpq closes it only where it was opened.
        if own.connection is None or own.process != os.getpid():
            own.connection, own.process, own.prepared = self._open(), os.getpid(), set()
        return own.connection

    def _open(self) -> PGconn:
        connection = pq.PGconn.connect(self._url)
        if connection.status != pq.ConnStatus.OK:
            raise OperationalError(connection.get_error_message())
        return connection

    def _is_good(self) -> bool:
        return self._own.connection is not None and self._own.connection.status == pq.ConnStatus.OK


def _listed(connection: PGconn, values: Sequence[str | None]) -> bytes:
    if not values:
        return b""
    literal = pq.Escaping(connection).escape_literal
    return b"(%s)" % b", ".join([b"NULL" if value is None else bytes(literal(value.encode())) for value in values])


def _error(connection: PGconn, result: PGresult) -> Exception:
    # A connection that broke names no error of the server's.
    if connection.status != pq.ConnStatus.OK:
        return OperationalError(connection.get_error_message())
    return error_from_result(result)


def install(app: Flask, own: Line) -> None:
    """Let an application's readings run on a line."""
    app.extensions[_LINE] = own


def line() -> Line | None:
    """Return the line of the current application; None where all that is read belongs to one transaction."""
    return cast("Line | None", current_app.extensions[_LINE])
