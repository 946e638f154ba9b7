"""Web servers to measure: two gunicorn workers each, with their processor time and memory."""

import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions

import psutil

from app.core.config import ROOT
from app.core.supervisor import our_python

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Web:
    """A running server."""

    name: str
    port: int
    master: psutil.Process

    @property
    def workers(self) -> list[psutil.Process]:
        return self.master.children()

    def cpu_seconds(self) -> float:
        """Return the processor time that its workers have used, in seconds."""
        return sum(sum(worker.cpu_times()[:2]) for worker in self.workers)

    def megabytes(self) -> float:
        """Return the memory of its largest worker that is not shared with others, plus its share of what is (PSS)."""
        return max(worker.memory_full_info().pss for worker in self.workers) / 2**20

    def get(self, path: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=dict(headers))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


@contextmanager
def guildhall(name: str, environment: Mapping[str, str], caches: str) -> Iterator[Web]:
    """Give a server of Guildhall with some of its caches (`CACHES`), for the length of the block."""
    settings = dict(environment) | {
        "CACHES": caches,
        "PYTHONPATH": f"{ROOT / 'bench' / 'lean'}{os.pathsep}{ROOT}",
        "NOT_INSTALLED": " ".join(_only_for_developers()),
    }
    with _serving(name, "wsgi:app", "gunicorn.conf.py", settings) as web:
        yield web


@contextmanager
def plain(name: str, application: str, environment: Mapping[str, str]) -> Iterator[Web]:
    """Give a server of another WSGI application (`module:name`), for the length of the block."""
    with _serving(name, application, "bench/gunicorn_settings.py", environment) as web:
        yield web


@contextmanager
def _serving(name: str, application: str, settings_file: str, environment: Mapping[str, str]) -> Iterator[Web]:
    port = _free_port()
    command = our_python(
        "-m", "gunicorn", "-c", settings_file, "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}",
        "--log-level", "error", application,
    )  # fmt: skip
    settings = os.environ | {"PORT": str(port), "PUBLIC_PORT": "8000", "PYTHONPATH": str(ROOT)} | dict(environment)
    process = subprocess.Popen(command, cwd=ROOT, env=settings, start_new_session=True)
    try:
        web = Web(name, port, psutil.Process(process.pid))
        _await_answer(web, process)
        yield web
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@cache
def _only_for_developers() -> list[str]:
    """Return the modules that only `requirements-dev.lock` brings."""
    needed, known = (_locked(name) for name in ("requirements.lock", "requirements-dev.lock"))
    extra = known - needed
    return sorted(
        module for module, names in packages_distributions().items() if {_plain(one) for one in names} <= extra
    )


def _locked(name: str) -> set[str]:
    return {_plain(found) for found in re.findall(r"(?m)^([\w.-]+)==", (ROOT / name).read_text())}


def _plain(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_answer(web: Web, process: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and process.poll() is None:
        with suppress(OSError):
            if web.get("/healthz", {"Host": "localhost"})[0] == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server {web.name!r} did not answer")
