"""Who is told in the same transaction when a gig's state changed: features above answer those who wait for it."""

from collections.abc import Callable
from typing import Any

#: Called with the gig, the verb, who did it (None for a timer) and why.
Listener = Callable[[Any, str, Any, str], None]

_listeners: list[Listener] = []


def when_moved(listener: Listener) -> Listener:
    """Have a function called after each move of a gig, in the order of registration, under the gig's lock."""
    _listeners.append(listener)
    return listener


def tell(gig: Any, verb: str, by: Any, why: str) -> None:
    """Call everybody who asked to be told."""
    for listener in _listeners:
        listener(gig, verb, by, why)
