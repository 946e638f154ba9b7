"""What is read of projects' reviews: of whoever led them, on their own page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, func, select

from app.core.database import db
from app.profiles.people import as_person
from app.reviews.of_projects import ProjectReview
from tenants.isolation import scoped
from tenants.models import Member

_LED = (
    select(
        ProjectReview.id.label("review_id"),
        ProjectReview.leading_rating,
        ProjectReview.leading_text,
        ProjectReview.title,
        ProjectReview.published_at,
        func.count().over().label("total"),
        func.avg(ProjectReview.leading_rating).over().label("average"),
        Member.id,
        Member.name,
        Member.hue,
        Member.picture,
        Member.standing,
        Member.finished_count,
    )
    .join(Member, and_(Member.tenant_id == ProjectReview.tenant_id, Member.id == ProjectReview.author_id))
    .where(
        scoped(ProjectReview),
        ProjectReview.coordinator_id == bindparam("coordinator_id"),
        ProjectReview.published_at.is_not(None),
        ProjectReview.hidden_at.is_(None),
    )
    .order_by(ProjectReview.published_at.desc(), ProjectReview.id.desc())
    .limit(bindparam("how_many"))
)


def led_by(member_id: UUID, *, how_many: int = 12) -> Sequence[Row[Any]]:
    """Return what the people of projects said of whoever led them, newest first: leading_rating, leading_text, title,
    published_at, the author's id, name, hue, picture, standing; on each row `total` and `average` of all. One statement.
    """
    return db.session.execute(_LED, {"coordinator_id": member_id, "how_many": how_many}).all()


def as_led(row: Any) -> dict[str, Any]:
    """Return a row of `led_by` as the component `review` takes it; whoever left is a former member."""
    return {
        "author": as_person(row),
        "rating": row.leading_rating,
        "text": row.leading_text,
        "about": row.title,
        "at": row.published_at,
    }
