"""How alembic reaches the database: as the owner of the tables, in a hurry, one transaction per migration."""

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from app.core.bootstrap import database
from app.core.config import Config
from app.core.migrations import OWNER_SESSION, sqlalchemy_url
from app.metadata import metadata


def ours(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
    """Whether autogenerate looks at it: the job queue's tables belong to procrastinate."""
    return not (kind == "table" and name and name.startswith("procrastinate_"))


def migrate_on(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=ours,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_at(owner_url: str) -> None:
    engine = create_engine(sqlalchemy_url(owner_url), poolclass=NullPool, connect_args={"options": OWNER_SESSION})
    with engine.connect() as connection:
        # Two deployments at once: the second waits, and then finds nothing to do.
        connection.exec_driver_sql("SELECT pg_advisory_lock(hashtext('guildhall migrations'))")
        connection.commit()
        migrate_on(connection)


owner_url = context.config.attributes.get("owner_url")
if owner_url:
    migrate_at(owner_url)
else:
    # Called as `alembic revision` or `alembic check`: on the database that the environment names.
    with database(Config.from_env()) as config:
        migrate_at(config.database_owner_url)
