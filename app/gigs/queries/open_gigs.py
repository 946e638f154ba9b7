"""Open gigs: the listing and a few similar ones."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    Uuid,
    any_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.acquaintances.queries import is_known_to
from app.categories.models import Category
from app.categories.queries import has_children
from app.core import clock
from app.core.paging import Keyset, Page
from app.core.reading import Reading
from app.core.whereabouts import Spot, located
from app.gigs.audience import VIEWER, meant_for
from app.gigs.models import Gig
from app.gigs.queries.answered import ANSWERED, answers_asked, names_of
from app.gigs.queries.narrowing import NARROWING, PAID_IN_ALL
from app.gigs.queries.nearness import AGE, FAR, NEARNESS, near
from app.gigs.queries.rows import (
    DUE,
    OPEN,
    joined,
    row_columns,
    viewer_of,
)
from app.gigs.search import Search
from app.policies import lacking
from app.search.matching import Answer
from app.search.paging import page_of
from tenants.context import Actor, current_tenant
from tenants.isolation import scoped

ROWS = 24
# Filters of a few choices: each choice is a condition of its own.
#: The filter of a category that others are within: it finds theirs too. Apart, so that all other categories keep their index.
WITH_CHILDREN = "category_whole"
_CHILD = aliased(Category)
_CHOSEN = {"where", "pay", "hours", "due", "room", "within", "known"}


def filters_on(gigs: Any) -> dict[str, ColumnElement[bool]]:
    """Return what narrows a list of gigs down (their table, or rows with its columns); each is named like its parameter."""
    slug = select(Category.id).where(scoped(Category), Category.slug == bindparam("category")).scalar_subquery()
    inside = select(_CHILD.id).where(scoped(_CHILD), _CHILD.parent_id == slug).correlate(None)
    return {
        "direction": gigs.direction == bindparam("direction"),
        "kind": gigs.kind == bindparam("kind"),
        "category": gigs.category_id == slug,
        WITH_CHILDREN: or_(gigs.category_id == slug, gigs.category_id.in_(inside)),
        "settlement": gigs.settlement == bindparam("settlement"),
        "where_remote": gigs.remote,
        "where_onsite": gigs.place != literal_column("''"),
        "place": gigs.place == bindparam("place"),
    }


#: Whose author the viewer knows: a question that members alone can ask.
KNOWN = "known_yes"
FILTERS = filters_on(Gig) | NARROWING | NEARNESS | ANSWERED | {KNOWN: is_known_to(VIEWER, Gig.author_id)}
#: The ids of what the words of a search find, the best first.
FOUND: Any = bindparam("found", type_=ARRAY(Uuid()))


def listing(search: Search, viewer: Actor | None, found: Answer | None = None) -> Page[Row[Any]]:
    """Return the page of open gigs that answers a search, for whoever looks: the columns of `SHORT`, `skills` needed
    and `gained` (names), for a member `held` (needed and theirs) and `wanted` (gained, and they want to learn it), and where
    distances are measured, `far` (see `nearness`).

    :param found: what the words of the search find, as of the page before.
    """
    keyset = _keyset(shape_of(search), search.order, viewer is not None, found is not None)
    values = values_of(search, viewer, found and found.ids)
    if found is None or search.order != "fit":
        return keyset.page(search.at, **values)
    return page_of(found, search.at, lambda at: keyset.page(at, **values))


def similar(gig: Any, viewer: Actor | None, how_many: int = 3) -> Sequence[Row[Any]]:
    """Return a few other open gigs of the same category, newest first; columns as in `listing`."""
    if "see" in lacking(viewer):
        return []
    values = {"category_id": gig.category_id, "gig_id": gig.id, "how_many": how_many, **viewer_of(viewer)}
    return _SIMILAR[viewer is not None].rows(**values)


def newest(viewer: Actor | None, how_many: int) -> Sequence[Row[Any]]:
    """Return the newest open gigs; columns as in `listing`."""
    return [] if "see" in lacking(viewer) else _NEWEST[viewer is not None].rows(how_many=how_many, **viewer_of(viewer))


def gigs_of(author_id: UUID, viewer: Actor | None, how_many: int = 12) -> Sequence[Row[Any]]:
    """Return a member's open gigs as somebody may see them, newest first; columns as in `listing`."""
    if "see" in lacking(viewer) and not (viewer and viewer.id == author_id):
        return []
    return _OF_AUTHOR[viewer is not None].rows(author_id=author_id, how_many=how_many, **viewer_of(viewer))


