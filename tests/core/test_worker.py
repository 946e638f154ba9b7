"""The worker, in a process of its own, on a database of its own: stopped, killed, relieved."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from app.core.config import ROOT
from app.core.database import db
from app.factory import create_app
from tenants.context import TenantInfo, tenant_context
from tests.app_fixtures import settings_for
from tests.core.worker_app import slow
from tests.database import TestDatabase
from tests.factories import a_hall

pytestmark = pytest.mark.slow

Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def ours(fresh_database: TestDatabase, tmp_path: Path) -> Iterator[Flask]:
    application = create_app(settings_for(fresh_database, tmp_path))
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def hall(ours: Flask) -> TenantInfo:
    return a_hall()


@pytest.fixture
def start(fresh_database: TestDatabase, tmp_path: Path) -> Iterator[Start]:
    """Start workers; whatever still runs is killed at the end."""
    workers: list[subprocess.Popen[bytes]] = []

    def start_one() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.core.worker_app", fresh_database.app_url, str(tmp_path)]
        workers.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL))
        return workers[-1]

    yield start_one
    for worker in workers:
        worker.kill()
        worker.wait()


def test_a_worker_does_what_is_enqueued_and_stops_when_told(ours: Flask, hall: TenantInfo, start: Start):
    worker = start()
    enqueue_slow(hall, milliseconds=1)
    until(lambda: jobs_left() == 0)
    assert effects(hall) == 1
    assert fetch("SELECT count(*) FROM procrastinate_workers") == 1
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(5) == 0
    assert fetch("SELECT count(*) FROM procrastinate_workers") == 0


def test_a_stop_lets_the_running_job_finish(hall: TenantInfo, start: Start, tmp_path: Path):
    enqueue_slow(hall, milliseconds=600)
    worker = start()
    until((tmp_path / "started").exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(5) == 0
    assert (effects(hall), jobs_left()) == (1, 0)


def test_a_stop_releases_a_job_that_does_not_finish(hall: TenantInfo, start: Start, tmp_path: Path):
    enqueue_slow(hall, milliseconds=60_000)
    worker = start()
    until((tmp_path / "started").exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(5) == 0
    assert (effects(hall), jobs_left("todo")) == (0, 1)


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


def enqueue_slow(hall: TenantInfo, *, milliseconds: int) -> None:
    with tenant_context(hall):
        slow.enqueue(milliseconds=milliseconds)
        db.session.commit()


def effects(hall: TenantInfo) -> int:
    """Return how often the job's change was committed."""
    return str(fetch("SELECT tagline FROM tenants WHERE id = %s", hall.id)).count("+")


def jobs_left(status: str | None = None) -> int:
    return int(fetch("SELECT count(*) FROM procrastinate_jobs WHERE %s::text IN (status::text, '')", status or ""))


def fetch(query: str, *parameters: object) -> object:
    with psycopg.connect(
        db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    ) as connection:
        row = connection.execute(query, parameters).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return row[0]


def until(happened: Callable[[], bool], seconds: float = 15) -> None:
    limit = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.05)
