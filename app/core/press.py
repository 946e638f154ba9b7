"""What is made in a process of its own, of words that people wrote: it has no environment, bounded memory and time, and ends.

A module that is run like this calls `answer` with what makes its file.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.core.config import ROOT
from app.core.errors import ProductError
from app.core.languages import lazy_gettext as _l

_MEMORY = 1_000_000_000
_SECONDS = 30


class NotPressed(ProductError):
    status = 503
    message = _l("This document could not be made just now. Try it again in a moment.")


def pressed(module: str, asked: dict[str, Any]) -> bytes:
    """Return the file that a module makes of what is asked, which is sent to it as JSON.

    :raises NotPressed: when it fails, or takes too long.
    """
    # The folder is ours: a process that is killed clears nothing away.
    with TemporaryDirectory(prefix="press-") as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-m", module, folder],
                input=json.dumps(asked).encode(),
                capture_output=True,
                timeout=2 * _SECONDS,
                cwd=ROOT,
                env={},
                check=True,
            )
        except subprocess.SubprocessError as failure:
            raise NotPressed from failure
    return done.stdout


def answer(make: Callable[[dict[str, Any], Path], bytes]) -> None:
    """Read what is asked, and answer with the file that `make` returns; within bounds. It may write into the folder."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    sys.stdout.buffer.write(make(json.load(sys.stdin), Path(sys.argv[1])))
