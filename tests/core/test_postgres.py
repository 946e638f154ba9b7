"""The embedded PostgreSQL lives as long as somebody uses it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from app.core import postgres
from app.core.postgres import DISPOSABLE, running
from tests.database import a_folder

USER = """
import sys, time
from pathlib import Path
from app.core.postgres import DISPOSABLE, running
with running(Path(sys.argv[1]), DISPOSABLE):
    print("up", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def directory():
    with a_folder() as folder:
        yield folder / "cluster"


@pytest.fixture
def folder():
    with a_folder() as made:
        yield made


def another_process_using(directory):
    process = subprocess.Popen([sys.executable, "-c", USER, str(directory)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "up\n"
    return process


def ended(process):
    process.kill()
    process.communicate()


def postmaster(directory):
    return int((directory / "data" / "postmaster.pid").read_text().split()[0])


def is_gone(pid):
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def eventually(holds, seconds=15):
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def answers(server):
    with server.connect() as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def test_it_stops_when_its_only_user_leaves(directory):
    with running(directory, DISPOSABLE) as server:
        assert answers(server)
        pid = postmaster(directory)
    assert eventually(lambda: is_gone(pid))


def test_it_stops_when_its_only_user_is_killed(directory):
    user = another_process_using(directory)
    pid = postmaster(directory)
    ended(user)
    assert eventually(lambda: is_gone(pid))


def test_it_stays_when_one_of_two_users_leaves(directory):
    first = another_process_using(directory)
    with running(directory, DISPOSABLE) as server:
        ended(first)
        time.sleep(0.5)
        assert answers(server)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_a_killed_keeper_takes_it_along_and_the_next_start_recovers(directory):
    user = another_process_using(directory)
    pid = postmaster(directory)
    os.kill(psutil.Process(pid).ppid(), signal.SIGKILL)
    assert eventually(lambda: is_gone(pid))
    with running(directory, DISPOSABLE) as server:
        assert answers(server)
    ended(user)


def test_a_crash_of_the_server_is_recovered_from_at_the_next_start(directory):
    user = another_process_using(directory)
    pid = postmaster(directory)
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: is_gone(pid))
    with running(directory, DISPOSABLE) as server:
        assert answers(server)
    ended(user)


def test_a_process_number_that_another_program_has_by_now_does_not_stop_a_start(directory):
    with running(directory, DISPOSABLE):
        note = (directory / "data" / "postmaster.pid").read_text()
    (directory / "data" / "postmaster.pid").write_text(note.replace(note.split()[0], str(os.getpid()), 1))
    with running(directory, DISPOSABLE) as server:
        assert answers(server)


def test_a_folder_with_a_space_in_its_name_is_no_obstacle(folder):
    with running(folder / "my hall", DISPOSABLE) as server:
        assert answers(server)


@pytest.mark.parametrize("name", ["-".join(["a-rather-long-name-for-a-folder"] * 4), "yours, mine"])
def test_a_path_that_a_socket_cannot_have_is_no_obstacle(folder, name):
    with running(folder / name, DISPOSABLE) as server:
        assert answers(server)
    socket_dir = Path(server.socket_dir)
    assert eventually(lambda: not list(socket_dir.iterdir()))
    socket_dir.rmdir()


def test_a_start_that_fails_says_what_the_log_says(folder):
    settings = {**DISPOSABLE, "shared_buffers": "none"}
    with pytest.raises(postgres.PostgresFailed, match="shared_buffers"), running(folder / "cluster", settings):
        pass
