"""How many gigs each further choice would leave: every count of the filter column, and the total, from one statement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    and_,
    any_,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import aliased

from app.categories.models import Category
from app.core.reading import Reading
from app.gigs.audience import everybody_apart, meant_for
from app.gigs.models import Gig
from app.gigs.queries.answered import ANSWERED
from app.gigs.queries.narrowing import NARROWING, group_of
from app.gigs.queries.nearness import CIRCLE, CIRCLES
from app.gigs.queries.open_gigs import FILTERS, FOUND, KNOWN, WITH_CHILDREN, filters_on, shape_of, values_of
from app.gigs.queries.rows import OPEN
from app.gigs.search import Search
from tenants.context import Actor
from tenants.isolation import scoped

_WHERE = ("where_remote", "where_onsite", "place")
#: What each group counts by, and the filters that it leaves out of its own counts.
_GROUPS: dict[str, tuple[str, ...]] = {
    "direction": ("direction",),
    "kind": ("kind",),
    "category_id": ("category", WITH_CHILDREN),
    "settlement": ("settlement",),
    "remote": _WHERE,
    "onsite": _WHERE,
    "place": _WHERE,
}
_AROUND = aliased(Category)
#: Filters that no group counts by: they narrow what is counted.
_BESIDE = {*NARROWING, *ANSWERED, KNOWN}
#: Where distances are measured, one group more.
_GROUPS_NEAR = _GROUPS | {"circle": tuple(CIRCLES)}


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of open gigs: `total` for the whole search; per group `{value: count}`, that group's own filter lifted.

    `categories` holds names by slug in the marketplace's order, `parents` the slug of the one that another is within;
    `apart`, for a member's counts, everybody who has blocked somebody or was blocked: all other members see the same.
    """

    total: int
    counts: dict[str, dict[Any, int]]
    categories: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    apart: frozenset[UUID] = frozenset()
    #: The slugs of those categories that ask something of their own.
    asking: frozenset[str] = frozenset()

    def with_groups(self, groups: Collection[str], other: "Facets") -> "Facets":
        """Return these counts with those of some groups from elsewhere."""
        return replace(self, counts={name: (other if name in groups else self).counts[name] for name in self.counts})


def groups_chosen(search: Search) -> frozenset[str]:
    """Return the groups of choices, narrowing ones too, that a search has chosen from."""
    shape = shape_of(search)
    counted = {name for name, lifted in _GROUPS_NEAR.items() if not set(lifted).isdisjoint(shape)}
    named = {"category" if name == "category_id" else name for name in counted}
    return frozenset(named | {group_of(name) for name in shape if name in NARROWING})


def facets(search: Search, viewer: Actor | None, found: Sequence[UUID] | None = None) -> Facets:
    """Return the counts beside a listing, for whoever looks; with `found`, among what the words of the search find."""
    shape = shape_of(search)
    rows = _statement(shape, viewer is not None, found is not None).rows(**values_of(search, viewer, found))
    groups = _groups(shape)
    total, apart, counts = 0, frozenset[UUID](), {group: {} for group in groups}
    group_of = _by_bits(groups)
    for row in rows:
        group = group_of.get(row.grouped)
        if group is None:
            total, apart = row.gigs or 0, frozenset(row.apart or ())
        elif row.gigs:
            counts[group][_value(group, row)] = row.gigs
    counts["category"] = counts.pop("category_id")
    asking = frozenset(row.slug for row in rows if row.field_count)
    return Facets(total, counts, *_named([row for row in rows if row.slug is not None]), apart, asking)


