"""What tells whether anything changed in any marketplace of the demo."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, text

# A visit is noted in the visitor's own session.
_VISITS = "hall_sessions"
_TENANT_TABLES = text(
    """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1
    """
)


@pytest.fixture
def everything(playground) -> Iterator[Callable[[], dict[str, str]]]:
    """A function that returns a digest of every row of every tenant, table by table."""
    settings = playground.extensions["guildhall"].config
    engine = create_engine(settings.database_operator_url.replace("postgresql://", "postgresql+psycopg://"))

    def digest() -> dict[str, str]:
        with engine.connect() as connection:
            tables = connection.execute(_TENANT_TABLES).scalars().all()
            return {
                table: connection.execute(
                    text(f"SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {table} t")
                ).scalar_one()
                for table in tables
                if table != _VISITS
            }

    yield digest
    engine.dispose()
