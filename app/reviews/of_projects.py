"""What everybody in a project says of it as a whole, and of whoever led it: blind until all are in or the time is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.activity.stateful import NotYours
from app.core.database import Base, db
from app.mandates.acting import refuse_words_between
from app.projects.models import Project
from app.reviews.failures import AlreadyReviewed, NotToBeReviewed, UnknownRating
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member


class ProjectReview(TenantRow, Base):
    """One person's words, blind while `published_at` is empty. Of whoever led it (`coordinator_id`) everybody but themselves
    says something as well; `title` is the project's, so that it can be told alone.
    """

    __tablename__ = "project_reviews"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("project_id", "projects"),
        tenant_key("author_id", "members"),
        tenant_key("coordinator_id", "members"),
        UniqueConstraint("tenant_id", "project_id", "author_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_one_to_five"),
        CheckConstraint("leading_rating BETWEEN 1 AND 5", name="leading_one_to_five"),
        CheckConstraint("(coordinator_id IS NULL) = (leading_rating IS NULL)", name="rated_whoever_led"),
        CheckConstraint("coordinator_id <> author_id", name="of_another"),
        Index(
            "project_reviews_led_idx",
            text("tenant_id"),
            text("coordinator_id"),
            text("published_at DESC"),
            postgresql_where=text("published_at IS NOT NULL"),
        ),
    )

    project_id: Mapped[UUID]
    author_id: Mapped[UUID]
    title: Mapped[str]
    rating: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(server_default="")
    coordinator_id: Mapped[UUID | None]
    leading_rating: Mapped[int | None] = mapped_column(Integer)
    leading_text: Mapped[str] = mapped_column(server_default="")
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    # Since when moderators keep it from being read.
    hidden_at: Mapped[datetime | None]

    @classmethod
    def write(
        cls,
        project: Project,
        *,
        by: Actor,
        rating: int,
        now: datetime,
        text: str = "",
        leading: int | None = None,
        leading_text: str = "",
    ) -> Self:
        """Return the review of `by`, blind for now; with the last one all are published.

        :param leading: how `by` rates the coordination; None from the coordinator.
        :raises NotYours, NotToBeReviewed, AlreadyReviewed, HelperAndHelped: as `check_open`.
        """
        project.lock()
        leads = by.id == project.coordinator_id
        check_open(project, by=by, now=now)
        if rating not in range(1, 6) or (not leads and leading not in range(1, 6)):
            raise UnknownRating
        review = cls(
            project_id=project.id,
            author_id=by.id,
            title=project.title,
            rating=rating,
            text=text.strip(),
            coordinator_id=None if leads else project.leader_of(by.id),
            leading_rating=None if leads else leading,
            leading_text="" if leads else leading_text.strip(),
            written_at=now,
        )
        db.session.add(review)
        db.session.flush()
        record("write", review, by=by, project_id=project.id, title=project.title)
        if not awaited(project):
            publish(project, now=now)
        return review

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


def check_open(project: Project, *, by: Actor, now: datetime) -> None:
    """Refuse whoever cannot say how a project went.

    :raises NotYours: when they never agreed to a part in it.
    :raises AlreadyReviewed: when they have written.
    :raises NotToBeReviewed: when it is not over, or was over too long ago.
    :raises HelperAndHelped: when they act, or ever acted, for whoever led it, or the other way round.
    """
    if by.id not in project.crew():
        raise NotYours
    elif any(one.author_id == by.id for one in reviews_of_project(project.id)):
        raise AlreadyReviewed
    elif project.reviews_until is None or project.reviews_until <= now:
        raise NotToBeReviewed
    refuse_words_between(by.id, project.leader_of(by.id))


def reviews_of_project(project_id: UUID) -> Sequence[ProjectReview]:
    """Return what was written of a project, published or not, the first first."""
    found = select(ProjectReview).where(scoped(ProjectReview), ProjectReview.project_id == project_id)
    return db.session.scalars(found.order_by(ProjectReview.id)).all()


def awaited(project: Project) -> set[UUID]:
    """Return who is here and has not written. Nobody waits for somebody who has left."""
    missing = project.crew() - {one.author_id for one in reviews_of_project(project.id)}
    here = select(Member.id).where(scoped(Member), Member.id.in_(missing), Member.standing == "active")
    return set(db.session.scalars(here))


def publish(project: Project, *, now: datetime) -> None:
    """Let everybody in it read what was said, and everybody else what was said of whoever led it."""
    written = reviews_of_project(project.id)
    for one in written:
        one.published_at = now
    project.end_reviews()
    if written:
        told = sorted(str(one) for one in project.crew())
        record("publish_reviews", project, by=None, told_ids=told, **project.facts(None))


def publish_when_due(project: Project, *, now: datetime) -> bool:
    """Publish when the time for reviews is over. Returns False when it is not, or was before."""
    project.lock()
    if project.reviews_until is None or project.reviews_until > now:
        return False
    publish(project, now=now)
    return True
