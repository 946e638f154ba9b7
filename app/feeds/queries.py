"""What anyone may read elsewhere: open gigs for feeds, and the addresses of a marketplace's public pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, literal_column, or_, select

from app.categories.models import Category
from app.core.reading import Reading
from app.editorial.pages import Page
from app.gigs.audience import meant_for
from app.gigs.models import Gig
from app.gigs.queries.rows import LONG, OPEN, joined, row_columns
from tenants.isolation import scoped

#: As many gigs as a feed tells of, and a map of the site names.
IN_A_FEED = 50
ON_THE_MAP = 10_000

_FOR_ANYONE = (OPEN, meant_for(signed_in=False))


def newest_for_anyone(category_id: UUID | None = None) -> Sequence[Any]:
    """Return the newest open gigs that a visitor may see, of a category or of all; columns as on a gig's page."""
    if category_id is None:
        return _NEWEST.rows()
    else:
        return _NEWEST_IN.rows(category_id=category_id)


def gigs_on_the_map() -> Sequence[Any]:
    """Return `id` and `changed_at` of the newest open gigs that a visitor may see."""
    return _GIGS.rows()


def categories_on_the_map() -> Sequence[Any]:
    """Return the `slug` of the categories in use, in their order."""
    return _CATEGORIES.rows()


def pages_on_the_map() -> Sequence[Any]:
    """Return `slug` and `changed_at` of the marketplace's own pages that anyone may read."""
    return _PAGES.rows()


def _newest() -> Select[Any]:
    gigs = joined(select(*row_columns(signed_in=False), *LONG)).where(*_FOR_ANYONE)
    return gigs.order_by(Gig.published_at.desc(), Gig.id.desc()).limit(literal_column(str(IN_A_FEED)))


_NEWEST = Reading(_newest())
_INSIDE = select(Category.id).where(scoped(Category), Category.parent_id == bindparam("category_id"))
_NEWEST_IN = Reading(
    _newest().where(or_(Gig.category_id == bindparam("category_id"), Gig.category_id.in_(_INSIDE.correlate(None))))
)
_GIGS = Reading(
    select(Gig.id, func.greatest(Gig.published_at, Gig.updated_at).label("changed_at"))
    .where(scoped(Gig), *_FOR_ANYONE)
    .order_by(Gig.published_at.desc(), Gig.id.desc())
    .limit(literal_column(str(ON_THE_MAP)))
)
_CATEGORIES = Reading(
    select(Category.slug)
    .where(scoped(Category), Category.archived_at.is_(None))
    .order_by(Category.position, Category.id)
)
_PAGES = Reading(
    select(Page.slug, Page.changed_at)
    .where(scoped(Page), Page.state == "published", Page.audience == "anyone")
    .order_by(Page.position, Page.id)
)
