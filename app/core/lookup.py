"""The one read that begins every request: a statement prepared once, on a connection that each thread keeps for it.

It runs straight on libpq, in a transaction of its own that ends with it. A session of SQLAlchemy for one row costs twenty
times as much as the row, and a page that is remembered needs nothing else of the database.
"""

import os
from threading import local

from psycopg import OperationalError, pq
from psycopg.pq.abc import PGconn

Row = tuple[str | None, ...]

_NAME = b"lookup"
# In one trip: whose rows may be seen, then the row. SET LOCAL ends with the statements that were sent together.
_ASKED = b"SET LOCAL app.tenant_id = '%d'; EXECUTE " + _NAME + b"(%s)"


class _Own(local):
    """A thread's own connection, and the process that it was opened in."""

    connection: PGconn | None = None
    process = 0


class Lookup:
    """Finds a row by a few texts. `statement` has them as `$1`, `$2` … and gives every column as text."""

    def __init__(self, url: str, statement: str) -> None:
        self.statement = statement
        self._url = url.encode()
        self._own = _Own()

    def row(self, tenant_id: int, *values: str) -> Row | None:
        """Return the row for some values, or None. Of tenants' tables the statement sees the rows of `tenant_id` alone.

        :raises OperationalError: when the database does not answer.
        """
        try:
            return self._run(self._connection(), tenant_id, values)
        except OperationalError:
            # The server may have been restarted since: once more, on a new connection.
            self._own.connection = None
            return self._run(self._connection(), tenant_id, values)

    def _run(self, connection: PGconn, tenant_id: int, values: tuple[str, ...]) -> Row | None:
        escape = pq.Escaping(connection).escape_literal
        listed = b", ".join([bytes(escape(value.encode())) for value in values])
        result = connection.exec_(_ASKED % (tenant_id, listed))
        if result.status != pq.ExecStatus.TUPLES_OK:
            raise OperationalError(result.get_error_message())
        if not result.ntuples:
            return None
        columns = [result.get_value(0, number) for number in range(result.nfields)]
        return tuple([None if column is None else column.decode() for column in columns])

    def _connection(self) -> PGconn:
        own = self._own
        # A forked process leaves its parent's connection alone: libpq closes it only where it was opened.
        if own.connection is None or own.process != os.getpid():
            own.connection, own.process = self._open(), os.getpid()
        return own.connection

    def _open(self) -> PGconn:
        connection = pq.PGconn.connect(self._url)
        if connection.status != pq.ConnStatus.OK:
            raise OperationalError(connection.get_error_message())
        result = connection.prepare(_NAME, self.statement.encode())
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise OperationalError(result.get_error_message())
        return connection
