"""What requests that wait at the same time may share: a web process answers those that have arrived one after another, a round.

A round's first read comes after all its requests have arrived: it sees whatever was changed before any of them was sent. So
one read serves them all, and nobody is shown less than by a read of their own. The busier a process is, the more wait together.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, TypeVar

from werkzeug.routing import Rule

Shared = dict[Any, Any]
View = TypeVar("View", bound=Callable[..., Any])

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


def waits_outside(view: View) -> View:
    """Mark a view that may wait for somebody else's service: its pages are answered beside the round, so that nobody waits
    along. Other pages wait for nothing but the database.
    """
    view.waits_outside = True  # type: ignore[attr-defined]
    return view


def outside(rules: Iterable[Rule], views: dict[str, Any]) -> tuple[bytes, ...]:
    """Return how the paths begin whose views wait outside, for the server."""
    waiting = (rule.rule for rule in rules if getattr(views.get(rule.endpoint), "waits_outside", False))
    return tuple(sorted({path.partition("<")[0].encode() for path in waiting}))
