"""What can be found: each feature says what its things say, and which rows say it. The search itself knows none of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select


@dataclass(frozen=True, slots=True)
class Entry:
    """What one thing says, from what weighs most to what weighs least: its name, its skills, what sums it up, its prose."""

    subject_id: UUID
    fresh_at: datetime
    has_room: bool
    for_visitors: bool
    name: str
    skills: str
    summary: str
    prose: str

    @property
    def texts(self) -> tuple[str, str, str, str]:
        return self.name, self.skills, self.summary, self.prose


@dataclass(frozen=True, slots=True)
class Telling:
    """Rows that say something about things that can be found. `subject` is their column with the thing's id, or `reach` gives
    the ids of things for some of the rows. Only a change of `columns` matters (None: any).
    """

    subject: str = "id"
    columns: frozenset[str] | None = None
    reach: Callable[[Iterable[Any]], Select[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of things that can be found. `read` gives the entries of those among some ids that can be found now;
    `after` gives the next ids of all that there are, in order.
    """

    kind: str
    read: Callable[[Sequence[UUID]], Sequence[Entry]]
    after: Callable[[UUID | None, int], Sequence[UUID]]
    tellings: Mapping[Any, Telling]


_sources: dict[str, Source] = {}


def register(sources: Iterable[Source]) -> None:
    """Let the search know these kinds of things."""
    _sources.update({source.kind: source for source in sources})


def source(kind: str) -> Source:
    """Return what is known of a kind."""
    return _sources[kind]


def kinds() -> tuple[str, ...]:
    """Return all kinds of things that can be found."""
    return tuple(_sources)
