"""Several processes as one: they start together, and when one ends, or somebody asks, all end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.core.config import ROOT
from app.core.tether import ends_with_parent

#: How long a process may take to finish what it is doing when it is asked to end, in seconds.
GRACE = 35.0
_PAUSE = 0.1


class EndedEarly(RuntimeError):
    """One of the processes ended by itself; the message names it."""


@dataclass(slots=True)
class Process:
    """One process to run beside others."""

    name: str
    command: list[str]
    handle: "subprocess.Popen[bytes] | None" = None

    def start(self, environment: Mapping[str, str]) -> None:
        self.handle = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            # A group of its own: Ctrl-C reaches us alone, and we end things in order.
            start_new_session=True,
            # Should we be killed, the database goes too: nothing is left that they could finish.
            preexec_fn=ends_with_parent(signal.SIGKILL),
        )

    @property
    def is_running(self) -> bool:
        return self.handle is not None and self.handle.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Signal the process with everything it started."""
        if self.handle and self.is_running:
            os.killpg(self.handle.pid, number)

    def ask_to_end(self) -> None:
        if self.handle and self.is_running:
            self.handle.terminate()


@dataclass(slots=True)
class Supervisor:
    """Runs processes until one ends or a signal (Ctrl-C, SIGTERM, SIGHUP) asks for the end.

    With `follow_parent` it also ends when whoever started it is gone, as make is after `kill -9`.
    """

    processes: list[Process]
    follow_parent: bool = False
    requests: int = field(default=0, init=False)
    _parent: int = field(default_factory=os.getppid, init=False)

    def run(
        self, environment: Mapping[str, str], *, is_ready: Callable[[], bool], when_ready: Callable[[], None]
    ) -> None:
        """Run all until the end, and return when every process is gone.

        :raises EndedEarly: when a process ended without being asked.
        """
        former = {
            number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            for process in self.processes:
                process.start(environment)
            self._watch(is_ready, when_ready)
        finally:
            self._end()
            for number, handler in former.items():
                signal.signal(number, handler)

    def _note(self, *_: object) -> None:
        self.requests += 1

    def _watch(self, is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> None:
        waiting = True
        while not self._must_end():
            for process in self.processes:
                if not process.is_running:
                    raise EndedEarly(f"The {process.name} ended by itself ({_how(process)}), so everything stops.")
            if waiting and is_ready():
                waiting = False
                when_ready()
            time.sleep(_PAUSE)

    def _must_end(self) -> bool:
        return self.requests > 0 or (self.follow_parent and os.getppid() != self._parent)

    def _end(self) -> None:
        """Ask everything to end; insist when it takes too long, or when somebody asks a second time."""
        for process in self.processes:
            process.ask_to_end()
        deadline = time.monotonic() + GRACE
        while any(process.is_running for process in self.processes):
            if time.monotonic() > deadline or self.requests > 1:
                for process in self.processes:
                    process.send(signal.SIGKILL)
            time.sleep(_PAUSE / 4)


def _how(process: Process) -> str:
    code = process.handle.returncode if process.handle else 0
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def our_python(*arguments: str) -> list[str]:
    """Return a command of this very Python."""
    return [sys.executable, *arguments]
