"""A category's front page beyond its gigs: news, what to read, what was finished lately, how to become part."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import render_template
from markupsafe import Markup
from sqlalchemy import and_, any_, bindparam, literal_column, select

from app.agreements.models import Agreement
from app.categories.models import Category
from app.categories.noticeboard import CategoryPost
from app.categories.noticeboard import Reading as WorthReading
from app.core.reading import Reading
from app.editorial.pages import Page
from app.gigs.category_parts import adds_foot, adds_part
from app.gigs.models import Gig
from tenants.isolation import scoped
from tenants.models import Member
from tenants.versions import kept_of_hall

_NEWS, _ON_THE_HALLS, _FINISHED = 3, 4, 4
_OF_IT: Any = bindparam("category_id")
_NEWEST = (
    select(
        CategoryPost.id,
        CategoryPost.title,
        CategoryPost.text,
        CategoryPost.posted_at,
        CategoryPost.for_hall,
        Category.name.label("category"),
        Category.slug,
        Member.name.label("author"),
    )
    .join(Category, and_(Category.tenant_id == CategoryPost.tenant_id, Category.id == CategoryPost.category_id))
    .join(Member, and_(Member.tenant_id == CategoryPost.tenant_id, Member.id == CategoryPost.author_id))
    .where(scoped(CategoryPost), CategoryPost.removed_at.is_(None), Category.archived_at.is_(None))
    .order_by(CategoryPost.posted_at.desc(), CategoryPost.id.desc())
    .limit(bindparam("how_many"))
)
_NEWS_OF = Reading(_NEWEST.where(CategoryPost.category_id == _OF_IT))
_NEWS_OF_HALL = Reading(_NEWEST.where(CategoryPost.for_hall))
_READINGS = Reading(
    select(
        WorthReading.id,
        WorthReading.title,
        WorthReading.url,
        WorthReading.why,
        Page.slug.label("page"),
    )
    .outerjoin(
        Page,
        and_(
            Page.tenant_id == WorthReading.tenant_id,
            Page.id == WorthReading.page_id,
            Page.state == literal_column("'published'"),
        ),
    )
    .where(scoped(WorthReading), WorthReading.category_id == _OF_IT)
    .order_by(WorthReading.id)
)
_LATELY = Reading(
    select(Gig.id, Gig.title, Agreement.accepted_at)
    .join(Gig, and_(Gig.tenant_id == Agreement.tenant_id, Gig.id == Agreement.gig_id))
    .where(scoped(Agreement), Gig.category_id == _OF_IT, Agreement.accepted_at.is_not(None))
    # The same for whoever looks, and of nobody's draft.
    .where(Gig.audience == literal_column("'hall'"), Gig.state == any_(literal_column("ARRAY['filled', 'closed']")))
    .order_by(Agreement.accepted_at.desc(), Agreement.id.desc())
    .limit(literal_column(str(_FINISHED)))
)


@adds_part
def front(category: Category) -> Markup | str:
    """Return what a category's page shows above its gigs; read once for everybody until something changes."""
    news, readings, _lately = _kept(category)
    return Markup(render_template("leading/front.html", news=news, readings=readings)) if news or readings else ""


@adds_foot
def foot(category: Category) -> Markup | str:
    """Return what a category's page shows below its gigs."""
    _news, _readings, lately = _kept(category)
    if not (lately or category.joining):
        return ""
    return Markup(render_template("leading/foot.html", category=category, lately=lately))


def _kept(category: Category) -> Any:
    return kept_of_hall(f"front of {category.id}", lambda: _front_of(category.id))


def news_of(category_id: UUID, how_many: int = _NEWS) -> Sequence[Any]:
    """Return a category's newest news: id, title, text, posted_at, for_hall, category, slug, author."""
    return _NEWS_OF.rows(category_id=category_id, how_many=how_many)


def news_of_hall() -> Sequence[Any]:
    """Return the newest news that categories offer to the marketplace's front page; as in `news_of`."""
    return _NEWS_OF_HALL.rows(how_many=_ON_THE_HALLS)


def readings_of(category_id: UUID) -> Sequence[Any]:
    """Return what a category's leaders recommend: id, title, url or page (the address of one of the hall's own), why. Neither
    of the two where a page is not published now.
    """
    return _READINGS.rows(category_id=category_id)


def _front_of(category_id: UUID) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
    readings = [one for one in readings_of(category_id) if one.page or one.url]
    return news_of(category_id), readings, _LATELY.rows(category_id=category_id)