def _named(rows: Sequence[Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of categories by slug, those within another after it, and of these the slug of that one."""
    places = {row.slug: ((row.position, row.name, row.slug), ()) for row in rows if row.parent is None}
    for row in rows:
        if row.parent is not None:
            around = (row.parent_position, row.parent_name, row.parent)
            places.setdefault(row.parent, (around, ()))
            places[row.slug] = (around, (row.position, row.name, row.slug))
    order = sorted(places, key=places.__getitem__)
    return {slug: (places[slug][1] or places[slug][0])[1] for slug in order}, {
        row.slug: row.parent for row in rows if row.parent is not None
    }


def _value(group: str, row: Any) -> Any:
    """Return what a row of a group counts; gigs without a category count under None."""
    if group == "category_id":
        return row.slug
    elif group in ("remote", "onsite"):
        return row.value == "true"
    elif group == "circle":
        return int(row.value) if row.value else None
    else:
        return row.value


def _groups(shape: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return _GROUPS_NEAR if "near" in shape else _GROUPS


def _by_bits(groups: Collection[str]) -> dict[int, str]:
    """Return the groups by what PostgreSQL calls them: it sets a bit for each group that a row is not of, the first's highest."""
    return {_everything(groups) ^ 1 << len(groups) - 1 - number: name for number, name in enumerate(groups)}


def _everything(groups: Collection[str]) -> int:
    return int(2 ** len(groups) - 1)


@cache
def _statement(shape: tuple[str, ...], signed_in: bool, has_words: bool) -> Reading:
    narrowed = tuple(name for name in shape if name in _BESIDE)
    alike = _alike(signed_in, has_words, narrowed, is_near="near" in shape)
    groups = _groups(shape)
    filters = filters_on(alike.c) | {"near": true()}
    if "near" in shape:
        filters |= {name: alike.c.circle <= literal_column(str(reach)) for name, reach in CIRCLES.items()}

    def counted(lifted: tuple[str, ...] = ()) -> ColumnElement[int]:
        kept = [filters[name] for name in shape if name not in lifted and name not in narrowed]
        return func.sum(alike.c.gigs).filter(*kept) if kept else func.sum(alike.c.gigs)

    keys = {name: alike.c[name] for name in groups}
    grouped = func.grouping(*keys.values())
    # A row has one value and one count; the others would be as many more to send and to read.
    names = _by_bits(groups).items()
    value = case(*((grouped == bits, cast(keys[name], Text)) for bits, name in names))
    gigs = case(*((grouped == bits, counted(groups[name])) for bits, name in names), else_=counted())
    sums = (
        select(grouped.label("grouped"), value.label("value"), cast(gigs, BigInteger).label("gigs"))
        .add_columns(keys["category_id"])
        .group_by(func.grouping_sets(*(tuple_(key) for key in keys.values()), tuple_()))
        .subquery("sums")
    )
    of_category = and_(scoped(Category), Category.id == sums.c.category_id)
    apart = case((sums.c.grouped == _everything(groups), everybody_apart())) if signed_in else null()
    columns = (sums, Category.slug, Category.name, Category.position, Category.field_count, apart.label("apart"))
    around = (
        _AROUND.slug.label("parent"),
        _AROUND.name.label("parent_name"),
        _AROUND.position.label("parent_position"),
    )
    of_parent = and_(_AROUND.tenant_id == Category.tenant_id, _AROUND.id == Category.parent_id)
    return Reading(select(*columns, *around).outerjoin(Category, of_category).outerjoin(_AROUND, of_parent))


def _alike(signed_in: bool, has_words: bool, narrowed: tuple[str, ...], *, is_near: bool) -> Any:
    """Return how many gigs are alike in all that is counted: the gigs are read once, and few rows are grouped and named."""
    onsite = (Gig.place != literal_column("''")).label("onsite")
    columns = [Gig.direction, Gig.kind, Gig.category_id, Gig.settlement, Gig.remote, onsite, Gig.place]
    columns += [CIRCLE] if is_near else []
    chosen = [scoped(Gig), OPEN, meant_for(signed_in=signed_in), *([Gig.id == any_(FOUND)] if has_words else [])]
    chosen += [FILTERS[name] for name in narrowed]
    return select(*columns, func.count().label("gigs")).where(*chosen).group_by(*columns).subquery("alike")
