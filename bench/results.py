"""What was measured: a table to read and `var/bench.json` to keep."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from app.core.config import ROOT

FILE = ROOT / "var" / "bench.json"


@dataclass(frozen=True, slots=True)
class Result:
    """One figure. `target` is None for figures that are only reported."""

    name: str
    value: float
    unit: str
    target: float | None = None
    better: Literal["higher", "lower"] = "higher"

    @property
    def ok(self) -> bool:
        if self.target is None:
            return True
        elif self.better == "higher":
            return self.value >= self.target
        else:
            return self.value <= self.target


def show(results: Iterable[Result]) -> None:
    """Print the figures as a table."""
    print(f"\n  {'what':<52}{'value':>12}  {'unit':<10}{'target':>8}")
    for result in results:
        sign = "≥" if result.better == "higher" else "≤"
        target = "" if result.target is None else f"{sign} {result.target:g}"
        mark = " " if result.ok else "✗"
        print(f"{mark} {result.name:<52}{result.value:>12,.2f}  {result.unit:<10}{target:>8}")


def keep(results: Iterable[Result], file: Path = FILE) -> None:
    """Write the figures; those of parts that did not run this time stay as they were."""
    known = {row["name"]: row for row in json.loads(file.read_text())} if file.exists() else {}
    known |= {result.name: {**asdict(result), "ok": result.ok} for result in results}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(list(known.values()), indent=1) + "\n")
