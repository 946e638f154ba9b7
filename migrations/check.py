"""Do the migrations, on a new database, make what the models say, and can each be undone? `make check` asks."""

import os
import sys

from alembic import command
from alembic.util.exc import CommandError

from app.core import bootstrap, migrations, postgres
from app.core.config import ROOT


def main() -> int:
    """Return 0 when there is one newest revision, and models and tables agree; say what differs otherwise."""
    if len(migrations.heads()) != 1:
        print(
            f"There are several newest migrations: {', '.join(sorted(migrations.heads()))}. Let one follow the other."
        )
        return 1
    name = f"check_{os.getpid()}"
    with postgres.running(ROOT / "var" / "test-postgres", postgres.DISPOSABLE) as server:
        bootstrap.prepare(server, name)
        try:
            return _try_on(server.url(name, bootstrap.OWNER))
        finally:
            server.drop_database(name)


def _try_on(owner_url: str) -> int:
    alembic = migrations.alembic_config(owner_url)
    command.upgrade(alembic, "head")
    try:
        command.check(alembic)
    except CommandError as difference:
        print(difference)
        return 1
    command.downgrade(alembic, "base")
    command.upgrade(alembic, "head")
    return 0


if __name__ == "__main__":
    sys.exit(main())
