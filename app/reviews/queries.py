"""Reading reviews: what everybody may read, and what only leaders do."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from app.core.database import db
from app.core.paging import Keyset, Page
from app.profiles.people import as_person
from app.reviews.models import Review
from tenants.isolation import scoped
from tenants.models import Member

_Subject = aliased(Member)
_AUTHOR = (Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count)

_PUBLISHED = (
    select(Review.id.label("review_id"), Review.rating, Review.text, Review.title, Review.published_at, *_AUTHOR)
    .join(Member, and_(Member.tenant_id == Review.tenant_id, Member.id == Review.author_id))
    .where(
        scoped(Review),
        Review.subject_id == bindparam("subject_id"),
        Review.published_at.is_not(None),
        Review.hidden_at.is_(None),
    )
)
# The figures are over all of them, before the few that are shown are cut out.
_ABOUT = (
    _PUBLISHED.add_columns(func.count().over().label("total"), func.avg(Review.rating).over().label("average"))
    .order_by(Review.published_at.desc(), Review.id.desc())
    .limit(bindparam("how_many"))
)
_EVERYTHING_ABOUT = Keyset(_PUBLISHED, by=("published_at", "review_id"), descending=True)
_WRITTEN = select(Review.agreement_id).where(
    scoped(Review),
    Review.author_id == bindparam("author_id"),
    Review.agreement_id.in_(bindparam("agreements", expanding=True)),
)
_NOTES = (
    select(
        Review.private_note,
        Review.written_at,
        Review.title,
        Review.agreement_id,
        _Subject.name.label("subject_name"),
        *_AUTHOR,
    )
    .join(Member, and_(Member.tenant_id == Review.tenant_id, Member.id == Review.author_id))
    .join(_Subject, and_(_Subject.tenant_id == Review.tenant_id, _Subject.id == Review.subject_id))
    .where(scoped(Review), Review.private_note != "")
    .order_by(Review.id.desc())
    .limit(200)
)


def reviews_about(member_id: UUID, how_many: int = 20) -> Sequence[Row[Any]]:
    """Return the published reviews about a member, newest first: rating, text, title, published_at, the author's id, name,
    hue, picture, standing; and on each row `total` and `average` of all of them. One statement.
    """
    return db.session.execute(_ABOUT, {"subject_id": member_id, "how_many": how_many}).all()


def review_page(member_id: UUID, *, at: str | None) -> Page[Row[Any]]:
    """Return a page of all published reviews about a member, newest first; columns as in `reviews_about`, without figures."""
    return _EVERYTHING_ABOUT.page(at, subject_id=member_id)


def as_shown(row: Any) -> dict[str, Any]:
    """Return a row of `reviews_about` as the component `review` takes it; whoever left is a former member."""
    return {
        "author": as_person(row),
        "rating": row.rating,
        "text": row.text,
        "about": row.title,
        "at": row.published_at,
    }


def written_of(member_id: UUID, agreement_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some agreements that a member has written their review of."""
    return set(db.session.scalars(_WRITTEN, {"author_id": member_id, "agreements": list(agreement_ids)}))


def private_notes() -> Sequence[Row[Any]]:
    """Return what members told the leaders alone, newest first."""
    return db.session.execute(_NOTES).all()
