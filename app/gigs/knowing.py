"""“From people you know”: how many of a list's gigs are. Each member knows others, so this figure alone is nobody else's."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import any_, func, select

from app.core.reading import Reading
from app.gigs.audience import meant_for
from app.gigs.models import Gig
from app.gigs.queries.open_gigs import FILTERS, FOUND, KNOWN, shape_of, values_of
from app.gigs.queries.rows import OPEN
from app.gigs.search import Search
from tenants.context import Actor
from tenants.isolation import scoped


def gigs_from_known(search: Search, viewer: Actor, found: Sequence[UUID] | None) -> int:
    """Return how many of the gigs that answer a search are from people whom the viewer knows."""
    others = tuple(name for name in shape_of(search) if name != KNOWN)
    return int(_count(others, found is not None).rows(**values_of(search, viewer, found))[0].gigs)


@cache
def _count(shape: tuple[str, ...], has_words: bool) -> Reading:
    # From the people to their gigs: of a large hall only theirs are looked at.
    narrowing = [FILTERS[KNOWN], *(FILTERS[name] for name in shape), *([Gig.id == any_(FOUND)] if has_words else [])]
    counted = select(func.count().label("gigs")).select_from(Gig)
    return Reading(counted.where(scoped(Gig), OPEN, meant_for(signed_in=True), *narrowing))
