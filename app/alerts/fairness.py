"""Which of the gigs that wait stand in a letter, and where: what fits best, and beside it something fresh and something that
few have seen. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Because = Literal["fit", "fresh", "rare", "also"]

#: So many gigs a letter shows, and so many it names at most; what is beyond waits for the next.
SHOWN, NAMED = 8, 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A gig that waits to be told of."""

    gig_id: UUID
    fit: float
    published_at: datetime


def fairly(waiting: Sequence[Candidate], seen: Mapping[UUID, int]) -> list[tuple[UUID, Because]]:
    """Return the gigs of one letter in its order, each with why it stands there; at most `NAMED`, of which the first
    `SHOWN` are shown.

    :param seen: how often each gig was shown to members lately; never where it is missing.
    """
    by_fit = sorted(waiting, key=lambda one: (-one.fit, -one.published_at.timestamp(), one.gig_id))
    best, rest = by_fit[: SHOWN - 2], by_fit[SHOWN - 2 :]
    chosen: list[tuple[UUID, Because]] = [(one.gig_id, "fit") for one in best]
    if rest:
        fresh = max(rest, key=lambda one: (one.published_at, one.fit, one.gig_id))
        chosen.append((fresh.gig_id, "fresh"))
        rest = [one for one in rest if one is not fresh]
    if rest:
        rare = min(rest, key=lambda one: (seen.get(one.gig_id, 0), -one.fit, one.gig_id))
        chosen.append((rare.gig_id, "rare"))
        rest = [one for one in rest if one is not rare]
    return [*chosen, *((one.gig_id, "also") for one in rest)][:NAMED]
