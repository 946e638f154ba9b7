"""Databases for tests: migrated once, copied per process, on a PostgreSQL of their own beside that of `make run`."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from procrastinate import __version__ as procrastinate_version

from app.core import bootstrap, migrations, postgres
from app.core.config import ROOT

HOME = ROOT / "var" / "test-postgres"


@dataclass(frozen=True, slots=True)
class TestDatabase:
    """A migrated database without rows, as each of its roles sees it."""

    __test__ = False

    name: str
    owner_url: str
    app_url: str
    operator_url: str


@contextmanager
def a_folder() -> Iterator[Path]:
    """Give a new folder in which a PostgreSQL may live. pytest's own are closed to the account that it runs as under root."""
    with TemporaryDirectory(prefix="guildhall-test-") as path:
        yield Path(path)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """The server for tests; it stops when the last test process leaves."""
    with postgres.running(HOME, postgres.DISPOSABLE) as server:
        yield server


@pytest.fixture(scope="session")
def new_database(postgres_server: postgres.Server) -> Callable[[], AbstractContextManager[TestDatabase]]:
    """Makes a database for the length of a `with` block: for whatever commits, be it threads, browsers or workers."""
    template = _migrated_template(postgres_server)
    numbers = count(1)

    @contextmanager
    def new() -> Iterator[TestDatabase]:
        name = f"test_{os.getpid()}_{next(numbers)}"
        postgres_server.create_database(name, owner=bootstrap.OWNER, template=template)
        with postgres_server.connect(name) as connection:
            # Rights on the database itself are not copied with it.
            connection.execute(bootstrap.RIGHTS)
        try:
            yield TestDatabase(
                name,
                owner_url=postgres_server.url(name, bootstrap.OWNER),
                app_url=postgres_server.url(name, bootstrap.APP),
                operator_url=postgres_server.url(name, bootstrap.OPERATOR),
            )
        finally:
            postgres_server.drop_database(name)

    return new


@pytest.fixture(scope="session")
def database(new_database: Callable[[], AbstractContextManager[TestDatabase]]) -> Iterator[TestDatabase]:
    """The database of this test process: every test leaves it as it was."""
    with new_database() as made:
        yield made


@pytest.fixture
def fresh_database(new_database: Callable[[], AbstractContextManager[TestDatabase]]) -> Iterator[TestDatabase]:
    """A database of this test's own, to commit to."""
    with new_database() as made:
        yield made


def _migrated_template(server: postgres.Server) -> str:
    """Return the name of a database that the present migrations have run on; made by the first to ask."""
    name = f"template_{_digest()}"
    with (HOME / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not server.has_database(name):
            _drop_leftovers(server)
            # Under another name until it is whole.
            draft = f"test_{os.getpid()}_template"
            bootstrap.prepare(server, draft)
            migrations.migrate(server.url(draft, bootstrap.OWNER))
            with server.connect(draft) as connection:
                # What migrations leave to the worker is done: there is nothing yet to do it for.
                connection.execute("DELETE FROM procrastinate_jobs")
            with server.connect() as connection:
                connection.execute(f"ALTER DATABASE {draft} RENAME TO {name}")  # type: ignore[arg-type]
    return name


def _digest() -> str:
    sources = [
        *sorted(migrations.VERSIONS.glob("*.py")),
        migrations.VERSIONS.parent / "env.py",
        Path(bootstrap.__file__),
        Path(__file__),
    ]
    content = b"\0".join(file.read_bytes() for file in sources)
    return sha256(content + procrastinate_version.encode()).hexdigest()[:16]


def _drop_leftovers(server: postgres.Server) -> None:
    """Drop templates of other migrations, and what killed test processes left behind."""
    with server.connect() as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database")]
    for name in names:
        kind, _, rest = name.partition("_")
        process = rest.partition("_")[0]
        is_orphan = kind == "test" and process.isdecimal() and not psutil.pid_exists(int(process))
        if kind == "template" or is_orphan:
            server.drop_database(name)
