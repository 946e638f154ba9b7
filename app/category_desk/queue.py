"""The queue: everything that waits in a category, the longest waiting first, a page in one statement.

Of each kind no more is read than a page: as much as its own index gives in order. Those few are put together, so that a queue of
thousands costs what one of fifty does. How many wait is counted up to `COUNTED`, for the same reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, func, literal_column, select, true, tuple_, union_all

from app.categories.waiting import Matter, matters
from app.category_desk.models import CategoryDesk, DeskSettings
from app.core.paging import Cursor, Page, Side
from app.core.reading import Reading
from tenants.isolation import scoped

SIZE, COUNTED = 24, 50
_KEY = (datetime, UUID)
_HERE = tuple_(bindparam("at_since", type_=DateTime(timezone=True)), bindparam("at_id", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a desk's queue; how many of each kind wait, at most `COUNTED`; and the hours chosen: the category's own, and
    the marketplace's (None where nobody chose).
    """

    page: Page[Any]
    counts: dict[str, int]
    own_hours: int | None
    hall_hours: int | None


def queue(
    category_id: UUID, *, onlooker: UUID, kind: str = "", at: str | None = None, names: frozenset[str] | None = None
) -> Queue:
    """Return the page at a cursor of what waits in a category for whoever looks, of one kind or of all; the first where the
    cursor leads nowhere.

    :param names: of which kinds they see anything; None: of all.
    """
    shown = frozenset(matters()) if names is None else names
    if not shown:
        return Queue(Page([], next=None, previous=None), {}, None, None)
    wanted, cursor = kind if kind in shown else "", Cursor.read(at, _KEY)
    place = {} if cursor is None else {"at_since": cursor.key[0], "at_id": cursor.key[1]}
    reading = _reading(wanted, cursor.side if cursor else None, shown)
    found = reading.rows(category_id=category_id, onlooker_id=onlooker, **place)
    rows = [row for row in found if row.id is not None]
    if cursor is not None and not rows:
        return queue(category_id, onlooker=onlooker, kind=kind, names=names)
    counts = {name: getattr(found[0], f"number_of_{name}") for name in matters() if name in shown}
    return Queue(_cut(rows, cursor), counts, found[0].own_hours, found[0].hall_hours)


def _cut(rows: Sequence[Any], at: Cursor | None) -> Page[Any]:
    items, has_more = list(rows[:SIZE]), len(rows) > SIZE
    backwards = at is not None and at.side == "before"
    if backwards:
        items.reverse()
    has_next, has_previous = (True, has_more) if backwards else (has_more, at is not None)
    return Page(
        items,
        next=_cursor("after", items[-1]) if has_next and items else None,
        previous=_cursor("before", items[0]) if has_previous and items else None,
    )


def _cursor(side: Side, row: Any) -> str:
    return str(Cursor(side, (row.since, row.id)))


@cache
def _reading(kind: str, side: Side | None, shown: frozenset[str]) -> Reading:
    """Return the statement for one kind or (empty) all that are shown, from the beginning or from a cursor on."""
    chosen = [matter for matter in matters().values() if kind in ("", matter.name) and matter.name in shown]
    all_of_them = union_all(*(select(_some(matter, side)) for matter in chosen)).subquery("waiting")
    page = select(all_of_them).order_by(*_order(all_of_them.c, side)).limit(SIZE + 1).subquery("page")
    beside = _beside()
    # One row also where nothing waits: it has the counts.
    statement = select(*page.c, *beside.c).select_from(beside.outerjoin(page, true()))
    return Reading(statement.order_by(*_order(page.c, side)))


def _some(matter: Matter, side: Side | None) -> Any:
    """Return a page of one kind, as its index has it."""
    of_it: Any = matter.waiting.selected_columns
    statement = matter.waiting.add_columns(literal_column(f"'{matter.name}'::text").label("kind"))
    key = tuple_(of_it["since"], of_it["id"])
    if side is not None:
        statement = statement.where(key > _HERE if side == "after" else key < _HERE)
    return statement.order_by(*_order(of_it, side)).limit(SIZE + 1).subquery(matter.name)


def _order(columns: Any, side: Side | None) -> list[Any]:
    ordered = [columns["since"], columns["id"]]
    return [column.desc() for column in ordered] if side == "before" else ordered


def _beside() -> Any:
    own = select(CategoryDesk.response_hours).where(
        scoped(CategoryDesk), CategoryDesk.category_id == bindparam("category_id", type_=Uuid())
    )
    hall = select(DeskSettings.response_hours).where(scoped(DeskSettings))
    counts = [_count(matter).label(f"number_of_{matter.name}") for matter in matters().values()]
    return select(
        own.scalar_subquery().label("own_hours"), hall.scalar_subquery().label("hall_hours"), *counts
    ).subquery("beside")


def _count(matter: Matter) -> Any:
    some = matter.waiting.with_only_columns(literal_column("1").label("one"), maintain_column_froms=True).limit(COUNTED)
    return select(func.count()).select_from(some.subquery(f"some_{matter.name}")).scalar_subquery()


@cache
def late() -> Reading:
    """Return the statement that counts what is late in a category: `fresh` of it has become so since `reminded_until`, up to
    `COUNTED` of each kind, and all of it began to wait before `before`; `oldest` is when the first did.
    """
    before = bindparam("before", type_=DateTime(timezone=True))
    told = bindparam("told_until", type_=DateTime(timezone=True))
    oldest = [_since(matter, matter.waiting.selected_columns["since"] < before) for matter in matters().values()]
    newest = [
        _since(
            matter,
            matter.waiting.selected_columns["since"] < before,
            matter.waiting.selected_columns["since"] >= told,
        )
        for matter in matters().values()
    ]
    every, fresh = union_all(*oldest).subquery("every"), union_all(*newest).subquery("fresh")
    return Reading(
        select(
            select(func.count()).select_from(every).scalar_subquery().label("number"),
            select(func.min(every.c.since)).scalar_subquery().label("oldest"),
            select(func.count()).select_from(fresh).scalar_subquery().label("fresh"),
        )
    )


def _since(matter: Matter, *conditions: Any) -> Any:
    since: Any = matter.waiting.selected_columns["since"]
    some = matter.waiting.with_only_columns(since, maintain_column_froms=True).where(*conditions)
    return select(some.order_by(since).limit(COUNTED).subquery())
