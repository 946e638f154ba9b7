"""Processes that run as one end as one."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from app.core.supervisor import EndedEarly, Process, Supervisor, our_python

SLEEPER = "import time; time.sleep(60)"
# One write for the whole line: the two of them share a pipe.
STUBBORN = (
    "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.write(1, b'deaf\\n'); time.sleep(60)"
)

WHOLE = """
import os, sys
from app.core.supervisor import Process, Supervisor, our_python
children = [Process(name, our_python("-c", sys.argv[1])) for name in ("one", "other")]
say = lambda: os.write(1, " ".join(str(child.handle.pid) for child in children).encode() + os.linesep.encode())
Supervisor(children, follow_parent=True).run(os.environ, is_ready=lambda: True, when_ready=say)
print("over", flush=True)
"""


def run(supervisor):
    supervisor.run(os.environ, is_ready=lambda: False, when_ready=lambda: None)


def a_running_whole():
    """Return a process that supervises two sleepers, and the numbers of the three."""
    whole = subprocess.Popen([sys.executable, "-c", WHOLE, SLEEPER], stdout=subprocess.PIPE, text=True)
    sleepers = [int(number) for number in whole.stdout.readline().split()]
    return whole, [whole.pid, *sleepers]


def all_gone(numbers, seconds=10):
    deadline = time.monotonic() + seconds
    while any(_runs(number) for number in numbers):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _runs(number):
    return psutil.pid_exists(number) and psutil.Process(number).status() != psutil.STATUS_ZOMBIE


def test_when_one_ends_all_end_and_it_is_named():
    sleeper = Process("sleeper", our_python("-c", SLEEPER))
    with pytest.raises(EndedEarly, match=r"The web server ended by itself \(exit code 3\)"):
        run(Supervisor([sleeper, Process("web server", our_python("-c", "raise SystemExit(3)"))]))
    assert not sleeper.is_running


def test_one_that_was_killed_is_said_to_be():
    process = Process("worker", our_python("-c", "import os; os.kill(os.getpid(), 9)"))
    with pytest.raises(EndedEarly, match="killed by SIGKILL"):
        run(Supervisor([process]))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_in_good_order(number):
    whole, numbers = a_running_whole()
    whole.send_signal(number)
    assert whole.communicate(timeout=10)[0] == "over\n"
    assert all_gone(numbers)


def test_asking_twice_ends_what_does_not_listen():
    with subprocess.Popen(
        [sys.executable, "-c", WHOLE, STUBBORN],
        stdout=subprocess.PIPE,
        text=True,
    ) as whole:
        said = [whole.stdout.readline() for _ in range(3)]
        assert sorted(said)[1:] == ["deaf\n", "deaf\n"]
        whole.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert whole.poll() is None
        whole.send_signal(signal.SIGINT)
        assert whole.communicate(timeout=10)[0] == "over\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_killing_the_supervisor_ends_all():
    whole, numbers = a_running_whole()
    whole.kill()
    whole.communicate()
    assert all_gone(numbers)


def test_it_ends_with_the_process_that_started_it():
    # make, in between, is killed and can pass nothing on.
    make = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WHOLE!r}, {SLEEPER!r}])",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    numbers = [int(number) for number in make.stdout.readline().split()]
    make.kill()
    assert make.communicate(timeout=10)[0] == "over\n"
    assert all_gone(numbers)
