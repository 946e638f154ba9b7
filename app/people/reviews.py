"""What others said of a member, once both sides had."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Double, Row, and_, bindparam, cast, func, select, text

from app.core.database import db
from app.core.paging import Keyset, Page
from app.reviews.models import Review
from tenants.isolation import scoped
from tenants.models import Member

_SHOWN = 6

_OF_MEMBER = (
    select(
        Review.id,
        Review.rating,
        Review.text,
        Review.title,
        Review.published_at,
        Review.author_id,
        Member.name.label("author_name"),
        Member.hue.label("author_hue"),
        Member.picture.label("author_picture"),
        Member.standing.label("author_standing"),
    )
    .join(Member, and_(Member.tenant_id == Review.tenant_id, Member.id == Review.author_id))
    .where(
        scoped(Review),
        Review.subject_id == bindparam("member_id"),
        text("reviews.published_at IS NOT NULL"),
    )
)
# Over all of them, before the few that are shown are cut out.
_WITH_FIGURES = (
    _OF_MEMBER.add_columns(
        cast(func.avg(Review.rating).over(), Double).label("average"), func.count().over().label("total")
    )
    .order_by(Review.published_at.desc(), Review.id.desc())
    .limit(_SHOWN)
)
_ALL = Keyset(_OF_MEMBER, by=("published_at", "id"), descending=True)


@dataclass(frozen=True, slots=True)
class Reviews:
    """The newest few reviews of a member, how many there are, and their average with one decimal."""

    newest: Sequence[Row[Any]]
    total: int = 0
    average: float = 0.0

    @property
    def has_more(self) -> bool:
        return self.total > len(self.newest)


def reviews_of(member_id: UUID) -> Reviews:
    """Return what others said of a member, the newest first."""
    rows = db.session.execute(_WITH_FIGURES, {"member_id": member_id}).all()
    return Reviews(rows, rows[0].total, round(rows[0].average, 1)) if rows else Reviews(rows)


def review_page(member_id: UUID, *, at: str | None) -> Page[Row[Any]]:
    """Return a page of all that was said of a member, the newest first."""
    return _ALL.page(at, member_id=member_id)
