"""The worker, in a process of its own, on a database of its own: stopped, killed, relieved."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import psycopg
import pytest
from flask import Flask
from psycopg.conninfo import conninfo_to_dict

from app.core import clock
from app.core.config import ROOT
from app.core.database import db
from tenants.context import TenantInfo, tenant_context
from tests.core.worker_app import slow
from tests.database import TestDatabase
from tests.factories import a_hall

pytestmark = pytest.mark.slow

Start = Callable[..., subprocess.Popen[bytes]]

# A worker that runs while the clock strikes has the clock's own jobs in its queue too.
OURS = f"FROM procrastinate_jobs WHERE task_name = '{slow.name}'"


@pytest.fixture
def hall(committing: Flask) -> TenantInfo:
    return a_hall()


@pytest.fixture
def start(fresh_database: TestDatabase, tmp_path: Path) -> Iterator[Start]:
    """Start workers; whatever still runs is killed at the end."""
    workers: list[subprocess.Popen[bytes]] = []

    def start_one(
        *, grace: float = 1, patience: float = 1, url: str = fresh_database.app_url
    ) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.core.worker_app", url, str(tmp_path), str(grace), str(patience)]
        workers.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL))
        return workers[-1]

    yield start_one
    for worker in workers:
        worker.kill()
        worker.wait()


def test_a_worker_does_what_is_enqueued_and_stops_when_told(hall: TenantInfo, start: Start):
    worker = start()
    enqueue_slow(hall, milliseconds=1)
    until(lambda: jobs_left() == 0)
    assert effects(hall) == 1
    assert fetch("SELECT count(*) FROM procrastinate_workers") == 1
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
    assert fetch("SELECT count(*) FROM procrastinate_workers") == 0


def test_a_stop_lets_the_running_job_finish_and_nobody_takes_it_meanwhile(
    hall: TenantInfo, start: Start, tmp_path: Path
):
    (tmp_path / "wait").touch()
    enqueue_slow(hall, milliseconds=0)
    worker = start(grace=120, patience=3)
    until((tmp_path / "started").exists)
    worker.send_signal(signal.SIGTERM)
    other = start(patience=3)
    until(lambda: fetch("SELECT count(*) FROM procrastinate_workers") == 2)
    time.sleep(5)
    assert worker.poll() is None, "it waits for its job"
    assert fetch(f"SELECT attempts {OURS}") == 0
    assert other.poll() is None
    (tmp_path / "wait").unlink()
    assert worker.wait(60) == 0
    assert (effects(hall), jobs_left()) == (1, 0)


def test_a_stop_releases_a_job_that_does_not_finish(hall: TenantInfo, start: Start, tmp_path: Path):
    enqueue_slow(hall, milliseconds=60_000)
    worker = start()
    until((tmp_path / "started").exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
    assert (effects(hall), jobs_left("todo")) == (0, 1)


def test_a_stop_ends_a_worker_in_time_whose_database_does_not_answer(
    hall: TenantInfo, start: Start, fresh_database: TestDatabase, tmp_path: Path
):
    (tmp_path / "wait").touch()
    enqueue_slow(hall, milliseconds=0)
    with a_line_to(fresh_database.app_url) as line:
        worker = start(url=line.url)
        until((tmp_path / "started").exists)
        line.cut()
        told = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    # One second of grace, two to sign off, and what a busy machine adds.
    assert time.monotonic() - told < 15
    assert effects(hall) == 0


def test_a_stop_ends_a_worker_that_waits_for_a_database(start: Start, fresh_database: TestDatabase, tmp_path: Path):
    with a_line_to(fresh_database.app_url) as line:
        worker = start(url=line.url, grace=120)
        until(lambda: fetch("SELECT count(*) FROM procrastinate_workers", url=fresh_database.app_url) == 1)
        line.cut(hang_up=True)
        time.sleep(2)
        assert worker.poll() is None
        told = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    assert time.monotonic() - told < 15


def test_a_killed_workers_job_is_done_by_another_and_once(hall: TenantInfo, start: Start, tmp_path: Path):
    enqueue_slow(hall, milliseconds=1500)
    worker = start()
    until((tmp_path / "started").exists)
    worker.kill()
    worker.wait()
    (tmp_path / "started").unlink()
    assert (effects(hall), jobs_left("doing")) == (0, 1)
    start()
    until(lambda: jobs_left() == 0)
    assert effects(hall) == 1


def test_a_killed_workers_job_gives_way_to_another_like_it(hall: TenantInfo, start: Start, tmp_path: Path):
    """Enqueued to be done once, and again while it ran: the second does it for both, and nothing keeps the worker from it."""
    enqueue_slow(hall, once="all", milliseconds=60_000)
    worker = start()
    until((tmp_path / "started").exists)
    worker.kill()
    worker.wait()
    # Due later, so that the first is put back before the second is taken.
    enqueue_slow(hall, once="all", milliseconds=1, seconds_from_now=12)
    start()
    until(lambda: jobs_left("doing") == 0)
    assert jobs_left("todo") == 1
    until(lambda: jobs_left() == 0)
    assert effects(hall) == 1


def test_a_worker_that_was_only_asleep_repeats_nothing(hall: TenantInfo, start: Start, tmp_path: Path):
    enqueue_slow(hall, milliseconds=1500)
    sleeper = start()
    until((tmp_path / "started").exists)
    sleeper.send_signal(signal.SIGSTOP)
    start()
    time.sleep(2)
    sleeper.send_signal(signal.SIGCONT)
    until(lambda: jobs_left() == 0)
    time.sleep(0.5)
    assert effects(hall) == 1


def test_a_worker_outlives_its_database_connections(
    hall: TenantInfo, start: Start, fresh_database: TestDatabase, tmp_path: Path
):
    worker = start()
    enqueue_slow(hall, milliseconds=1)
    until(lambda: jobs_left() == 0)
    with psycopg.connect(fresh_database.app_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
    db.session.rollback()
    db.engine.dispose()
    enqueue_slow(hall, milliseconds=1)
    until(lambda: jobs_left() == 0)
    assert effects(hall) == 2
    assert worker.poll() is None


def enqueue_slow(hall: TenantInfo, *, milliseconds: int, once: str | None = None, seconds_from_now: float = 0) -> None:
    with tenant_context(hall):
        slow.enqueue_at(clock.now() + timedelta(seconds=seconds_from_now), once=once, milliseconds=milliseconds)
        db.session.commit()


def effects(hall: TenantInfo) -> int:
    """Return how often the job's change was committed."""
    return str(fetch("SELECT tagline FROM tenants WHERE id = %s", hall.id)).count("+")


