"""Where a drawing takes its choices from: a name's hash, the same on every machine and in every release."""

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

Choice = TypeVar("Choice")


class Seed:
    """A stream of choices that a name decides. Case, outer spaces and Unicode form make no difference."""

    def __init__(self, name: str, purpose: str) -> None:
        folded = unicodedata.normalize("NFKC", name).casefold().strip()
        self.key = hashlib.sha256(f"{purpose}:{folded}".encode(errors="replace")).digest()
        self._stream = int.from_bytes(self.key * 4, "big")

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to `limit` − 1."""
        self._stream, number = divmod(self._stream, limit)
        return number

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` to `high` in a thousand steps."""
        return low + (high - low) * self.below(1000) / 999

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        return choices[self.below(len(choices))]
