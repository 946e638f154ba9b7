"""What requests that wait at the same time may share: a web process answers those that have arrived one after another, a round.

A round's first read comes after all its requests have arrived: it sees whatever was changed before any of them was sent. So
one read serves them all, and nobody is shown less than by a read of their own. The busier a process is, the more wait together.
"""

from contextvars import ContextVar
from typing import Any

Shared = dict[Any, Any]

# A context variable, so that what threads do beside the round shares nothing with it.
_shared: ContextVar[Shared | None] = ContextVar("shared_by_a_round", default=None)


def begin() -> None:
    """Begin a round: what the last one shared is forgotten. To be called before looking who waits."""
    _shared.set({})


def end() -> None:
    """End the round: what is read from here on is shared with nobody."""
    _shared.set(None)


def shared() -> Shared | None:
    """Return what the round has read so far, by what was asked; None outside of a round."""
    return _shared.get()
