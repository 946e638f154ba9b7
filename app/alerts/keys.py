"""What an alert requires and what a gig has, as keys: the very conditions of the listing's filters, one word for each choice."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, all_, and_, any_, bindparam, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.alerts.models import Alert, AlertWeighing
from app.categories.models import Category
from app.core.database import db
from app.core.reading import Reading
from app.gigs.models import Gig
from app.gigs.queries.nearness import NEARNESS, near, square_of, squared_distance
from app.gigs.queries.open_gigs import FILTERS, KNOWN, WITH_CHILDREN, shape_of, spot_of, values_of
from app.gigs.queries.rows import OPEN
from app.gigs.search import Search
from tenants.isolation import scoped

AROUND = "around"
_IDS: Any = bindparam("ids", type_=ARRAY(Uuid()))
# Filters of a few choices are conditions of their own (`pay_fixed-100`); the others compare one column with what was chosen.
# Whose author somebody knows is asked of each alert by itself (`weighing.answers`).
_CONDITIONS = tuple(
    name for name in FILTERS if "_" in name and name not in NEARNESS and name not in (KNOWN, WITH_CHILDREN)
)
_AROUND = aliased(Category)
_COLUMNS = ("direction", "kind", "settlement", "category", "place")
_READ = Reading(
    select(
        Gig.id,
        Gig.direction,
        Gig.kind,
        Gig.settlement,
        Category.slug.label("category"),
        _AROUND.slug.label("around_category"),
        Gig.place,
        Gig.needs,
        *(FILTERS[name].label(f"holds_{number}") for number, name in enumerate(_CONDITIONS)),
    )
    .outerjoin(Category, and_(Category.tenant_id == Gig.tenant_id, Category.id == Gig.category_id))
    .outerjoin(_AROUND, and_(_AROUND.tenant_id == Category.tenant_id, _AROUND.id == Category.parent_id))
    .where(scoped(Gig), OPEN, Gig.id == any_(_IDS))
)
# Circles that alerts draw, each written as its key says it.
_CIRCLES = (
    text(
        """
        SELECT said[1] AS key, CAST(said[2] AS integer) AS here_latitude, CAST(said[3] AS integer) AS here_longitude,
               CAST(said[4] AS integer) AS shrinking, CAST(said[5] AS bigint) AS square
          FROM unnest(CAST(:circles AS text[])) AS one,
               regexp_match(one, '(around=(-?[0-9]+)/(-?[0-9]+)/([0-9]+)/([0-9]+))') AS said
        """
    )
    .columns(key=Text, here_latitude=Integer, here_longitude=Integer, shrinking=Integer, square=Integer)
    .subquery("circles")
)
_INSIDE = squared_distance(_CIRCLES.c) <= _CIRCLES.c.square


def required(search: Search) -> list[str]:
    """Return the keys that a gig must have to pass all filters of a search."""
    # A gig has the key of its category's parent too: which categories are parents may change.
    named = ["category" if name == WITH_CHILDREN else name for name in shape_of(search)]
    chosen, shape = search.filters, [name for name in named if name not in NEARNESS and name != KNOWN]
    keys = [key(name, chosen[name]) if name in chosen else name for name in shape]
    spot = spot_of(search)
    if spot is None or search.within is None:
        return keys
    here = near(spot, search.within)
    places = (here["here_latitude"], here["here_longitude"], here["shrinking"], square_of(search.within))
    return [*keys, key(AROUND, "/".join(map(str, places)))]


def keys_of(gig_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the keys of those of some gigs that are open, by their ids, as they are today."""
    today = values_of(Search(), None, None)
    rows = _READ.rows(ids=list(gig_ids), **today)
    around = _around([row.id for row in rows])
    return {row.id: [*_keys(row), *around[row.id]] for row in rows}


def know_circle(circle: str) -> None:
    """Let the open gigs in a circle that an alert draws have its key: what lies there already is no news when it changes."""
    values = {"circles": [circle]}
    inside = select(Gig.id).join(_CIRCLES, _INSIDE).where(scoped(Gig), OPEN)
    ids = db.session.execute(inside, values).scalars().all()
    unknown = update(AlertWeighing).where(
        scoped(AlertWeighing), AlertWeighing.gig_id == any_(_IDS), literal(circle) != all_(AlertWeighing.keys)
    )
    known = unknown.values(keys=func.array_append(AlertWeighing.keys, circle)).execution_options(
        synchronize_session=False
    )
    db.session.execute(known, {"ids": list(ids)})


def key(name: str, value: str) -> str:
    """Return the key of a filter that was given a value."""
    return f"{name}={value}"


def _around(gig_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    drawn = select(Alert.around).where(scoped(Alert), Alert.around.is_not(None)).distinct()
    circles, found = db.session.scalars(drawn).all(), defaultdict(list)
    if circles and gig_ids:
        inside = select(Gig.id, _CIRCLES.c.key).join(_CIRCLES, _INSIDE).where(scoped(Gig), Gig.id == any_(_IDS))
        for row in db.session.execute(inside, {"ids": list(gig_ids), "circles": circles}):
            found[row.id].append(row.key)
    return found


def _keys(row: Any) -> Iterator[str]:
    yield from (key(name, value) for name in _COLUMNS if (value := getattr(row, name)))
    if row.around_category:
        yield key("category", row.around_category)
    yield from (key("skill", skill) for skill in row.needs)
    yield from (name for number, name in enumerate(_CONDITIONS) if getattr(row, f"holds_{number}"))
