"""The one read that begins every request: a row of texts by a few texts."""

from app.core.line import Line, Statement

Row = tuple[str | None, ...]


class Lookup:
    """Finds a row by a few texts. `statement` has them as `$1`, `$2` … and gives every column as text."""

    def __init__(self, line: Line, statement: str) -> None:
        self.statement = statement
        self._line = line
        self._prepared = Statement(statement)

    def row(self, tenant_id: int, *values: str) -> Row | None:
        """Return the row for some values, or None. Of tenants' tables the statement sees the rows of `tenant_id` alone.

        :raises OperationalError: when the database does not answer.
        """
        result = self._line.run(self._prepared, tenant_id, values)
        if not result.ntuples:
            return None
        columns = [result.get_value(0, number) for number in range(result.nfields)]
        return tuple([None if column is None else column.decode() for column in columns])
