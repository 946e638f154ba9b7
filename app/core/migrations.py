"""Bringing the database's tables up to date, and knowing whether they are."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from app.core.config import ROOT

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

VERSIONS = ROOT / "migrations" / "versions"

#: A migration that waits for a lock blocks everybody behind it: it gives up, and is run again at a quieter moment.
OWNER_SESSION = "-c lock_timeout=5s -c statement_timeout=10min"

_REVISION = re.compile(r"""^revision(?:: str)? = ["'](\w+)["']""", re.MULTILINE)
_PARENTS = re.compile(r"""^down_revision(?:: [^=]+)? = (.+)$""", re.MULTILINE)


def sqlalchemy_url(url: str) -> str:
    """Return a `postgresql://` address as SQLAlchemy names it with psycopg 3."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def heads(versions: Path = VERSIONS) -> frozenset[str]:
    """Return the newest revisions among the migration files: those that no other builds upon.

    Read as text, since the web processes ask this too and have no other use for alembic.
    """
    texts = [file.read_text() for file in versions.glob("*.py")]
    revisions = {match[1] for text in texts if (match := _REVISION.search(text))}
    parents = {name for text in texts if (match := _PARENTS.search(text)) for name in re.findall(r"\w+", match[1])}
    return frozenset(revisions - parents)


def applied(url: str) -> frozenset[str]:
    """Return the revisions that the database at `url` says it is at; none when it is new."""
    with psycopg.connect(url) as connection:
        return applied_on(connection)


def applied_on(connection: psycopg.Connection) -> frozenset[str]:
    """Return the revisions that this connection's database says it is at; none when it is new."""
    known = connection.execute("SELECT to_regclass('public.alembic_version')").fetchone()
    if known is None or known[0] is None:
        return frozenset()
    return frozenset(row[0] for row in connection.execute("SELECT version_num FROM alembic_version"))


def migrate(owner_url: str) -> bool:
    """Apply what is missing as the owner of the tables; return whether anything was.

    :raises sqlalchemy.exc.OperationalError: when a lock is not to be had; nothing of that migration stays then.
    """
    if applied(owner_url) == heads():
        return False
    # Only here: it takes a third of a second to import, and most starts find nothing to do.
    from alembic import command

    command.upgrade(alembic_config(owner_url), "heads")
    return True


def alembic_config(owner_url: str) -> "AlembicConfig":
    """Return alembic's own settings, pointed at a database."""
    from alembic.config import Config as AlembicConfig

    alembic = AlembicConfig(toml_file=ROOT / "pyproject.toml")
    alembic.attributes["owner_url"] = owner_url
    return alembic