def these(ids: Sequence[UUID], viewer: Actor | None) -> dict[UUID, Row[Any]]:
    """Return those of some gigs that are open and may be seen, by their ids; columns as in `listing`."""
    if "see" in lacking(viewer):
        return {}
    return {row.id: row for row in _THESE[viewer is not None].rows(found=list(ids), **viewer_of(viewer))}


def shape_of(search: Search) -> tuple[str, ...]:
    """Return the names of the filters in force: each combination has a statement of its own, built once."""
    filters = search.filters
    if spot_of(search) is None:
        # Nobody knows where that is: nothing is near it or far from it.
        filters = {name: value for name, value in filters.items() if name not in ("near", "within")}
    shape = tuple(_condition(name, value) for name, value in filters.items() if name != "asks")
    return shape + names_of(search.conditions)


def _condition(name: str, value: str) -> str:
    if name == "category":
        return WITH_CHILDREN if has_children(value) else name
    return f"{name}_{value}" if name in _CHOSEN else name


def spot_of(search: Search) -> Spot | None:
    """Return where a search measures from; None where it names no place, or none that is known."""
    return None if search.near is None else located(search.near, zone=current_tenant().time_zone)


def values_of(search: Search, viewer: Actor | None, found: Sequence[UUID] | None) -> dict[str, Any]:
    """Return the parameters of a search's statement."""
    hall = current_tenant()
    values: dict[str, Any] = {
        name: value for name, value in search.filters.items() if name not in _CHOSEN | {"near", "asks"}
    }
    values |= answers_asked(search.conditions)
    spot = spot_of(search)
    values |= near(spot, search.within) if spot is not None else {}
    values |= {"today": clock.today(hall.time_zone), "currency": hall.currency}
    # Nobody in particular knows nobody.
    values |= {"viewer": None} if search.known and viewer is None else {}
    return {**values, **viewer_of(viewer), **({} if found is None else {"found": list(found)})}


@cache
def _keyset(shape: tuple[str, ...], order: str, signed_in: bool, has_words: bool) -> Keyset:
    statement = _open(signed_in).where(*(FILTERS[name] for name in shape))
    if has_words:
        statement = statement.where(Gig.id == any_(FOUND))
    if "near" in shape:
        statement = statement.add_columns(FAR)
    if order == "fit":
        place = func.array_position(FOUND, Gig.id, type_=Integer).label("place_found")
        return Keyset(statement.add_columns(place), by=("place_found", "id"), size=ROWS)
    elif order == "pay":
        return Keyset(statement.add_columns(PAID_IN_ALL), by=("paid_in_all", "id"), size=ROWS, descending=True)
    elif order == "near" and "near" in shape:
        return Keyset(statement.add_columns(AGE), by=("far", "age", "id"), size=ROWS)
    elif order == "due":
        return Keyset(statement.add_columns(DUE), by=("due_key", "id"), size=ROWS)
    else:
        return Keyset(statement, by=("published_at", "id"), size=ROWS, descending=True)


def _open(signed_in: bool) -> Select[Any]:
    return joined(select(*row_columns(signed_in))).where(OPEN, meant_for(signed_in=signed_in))


def _newest(signed_in: bool) -> Select[Any]:
    newest_first = _open(signed_in).order_by(Gig.published_at.desc(), Gig.id.desc())
    return newest_first.limit(bindparam("how_many"))


def _for_both(statement_of: Callable[[bool], Select[Any]]) -> dict[bool, Reading]:
    """Return the statement for visitors (False) and for members (True)."""
    return {signed_in: Reading(statement_of(signed_in)) for signed_in in (False, True)}


_NEWEST = _for_both(_newest)
_SIMILAR = _for_both(
    lambda signed_in: _newest(signed_in).where(
        Gig.category_id == bindparam("category_id"), Gig.id != bindparam("gig_id")
    )
)
_THESE = _for_both(lambda signed_in: _open(signed_in).where(Gig.id == any_(FOUND)))
_OF_AUTHOR = _for_both(lambda signed_in: _newest(signed_in).where(Gig.author_id == bindparam("author_id")))
