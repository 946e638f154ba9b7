"""What a member may not do for a time, as moderators decided: kept beside the member, read with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

#: What can be taken from somebody for a time. Whoever is suspended may do none of it; what they agreed on they still may do.
DEEDS = ("post", "write", "apply", "speak")


@dataclass(frozen=True, slots=True)
class Restraint:
    """One decision in force: its id, what it takes, and until when."""

    measure_id: UUID
    deeds: frozenset[str]
    until: datetime


def written(restraints: Iterable[Restraint]) -> str:
    """Return restraints as they are kept with the member; `read` understands it."""
    ordered = sorted(restraints, key=lambda one: (one.until, one.measure_id))
    return ",".join(f"{one.measure_id}:{'+'.join(sorted(one.deeds))}:{int(one.until.timestamp())}" for one in ordered)


def read(kept: str, *, now: datetime) -> tuple[Restraint, ...]:
    """Return what of it is in force at `now`."""
    return tuple(one for one in _read(kept) if now < one.until) if kept else ()


@lru_cache(maxsize=2000)
def _read(kept: str) -> tuple[Restraint, ...]:
    entries = (entry.split(":") for entry in kept.split(","))
    return tuple(
        Restraint(UUID(measure_id), frozenset(deeds.split("+")), datetime.fromtimestamp(int(until), UTC))
        for measure_id, deeds, until in entries
    )
