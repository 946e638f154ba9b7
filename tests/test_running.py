"""`make run`, from an empty folder to nothing left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psutil
import pytest

from app.core.config import ROOT
from tests.database import a_folder


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def var():
    with a_folder() as folder:
        yield folder / "var"


@pytest.fixture
def environment(var, port):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "PYTEST"))}
    return kept | {"VAR_DIR": str(var), "PORT": str(port), "SEED_DEMO": "0"}


def started(environment):
    return subprocess.Popen(
        [sys.executable, "-m", "app.cli", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def ready(site):
    said = []
    for line in site.stdout:
        said.append(line)
        if "Guildhall is ready" in line:
            return said
    raise AssertionError("it ended with:\n" + "".join(said))


def of_this_folder(var):
    """Return the processes that work on this folder, however they were started."""
    found = []
    for process in psutil.process_iter():
        try:
            belongs = process.environ().get("VAR_DIR") == str(var) or str(var) in " ".join(process.cmdline())
            if belongs and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def eventually_nothing_of(var, seconds=20):
    deadline = time.monotonic() + seconds
    while (left := of_this_folder(var)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return [process.cmdline() for process in left]


def answer(port, path):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": f"localhost:{port}"})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)


def test_it_starts_from_nothing_answers_and_leaves_nothing_running(environment, port, var):
    with started(environment) as site:
        ready(site)
        assert answer(port, "/healthz") == (200, {"alive": True})
        assert answer(port, "/readyz") == (200, {"database": True, "migrated": True, "worker": True})
        site.send_signal(signal.SIGINT)
        assert "Guildhall has stopped." in site.communicate(timeout=60)[0]
        assert site.returncode == 0
    assert eventually_nothing_of(var) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_killed_it_leaves_nothing_running_and_starts_again(environment, var):
    with started(environment) as site:
        ready(site)
        site.kill()
    assert eventually_nothing_of(var) == []
    with started(environment) as site:
        ready(site)
        site.terminate()
        site.communicate(timeout=60)


def test_a_taken_port_is_said_with_what_to_do(environment, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with started(environment) as site:
            said, _ = site.communicate(timeout=60)
    assert site.returncode == 1
    assert f"Port {port} is not free" in said
    assert f"make run PORT={port + 1}" in said
