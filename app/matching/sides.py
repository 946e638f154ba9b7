"""The two sides of a match as the score sees them: plain values, whichever statement read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from math import ceil, log
from typing import Any
from uuid import UUID

from app.profiles.wording import FADES_AFTER

#: Uses of a skill are counted up to so many among gigs, and as many among members: beyond that it is simply common.
COUNTED = 500


@dataclass(frozen=True)
class Side:
    """A member as the score sees them. `held` says how well each skill is established: 1 is said, more is shown in work here,
    or endorsed by who saw it; `done_in` how often they finished work in a category.
    """

    id: UUID
    held: Mapping[UUID, float]
    wanted: frozenset[UUID]
    interest: frozenset[UUID]
    shown: Mapping[UUID, int] = field(default_factory=dict)
    endorsed: Mapping[UUID, int] = field(default_factory=dict)
    minutes: int | None = None
    confirmed_on: date | None = None
    away_from: date | None = None
    away_until: date | None = None
    place: str = ""
    remote: bool = True
    languages: tuple[str, ...] = ()
    done_in: Mapping[UUID, int] = field(default_factory=dict)
    joined_at: datetime | None = None
    finished: int = 0

    def free_minutes(self, today: date) -> int | None:
        """Return the minutes a week that can be relied on; None where nobody can know."""
        fresh = self.confirmed_on is not None and today - self.confirmed_on <= FADES_AFTER
        return self.minutes if fresh else None

    def is_away(self, day: date) -> bool:
        return self.away_until is not None and (self.away_from or day) <= day <= self.away_until


@dataclass(frozen=True)
class Task:
    """A gig as the score sees it, with what counts of its author. `named` are skills that only its words name."""

    id: UUID
    author_id: UUID
    direction: str
    needs: tuple[UUID, ...]
    gains: tuple[UUID, ...]
    named: frozenset[UUID] = frozenset()
    category_id: UUID | None = None
    category: str = ""
    minutes: int | None = None
    span: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    due_on: date | None = None
    remote: bool = True
    place: str = ""
    published_at: datetime | None = None
    languages: tuple[str, ...] = ()
    author: str = ""
    author_joined_at: datetime | None = None
    author_finished: int = 0

    def weekly_minutes(self, today: date) -> int | None:
        """Return the minutes a week that it takes, as far as anybody can tell."""
        if not self.minutes:
            return None
        elif self.span == "week":
            return self.minutes
        elif self.span == "day":
            return 5 * self.minutes
        elif (until := self.ends_on or self.due_on) is not None:
            weeks = max((until - max(self.starts_on or today, today)) / timedelta(weeks=1), 1.0)
            # Nobody plans by the minute.
            return ceil(self.minutes / weeks / 30) * 30
        else:
            return None


@dataclass(frozen=True)
class Vocabulary:
    """What is known of the skills of both sides: their names, how often each is named here, and which go together: `kin` gives
    for a skill that is asked for and another how often whoever asks for the one asks for the other too, from 0 to 1.
    """

    names: Mapping[UUID, str]
    uses: Mapping[UUID, int]
    size: int
    kin: Mapping[tuple[UUID, UUID], float] = field(default_factory=dict)
    _rarities: dict[UUID, float] = field(default_factory=dict)

    def rarity(self, skill_id: UUID) -> float:
        """Return what sharing a skill says, from a little (everybody names it) to 1 (hardly anybody does)."""
        found = self._rarities.get(skill_id)
        if found is None:
            uses = max(min(self.uses.get(skill_id, 1), self.size), 1)
            found = self._rarities[skill_id] = log(1 + self.size / uses) / self._rarest
        return found

    @cached_property
    def companions(self) -> Mapping[UUID, Sequence[tuple[UUID, float]]]:
        """Return for each skill that is asked for those that go with it, and how well."""
        found: dict[UUID, list[tuple[UUID, float]]] = {}
        for (asked, skill), strength in self.kin.items():
            found.setdefault(asked, []).append((skill, strength))
        return found

    @cached_property
    def _rarest(self) -> float:
        return log(1 + max(self.size, 2))


def spoken(words: Any) -> tuple[str, ...]:
    """Return the languages of a profile, each once."""
    return tuple(dict.fromkeys(word.strip() for word in words or () if word.strip()))
