"""A gig as a row of a list. Pure: the same row gives the same markup, which is why it can be remembered."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from sys import getsizeof
from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app, url_for
from markupsafe import Markup

from app.core import clock
from app.core.caching import caches
from app.core.languages import gettext as _
from app.core.languages import language
from app.gigs import wording
from app.gigs.queries.rows import FOR_EVERYBODY
from app.profiles.wording import finished
from tenants.context import current_tenant

_NOBODY = UUID(int=0)
_MOST_SKILLS = 6


class Skill(NamedTuple):
    """A skill that a gig needs, and whether whoever looks has it."""

    name: str
    yours: bool


class Facts(NamedTuple):
    """What the row of a gig shows, all in words. Attributes, since a template reads them faster than keys."""

    href: str
    title: str
    summary: str
    pay: str
    pay_unit: str
    what: str
    category: str | None
    place: str
    due: str
    skills: Sequence[Skill]
    why: str
    author_name: str
    author_hue: int
    author_picture: str | None
    author_note: str
    state: str


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


def facts(
    row: Any, *, today: date, base: str, held: Sequence[str] | None = None, wanted: Sequence[str] | None = None
) -> Facts:
    """Return what the row of a gig shows, all in words. `base` is the address of gigs, up to their id; of the skills, those
    `held` and `wanted` by whoever looks are marked.
    """
    amount, unit = wording.pay(row)
    return Facts(
        href=f"{base}{row.id}",
        title=row.title or _("Untitled draft"),
        summary=row.summary,
        pay=amount,
        pay_unit=unit,
        what=wording.what(row),
        category=row.category_name,
        place=wording.place(row),
        due=wording.by_day(row, today),
        skills=[Skill(name, name in (held or ())) for name in (row.skills or ())[:_MOST_SKILLS]],
        why=wording.why(held, wanted),
        author_name=row.author_name,
        author_hue=row.author_hue,
        author_picture=row.author_picture,
        author_note=finished(row.author_finished, row.author_since, today),
        state=row.state,
    )


def gig_base() -> str:
    """Return the address of gigs up to their id: built once for a page, not for each of its rows."""
    return url_for("gigs.show", gig_id=_NOBODY).removesuffix(str(_NOBODY))


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
        key = (*self.place, row.id, held, wanted)
        said = row[:FOR_EVERYBODY]
        found = self.kept.get(key)
        if found is not None and found[0] == said:
            return found[1]  # type: ignore[no-any-return]
        shown = facts(row, today=self.today, base=self.base, held=held, wanted=wanted)
        html = str(self.draw(shown._replace(**self.without), self.level))
        # The row itself is about as large as its markup.
        self.kept.put(key, (said, html), 2 * getsizeof(html))
        return html

    def _marks(self, row: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if self.reader is None:
            return tuple(row.held or ()), tuple(row.wanted or ())
        held, wanted = self.reader
        return (
            tuple([name for name in row.skills or () if name in held]),
            tuple([name for name in row.gained or () if name in wanted]),
        )

    @cached_property
    def base(self) -> str:
        return gig_base()

    @cached_property
    def draw(self) -> Any:
        return current_app.jinja_env.get_template("components/gigs.html").module.gig_row  # type: ignore[attr-defined]
