"""What a process remembers of the pages it has made: a few megabytes, and the least recently used goes first.

Nothing is ever invalidated. A key holds everything that its value depends on: the tenant first, the tenant's versions (the
database counts them, see `tenants.versions`), who looks, the day. When something changes, the versions change in the same
transaction; nobody asks for the old keys again, and they fall out at the far end.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import timedelta
from sys import getsizeof
from threading import Lock
from typing import Any, Generic, TypeVar, cast

from flask import current_app

MEBIBYTE = 2**20
# What each takes at most, in bytes: together no more than 40 MiB a process.
CAPACITIES = {
    "layouts": 4 * MEBIBYTE,
    "cards": 10 * MEBIBYTE,
    "lists": 8 * MEBIBYTE,
    "pages": 18 * MEBIBYTE,
}
# An entry's share of the dictionary, and the small objects of its key.
_OVERHEAD = 600

Value = TypeVar("Value")
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Constancy:
    """How long a page stays as it is while nothing in its tenant changes, and whether only visitors' pages do."""

    at_most: timedelta
    for_visitors: bool


def while_unchanged(*, for_visitors: bool = False, minutes: int = 24 * 60) -> Callable[[View], View]:
    """Declare that a view answers with the same page until one of the tenant's versions, whoever is signed in, the address
    or the day changes; for a page that says how long ago things were, a few `minutes` at most.
    """

    def declare(view: View) -> View:
        vars(view)["constancy"] = Constancy(timedelta(minutes=minutes), for_visitors)
        return view

    return declare


class Cache(Generic[Value]):
    """A memory of so many bytes. Several threads may use it at once."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.size = 0
        self._entries: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return what was put under a key, or None when it is not here (any more)."""
        try:
            value, _ = self._entries[key]
            self._entries.move_to_end(key)
        except KeyError:
            # Perhaps another thread has just dropped it.
            return None
        return value

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Remember a value of `size` bytes, and forget what was not asked for longest where room is short."""
        size += _OVERHEAD
        if size > self.capacity:
            return
        with self._lock:
            _, before = self._entries.pop(key, (None, 0))
            self._entries[key] = value, size
            self.size += size - before
            while self.size > self.capacity:
                _, (_, dropped) = self._entries.popitem(last=False)
                self.size -= dropped

    def kept(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the text under a key, made now when it is not here."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value, getsizeof(value))
        return value

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True, slots=True)
class Caches:
    """The caches of a process, by what they hold. One that is switched off remembers nothing.

    layouts: parts of a page that every page of a hall repeats.
    cards: a gig's row in a list.
    lists: which gigs answer a question, and how many each filter would leave, for all who see the same.
    pages: whole pages, as a visitor or one signed-in browser gets them.
    """

    layouts: Cache[str]
    cards: Cache[tuple[Any, str]]
    lists: Cache[Any]
    pages: Cache[Any]

    @classmethod
    def of(cls, switched_on: Collection[str]) -> "Caches":
        return cls(**{name: Cache(size if name in switched_on else 0) for name, size in CAPACITIES.items()})


def caches() -> Caches:
    """Return the caches of the current application."""
    return cast(Caches, current_app.extensions["caches"])
