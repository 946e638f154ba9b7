"""Statements on paper. Why they are made as they are is in docs/decisions/statements-on-paper.md."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from app.core.languages import direction, language
from app.core.press import pressed


@dataclass(frozen=True, slots=True)
class Part:
    """A table under a heading: what its columns are called, and their cells. The last `figures` columns hold amounts."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: int = 1


def on_paper(heading: str, lines: Sequence[str], parts: Sequence[Part], *, now: datetime) -> bytes:
    """Return a document in the language in force: a heading, lines below it, and tables."""
    asked = {
        "heading": heading,
        "lines": list(lines),
        "parts": [asdict(part) for part in parts],
        "language": language(),
        "direction": direction(),
        "now": now.isoformat(),
    }
    return pressed("app.statements.press", asked)
