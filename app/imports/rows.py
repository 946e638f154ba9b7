"""What a row is recognised by, and how it is refused."""

import hashlib
from collections.abc import Sequence


class RefusedRow(ValueError):
    """A row that cannot go in; the message says what to mend."""


def row_key(kind: str, cells: Sequence[str]) -> str:
    """Return what a row is recognised by when the same file comes again: all its words, however they are spaced or cased."""
    normal = "\x1f".join(" ".join(cell.casefold().split()) for cell in cells)
    return f"{kind}:{hashlib.sha256(normal.encode()).hexdigest()[:32]}"
