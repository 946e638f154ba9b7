"""What is made in a process of its own, of words that people wrote: it has no environment, bounded memory and time, and ends.

A module that is run like this calls `answer` with what makes its file.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from app.core.config import ROOT

_MEMORY = 1_000_000_000
_SECONDS = 30


def pressed(module: str, asked: dict[str, Any]) -> bytes:
    """Return the file that a module makes of what is asked, which is sent to it as JSON.

    :raises subprocess.SubprocessError: when it fails, or takes too long.
    """
    command = [sys.executable, "-m", module]
    done = subprocess.run(
        command,
        input=json.dumps(asked).encode(),
        capture_output=True,
        timeout=2 * _SECONDS,
        cwd=ROOT,
        env={},
        check=True,
    )
    return done.stdout


def answer(make: Callable[[dict[str, Any]], bytes]) -> None:
    """Read what is asked, and answer with the file that `make` returns; within bounds."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    sys.stdout.buffer.write(make(json.load(sys.stdin)))
