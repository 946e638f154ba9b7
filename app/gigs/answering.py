"""What the words of a search find among gigs: all of it, what the filters leave, and the same as of the page before."""

from collections.abc import Hashable
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Compiled, literal_column, select
from sqlalchemy.dialects.postgresql.base import PGDialect

from app.core.caching import Cache
from app.gigs.models import Gig
from app.gigs.queries.open_gigs import FILTERS, shape_of, values_of
from app.gigs.queries.rows import OPEN
from app.gigs.search import Search
from app.gigs.searchable import KIND
from app.search.matching import Answer, answer
from app.search.paging import Place
from app.search.question import Question
from app.search.ranking import Narrowing
from tenants.context import Actor
from tenants.isolation import scoped

# What an entry takes, roughly, in bytes.
_ENTRY, _ID = 500, 140
_NAMED = PGDialect(paramstyle="named")


class Answers:
    """The answers to one search by somebody, each looked for once. `now` is what keeps them apart from those of other tenants,
    languages and times.
    """

    def __init__(self, search: Search, viewer: Actor | None, lists: Cache[Any], now: tuple[Hashable, ...]) -> None:
        self._search, self._viewer, self._lists, self._now = search, viewer, lists, now

    @cached_property
    def whole(self) -> Answer | None:
        """What the words find, before filters and blocks; None where there are no words."""
        return None if self._search.q is None else self._kept((), None)

    @cached_property
    def narrowed(self) -> Answer | None:
        """The same, where that is more than can be ranked: only what the filters leave, so that it is not crowded out."""
        whole, narrowing = self.whole, self._narrowing
        if whole is None or not whole.has_more or narrowing is None:
            return whole
        viewer = self._viewer.id if self._viewer and "known_yes" in shape_of(self._search) else None
        return self._kept((tuple(self._search.filters.items()), viewer), narrowing)

    @cached_property
    def of_page(self) -> Answer | None:
        """What the rows of the page are chosen from: measured as the page before was, where one went before."""
        found, place = self.narrowed, Place.read(self._search.at)
        if found is None or place is None or self._search.order != "fit" or found.scale == place.scale:
            return found
        narrowing = None if found is self.whole else self._narrowing
        # Every cursor has a moment of its own: nobody else will ask for that.
        return self._asked(narrowing, place)

    def _kept(self, key: tuple[Hashable, ...], narrowing: Narrowing | None) -> Answer:
        whole_key = (*self._now, "answer", self._viewer is None, self._search.q, *key)
        found: Answer | None = self._lists.get(whole_key)
        if found is None:
            found = self._asked(narrowing, None)
            self._lists.put(whole_key, found, _ENTRY + _ID * len(found.ids))
        return found

    def _asked(self, narrowing: Narrowing | None, place: Place | None) -> Answer:
        return answer(
            Question.read(self._search.q),
            KIND,
            for_visitors=self._viewer is None,
            scale=place.scale if place else None,
            narrowing=narrowing,
        )

    @cached_property
    def _narrowing(self) -> Narrowing | None:
        filters = _filters(shape_of(self._search))
        if filters is None:
            return None
        values = filters.construct_params(values_of(self._search, self._viewer, None))
        return Narrowing(f"EXISTS ({filters.string})", {name: values[name] for name in filters.binds})


@cache
def _filters(shape: tuple[str, ...]) -> Compiled | None:
    """Return what a gig must be to be left by these filters, beside what was found; None where they leave all."""
    conditions = [FILTERS[name] for name in shape if name != "near"]
    if not conditions:
        return None
    found = Gig.id == literal_column("searchable.subject_id")
    return select(literal_column("1")).where(scoped(Gig), OPEN, found, *conditions).compile(dialect=_NAMED)
