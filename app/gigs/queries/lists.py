"""Lists beside the listing: a member's own gigs, what waits for review, the categories."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, func, select, text
from sqlalchemy.orm import aliased

from app.categories.models import Category
from app.categories.nesting import in_their_order
from app.core.database import db
from app.gigs.audience import meant_for
from app.gigs.models import Gig, GigEdit
from app.gigs.models.columns import TERMS
from app.gigs.queries.rows import LONG, OPEN, joined, row_columns, viewer_of
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member

_INNER = aliased(Category)
_ROW = row_columns(signed_in=False)
_OWN = (
    joined(select(*_ROW, *LONG))
    .where(Gig.author_id == bindparam("member_id"), Gig.state != "removed")
    .order_by(Gig.state_changed_at.desc(), Gig.id.desc())
    .limit(300)
)
_REVIEWS = (
    joined(select(*_ROW)).where(text("gigs.state = 'in_review'")).order_by(Gig.state_changed_at, Gig.id).limit(100)
)
_EDITS = (
    select(
        Gig.id,
        Gig.title,
        Member.name.label("author_name"),
        *(getattr(Gig, name) for name in (*TERMS, "level")),
        GigEdit.changes,
        GigEdit.created_at.label("proposed_at"),
    )
    .join(Gig, and_(Gig.tenant_id == GigEdit.tenant_id, Gig.id == GigEdit.gig_id))
    .join(Member, and_(Member.tenant_id == Gig.tenant_id, Member.id == Gig.author_id))
    .where(scoped(GigEdit), text("gig_edits.state = 'waiting'"))
    .order_by(GigEdit.created_at, GigEdit.id)
    .limit(100)
)


def own_gigs(member_id: UUID) -> Sequence[Row[Any]]:
    """Return a member's gigs, the last changed first; columns as in `listing` and on the page."""
    return db.session.execute(_OWN, {"member_id": member_id}).all()


def waiting_gigs(categories: Collection[UUID] | None) -> Sequence[Row[Any]]:
    """Return the gigs that wait for review in these categories (None: in all), the longest waiting first; as in `listing`."""
    return db.session.execute(*_in_categories(_REVIEWS, categories)).all()


def waiting_edits(categories: Collection[UUID] | None) -> Sequence[Row[Any]]:
    """Return the edits that wait for review: a gig's id, title, author_name, terms as they stand, `changes`, `proposed_at`."""
    return db.session.execute(*_in_categories(_EDITS, categories)).all()


def category_list(viewer: Actor | None) -> Sequence[Row[Any]]:
    """Return the categories in their order, those within another after it, archived ones last: id, slug, name, summary,
    emblem, archived_at, parent_id, and `open_gigs`, those in it and in what is within it that the viewer may see.
    """
    return in_their_order(db.session.execute(_category_list(viewer is not None), viewer_of(viewer)))


def _in_categories(statement: Select[Any], categories: Collection[UUID] | None) -> tuple[Select[Any], dict[str, Any]]:
    if categories is None:
        return statement, {}
    return statement.where(Gig.category_id.in_(bindparam("categories", expanding=True))), {
        "categories": list(categories)
    }


@cache
def _category_list(signed_in: bool) -> Select[Any]:
    open_gigs = select(func.count()).select_from(Gig).where(Gig.tenant_id == Category.tenant_id, OPEN)
    open_gigs = open_gigs.where(meant_for(signed_in=signed_in)).correlate(Category)
    inner = and_(_INNER.tenant_id == Gig.tenant_id, _INNER.id == Gig.category_id)
    own = open_gigs.where(Gig.category_id == Category.id).scalar_subquery()
    within = open_gigs.join(_INNER, inner).where(_INNER.parent_id == Category.id).scalar_subquery()
    return (
        select(Category.id, Category.slug, Category.name, Category.summary, Category.emblem, Category.archived_at)
        .add_columns(Category.parent_id, (own + within).label("open_gigs"))
        .where(scoped(Category), Category.into_id.is_(None))
        .order_by(Category.archived_at.is_not(None), Category.position, Category.id)
    )
