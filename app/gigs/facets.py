"""How many gigs each further choice would leave: every count of the filter column, and the total, from one statement."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select, tuple_

from app.categories.models import Category
from app.core.database import db
from app.gigs.audience import meant_for
from app.gigs.models import Gig
from app.gigs.queries.open_gigs import FILTERS, shape_of, values_of
from app.gigs.queries.rows import OPEN
from app.gigs.search import Search
from tenants.context import Actor
from tenants.isolation import scoped

_WHERE = ("where_remote", "where_onsite", "place")
_ONSITE = (Gig.place != literal_column("''")).label("onsite")
#: What each group counts by, and the filters that it leaves out of its own counts.
_GROUPS: dict[str, tuple[tuple[Any, ...], tuple[str, ...]]] = {
    "direction": ((Gig.direction,), ("direction",)),
    "kind": ((Gig.kind,), ("kind",)),
    "category": ((Category.slug, Category.name, Category.position), ("category",)),
    "settlement": ((Gig.settlement,), ("settlement",)),
    "remote": ((Gig.remote,), _WHERE),
    "onsite": ((_ONSITE,), _WHERE),
    "place": ((Gig.place,), _WHERE),
}
_EVERYTHING = 2 ** len(_GROUPS) - 1
# PostgreSQL sets a bit for each group that a row is not of, the first group's highest.
_GROUP_OF = {_EVERYTHING ^ 1 << len(_GROUPS) - 1 - number: name for number, name in enumerate(_GROUPS)}


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of open gigs: `total` for the whole search; per group `{value: count}`, that group's own filter lifted.

    `categories` holds names by slug, in the marketplace's order.
    """

    total: int
    counts: dict[str, dict[Any, int]]
    categories: dict[str, str] = field(default_factory=dict)


def facets(search: Search, viewer: Actor | None) -> Facets:
    """Return the counts beside a listing, for whoever looks."""
    rows = db.session.execute(_statement(shape_of(search), viewer is not None), values_of(search, viewer)).all()
    total, counts = 0, {group: {} for group in _GROUPS}
    categories = []
    for row in rows:
        group = _GROUP_OF.get(row.grouped)
        if group is None:
            total = row.everything
        elif count := getattr(row, f"of_{group}"):
            # Gigs without a category count under None.
            counts[group][getattr(row, "slug" if group == "category" else group)] = count
        if group == "category" and row.slug is not None:
            categories.append((row.position, row.name, row.slug))
    return Facets(total, counts, {slug: name for _, name, slug in sorted(categories)})


@cache
def _statement(shape: tuple[str, ...], signed_in: bool) -> Select[Any]:
    keys = [columns for columns, _ in _GROUPS.values()]
    counts = [_count(shape, lifted).label(f"of_{name}") for name, (_, lifted) in _GROUPS.items()]
    return (
        select(
            *(column for columns in keys for column in columns),
            func.grouping(*(columns[0] for columns in keys)).label("grouped"),
            _count(shape, ()).label("everything"),
            *counts,
        )
        .select_from(Gig)
        .outerjoin(Category, and_(Category.tenant_id == Gig.tenant_id, Category.id == Gig.category_id))
        .where(scoped(Gig), OPEN, meant_for(signed_in=signed_in))
        .group_by(func.grouping_sets(*(tuple_(*columns) for columns in keys), tuple_()))
    )


def _count(shape: tuple[str, ...], lifted: tuple[str, ...]) -> ColumnElement[int]:
    kept = [FILTERS[name] for name in shape if name not in lifted]
    return func.count().filter(*kept) if kept else func.count()
