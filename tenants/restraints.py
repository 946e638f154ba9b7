"""What a member may not do for a time, as moderators decided: kept beside the member, read with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

#: What can be taken from somebody for a time. Whoever is suspended may do none of it; what they agreed on they still may do.
DEEDS = ("post", "write", "apply", "speak")
#: What is taken from whoever is kept from one category, there alone.
DEEDS_OF_CATEGORY = ("post", "apply", "answer")


@dataclass(frozen=True, slots=True)
class Restraint:
    """One decision in force: its id, what it takes, until when, and in which category (None: everywhere)."""

    measure_id: UUID
    deeds: frozenset[str]
    until: datetime
    category_id: UUID | None = None


def written(restraints: Iterable[Restraint]) -> str:
    """Return restraints as they are kept with the member; `read` understands it."""
    ordered = sorted(restraints, key=lambda one: (one.until, one.measure_id))
    return ",".join(
        f"{one.measure_id}:{'+'.join(sorted(one.deeds))}:{int(one.until.timestamp())}:{one.category_id or ''}".rstrip(
            ":"
        )
        for one in ordered
    )


def read(kept: str, *, now: datetime) -> tuple[Restraint, ...]:
    """Return what of it is in force at `now`."""
    return tuple(one for one in _read(kept) if now < one.until) if kept else ()


def keeps_from(kept: str, category_id: UUID | None, *, now: datetime) -> bool:
    """Return whether what is kept with a member keeps them from one category at `now`."""
    return category_id is not None and any(one.category_id == category_id for one in read(kept, now=now))


@lru_cache(maxsize=2000)
def _read(kept: str) -> tuple[Restraint, ...]:
    return tuple(_read_one(*entry.split(":")) for entry in kept.split(","))


def _read_one(measure_id: str, deeds: str, until: str, category_id: str = "") -> Restraint:
    ends = datetime.fromtimestamp(int(until), UTC)
    return Restraint(UUID(measure_id), frozenset(deeds.split("+")), ends, UUID(category_id) if category_id else None)
