"""A small process that runs one PostgreSQL for as long as somebody uses it, and ends it when nobody does.

Started by `app.core.postgres`, never by hand, and with hardly more than the standard library, since it stays in memory as
long as the database does. Its users hold a shared lock on a file; the system releases that lock however a user ends, `kill -9`
included. The keeper waits for the exclusive lock: when it gets it, nobody is left, and it stops the server.

    python -m app.core.postgres_keeper '{"directory": …, "user": null | [uid, gid], "command": ["…/postgres", …]}'
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from app.core.tether import ends_with_parent

START_SECONDS = 60
STOP_SECONDS = 60


def main(order: dict[str, Any]) -> int:
    """Run the server until its last user is gone; say `ready` on standard output once it answers."""
    directory = Path(order["directory"])
    # Held for this process's life: whoever finds it free knows that no keeper is here.
    keeper_lock = (directory / "keeper.lock").open("w")
    fcntl.flock(keeper_lock, fcntl.LOCK_EX)
    server = _start(order["command"], order["user"], directory / "log")
    # A signal to the keeper is a request to the server; the keeper follows when it has gone.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.send_signal(signal.SIGINT))
    if not _becomes_ready(server, directory / "data" / "postmaster.pid"):
        return 1
    sys.stdout.write("ready\n")
    sys.stdout.close()
    threading.Thread(target=_stop_when_unused, args=(server, directory / "users.lock"), daemon=True).start()
    return server.wait()


def _start(command: list[str], user: list[int] | None, log: Path) -> "subprocess.Popen[bytes]":
    identity: dict[str, Any] = {"user": user[0], "group": user[1], "extra_groups": []} if user else {}
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            preexec_fn=ends_with_parent(signal.SIGINT),
            **identity,
        )


def _becomes_ready(server: "subprocess.Popen[bytes]", pid_file: Path) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            lines = pid_file.read_text().split()
            if lines and int(lines[0]) == server.pid and lines[-1] == "ready":
                return True
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        server.send_signal(signal.SIGQUIT)
    return False


def _stop_when_unused(server: "subprocess.Popen[bytes]", users: Path) -> None:
    # Kept until this process ends, so that a newcomer waits for the server to be gone before starting another.
    users_lock = os.open(users, os.O_RDWR)
    fcntl.flock(users_lock, fcntl.LOCK_EX)
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
