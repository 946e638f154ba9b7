"""What `make check` runs: one line per check with its time, and output only on failure."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    name: str
    asks: str
    command: tuple[str, ...]
    #: How to mend what it finds, when a machine can.
    remedy: str = ""

    def run(self) -> subprocess.CompletedProcess[str]:
        """Return the finished process, its output and errors in one text."""
        environment = os.environ | {"PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"}
        return subprocess.run(
            self.command,
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


CHECKS = [
    Check("format", "code is formatted", ("ruff", "format", "--check", "."), "ruff format ."),
    Check("lint", "no known mistakes", ("ruff", "check", "."), "ruff check --fix ."),
    Check("types", "types hold, strictly where it matters", ("mypy",)),
    Check("layers", "imports go downwards only", ("lint-imports", "--no-logo")),
    Check("migrations", "migrations make what the models say", (sys.executable, "-m", "migrations.check")),
    Check("templates", "templates are well formed", ("djlint", "--lint", "--quiet", "app")),
    Check(
        "words",
        "every text is translated",
        (sys.executable, "bin/catalogues.py", "check"),
        "python bin/catalogues.py update, then translate what is new in app/translations/",
    ),
]


def main(names: list[str]) -> int:
    """Run the named checks, or all; return 0 when every one passes."""
    unknown = set(names) - {check.name for check in CHECKS}
    if unknown:
        print(f"There is no check called {', '.join(sorted(unknown))}.")
        return 2
    chosen = [check for check in CHECKS if not names or check.name in names]
    failures = [check for check in chosen if not _passes(check)]
    if failures:
        print(f"\n{len(failures)} failed: {', '.join(check.name for check in failures)}")
    return 1 if failures else 0


def _passes(check: Check) -> bool:
    print(f"  {check.name:<12}{check.asks:<42}", end="", flush=True)
    started = time.perf_counter()
    finished = check.run()
    passed = finished.returncode == 0
    print(f"{'ok' if passed else 'FAILED':<8}{time.perf_counter() - started:5.1f} s")
    if not passed:
        print(finished.stdout)
        if check.remedy:
            print(f"  To mend it: .venv/bin/{check.remedy}\n")
    return passed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
