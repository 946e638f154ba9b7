"""A gig as a row of a list. Pure: the same row gives the same markup, which is why it can be remembered."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from sys import getsizeof
from typing import Any, NamedTuple

from markupsafe import Markup

from app.core import clock
from app.core.caching import caches
from app.core.languages import language
from app.gigs import wording
from app.gigs.drawn_cards import CardDrawer
from app.gigs.facts import facts, gig_base
from app.gigs.queries.nearness import kilometres
from app.gigs.queries.rows import FOR_EVERYBODY
from tenants.context import current_tenant


class Reader(NamedTuple):
    """The skills of whoever looks: for rows that were read for everybody."""

    held: frozenset[str]
    wanted: frozenset[str]


def cards(
    rows: Iterable[Any], *, level: int = 3, without: tuple[str, ...] = (), reader: Reader | None = None
) -> Markup:
    """Return the rows of a list, one `<li>` for each gig, headed at a level.

    :param without: the facts that the list need not repeat.
    :param reader: whose skills to mark; by default the rows say it themselves (`held` and `wanted`).
    """
    maker = _Maker(level, without, reader)
    return Markup("".join([maker.card(row) for row in rows]))


class _Maker:
    """Makes the rows of one list, or finds them remembered."""

    def __init__(self, level: int, without: tuple[str, ...], reader: Reader | None) -> None:
        hall = current_tenant()
        self.level = level
        self.without = dict.fromkeys(without, "")
        self.reader = reader
        self.today = clock.today(hall.time_zone)
        self.kept = caches().cards
        self.place = (hall.id, language(), self.today, level, without)

    def card(self, row: Any) -> str:
        held, wanted = self._marks(row)
        far = getattr(row, "far", None)
        key = (*self.place, row.id, held, wanted, far)
        said = row[:FOR_EVERYBODY]
        found = self.kept.get(key)
        if found is not None and found[0] == said:
            return found[1]
        shown = facts(row, today=self.today, base=self.base, held=held, wanted=wanted)
        if far is not None:
            shown = shown._replace(place=wording.distant(shown.place, kilometres(far)))
        html = self.drawer.draw(shown._replace(**self.without) if self.without else shown)
        # The row itself is about as large as its markup.
        self.kept.put(key, (said, html), 2 * getsizeof(html))
        return html

    def _marks(self, row: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if self.reader is None:
            return tuple(row.held or ()), tuple(row.wanted or ())
        return _among(row.skills, self.reader.held), _among(row.gained, self.reader.wanted)

    @cached_property
    def base(self) -> str:
        return gig_base()

    @cached_property
    def drawer(self) -> CardDrawer:
        return CardDrawer(self.level)


def _among(names: Sequence[str] | None, known: frozenset[str]) -> tuple[str, ...]:
    """Return those of a row's skills that a reader knows, in their order; mostly there are none."""
    return () if not names or known.isdisjoint(names) else tuple([name for name in names if name in known])
