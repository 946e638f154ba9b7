"""A marketplace's front page, put together from the leaders' blocks for whoever looks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.markdown import plain
from app.editorial.arrangement import Arrangement, Block
from app.gigs.cards import cards
from app.gigs.queries import category_list, newest
from app.halls.how import how_it_works, way_in
from app.halls.queries import figures_of, newest_members, voices
from app.kudos.queries import read as read_thanks
from app.leading.front import news_of_hall
from tenants.context import Actor, TenantInfo, current_tenant

_SHORT = 220
_GIGS = 6

#: What a block shows, by its name; nothing, and the block is left out. The others show words alone.
_CONTENTS: dict[str, Callable[[Actor | None, Any], Any]] = {
    "gigs": lambda viewer, _: cards(newest(viewer, _GIGS)),
    "categories": lambda viewer, _: [one for one in category_list(viewer) if one.archived_at is None],
    "people": lambda *_: newest_members(),
    "news": lambda *_: news_of_hall(),
    "voices": lambda viewer, _: voices(viewer),
    "thanks": lambda _, figures: read_thanks(figures.thanks),
    "how": lambda *_: how_it_works(current_tenant()),
    "join": lambda *_: way_in(current_tenant()),
}
#: A list of gigs is long, these are short: where they follow it, they stand beside it.
_LONG, _SHORT_ONES = "gigs", ("categories", "people")
#: What only those who are not in yet need to read.
_FOR_VISITORS = ("how", "join")
#: What whoever may not look inside is told at the door.
_AT_THE_DOOR = ("opening", "how", "join")
# An empty list of gigs says what belongs there.
_SHOWN_EMPTY = ("gigs",)


@dataclass(frozen=True, slots=True)
class Part:
    """One block with what it shows."""

    block: Block
    content: Any


@dataclass(frozen=True, slots=True)
class Row:
    """A part over the whole width, or with others beside it."""

    part: Part
    beside: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Front:
    """A front page as it is shown: how it opens, then its rows."""

    title: str
    line: str
    rows: list[Row]
    figures: Any = None


def front_of(viewer: Actor | None, draft: Arrangement | None = None) -> Front:
    """Return the front page as a member or a visitor who may look inside sees it.

    :param draft: an arrangement that nobody has published yet, to look at.
    """
    figures = figures_of(viewer)
    blocks = (draft or Arrangement.read(figures.arrangement or [])).blocks
    shown = [one for one in blocks if one.shown and not one.is_empty and not (viewer and one.name in _FOR_VISITORS)]
    parts = [Part(one, _CONTENTS[one.name](viewer, figures) if one.name in _CONTENTS else None) for one in shown]
    parts = [part for part in parts if part.content or part.block.name not in _CONTENTS or _says_so(part)]
    opening = parts.pop(0).block
    return Front(
        opening.title or current_tenant().tagline or current_tenant().name,
        opening.text or greeting(figures, viewer),
        list(_rows(parts)),
        figures,
    )


def door_of(hall: TenantInfo, arrangement: Arrangement) -> Front:
    """Return what whoever may not look inside sees: the opening, how it works, and the way in."""
    blocks = [one for one in arrangement.blocks if one.shown and one.name in _AT_THE_DOOR]
    opening, *others = blocks
    rows = [Row(Part(one, _CONTENTS[one.name](None, None))) for one in others]
    return Front(
        opening.title or hall.tagline or hall.name, opening.text or _("What happens here is for members."), rows
    )


def greeting(figures: Any, viewer: Actor | None) -> str:
    """Return the line under the marketplace's name: the leaders' words of welcome to members where they are short, else how
    many are here and what is open.
    """
    welcome = plain(figures.welcome) if viewer else ""
    if welcome and len(welcome) <= _SHORT:
        return welcome
    people = ngettext("%(num)s person", "%(num)s people", figures.people)
    if figures.open_gigs:
        return ngettext(
            "%(people)s, and %(num)s gig open now.",
            "%(people)s, and %(num)s gigs open now.",
            figures.open_gigs,
            people=people,
        )
    return (
        _("%(people)s so far. Be the one who posts the first gig.", people=people)
        if viewer
        else _("%(people)s so far.", people=people)
    )


def _says_so(part: Part) -> bool:
    return part.block.name in _SHOWN_EMPTY


def _rows(parts: Sequence[Part]) -> Iterator[Row]:
    row: Row | None = None
    for part in parts:
        if row and row.part.block.name == _LONG and part.block.name in _SHORT_ONES:
            row.beside.append(part)
            continue
        if row:
            yield row
        row = Row(part)
    if row:
        yield row