def jobs_left(status: str | None = None) -> int:
    return int(fetch(f"SELECT count(*) {OURS} AND %s::text IN (status::text, '')", status or ""))


def fetch(query: str, *parameters: object, url: str = "") -> object:
    with psycopg.connect(
        url or db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    ) as connection:
        row = connection.execute(query, parameters).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return row[0]


@dataclass
class Line:
    """A line to the database that can be cut: by then nothing comes through, or both ends are hung up."""

    url: str
    listener: socket.socket
    target: str
    ends: list[socket.socket] = field(default_factory=list)
    is_cut: bool = False

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                if self.is_cut:
                    self.ends.append(near)
                    continue
                far = socket.socket(socket.AF_UNIX)
                far.connect(self.target)
                self.ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def cut(self, *, hang_up: bool = False) -> None:
        self.is_cut = True
        if hang_up:
            self.close()

    def close(self) -> None:
        for end in (self.listener, *self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while (data := one.recv(65536)) and not self.is_cut:
                other.sendall(data)


@contextmanager
def a_line_to(url: str) -> Iterator[Line]:
    """Give a line to the database at `url`, with an address of its own."""
    parts = conninfo_to_dict(url)
    name = f".s.PGSQL.{parts['port']}"
    with TemporaryDirectory(prefix="guildhall-line-") as folder:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(f"{folder}/{name}")
        listener.listen()
        line = Line(
            url.replace(quote(str(parts["host"]), safe=""), quote(folder, safe="")), listener, f"{parts['host']}/{name}"
        )
        threading.Thread(target=line.serve, daemon=True).start()
        yield line
        line.close()


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.05)
