"""What two people say of each other after an agreement: blind until both are in or the window ends."""

from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.activity.stateful import NotYours
from app.agreements.models import Agreement
from app.core.database import Base, db
from app.mandates.acting import refuse_words_between
from app.reviews.failures import AlreadyReviewed, NotToBeReviewed, UnknownRating
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key


class Review(TenantRow, Base):
    """One side's words, blind while `published_at` is empty. `title` is the agreement's, so that it can be told alone."""

    __tablename__ = "reviews"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("agreement_id", "agreements"),
        tenant_key("author_id", "members"),
        tenant_key("subject_id", "members"),
        UniqueConstraint("tenant_id", "agreement_id", "author_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_one_to_five"),
        Index("reviews_subject_idx", text("tenant_id"), text("subject_id"), text("published_at DESC")),
        Index(
            "reviews_newest_idx",
            text("tenant_id"),
            text("published_at DESC"),
            text("id DESC"),
            postgresql_where=text("published_at IS NOT NULL"),
        ),
        Index("reviews_notes_idx", text("tenant_id"), text("id DESC"), postgresql_where=text("private_note <> ''")),
    )

    agreement_id: Mapped[UUID]
    author_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    title: Mapped[str]
    rating: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(server_default="")
    private_note: Mapped[str] = mapped_column(server_default="")
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    # Since when moderators keep it from being read.
    hidden_at: Mapped[datetime | None]

    @classmethod
    def write(
        cls, agreement: Agreement, *, by: Actor, rating: int, now: datetime, text: str = "", private_note: str = ""
    ) -> Self:
        """Return the review of `by` about the other side, blind for now.

        :raises NotYours: when `by` is none of the two sides.
        :raises NotToBeReviewed: when the work is not over, or was over too long ago.
        :raises HelperAndHelped: when one of the two acts for the other, or did.
        :raises AlreadyReviewed: when `by` has written one.
        """
        agreement.lock()
        if not agreement.is_party(by.id):
            raise NotYours
        elif not 1 <= rating <= 5:
            raise UnknownRating
        refuse_words_between(by.id, agreement.other(by.id))
        review = cls(
            agreement_id=agreement.id,
            author_id=by.id,
            subject_id=agreement.other(by.id),
            title=agreement.title,
            rating=rating,
            text=text.strip(),
            private_note=private_note.strip(),
            written_at=now,
        )
        if written_by(agreement.id, by.id):
            raise AlreadyReviewed
        elif agreement.reviews_until is None or agreement.reviews_until <= now:
            raise NotToBeReviewed
        db.session.add(review)
        db.session.flush()
        # Blind: the fact tells that it was written, never what.
        record("write", review, by=by, **review.facts())
        return review

    def publish(self, *, now: datetime) -> None:
        """Let everybody read it."""
        self.published_at = now
        record("publish", self, by=None, **self.facts(), rating=self.rating)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_read(self) -> bool:
        """Whether everybody may read it: it is published, and no moderator hides it."""
        return self.is_published and self.hidden_at is None

    def facts(self) -> dict[str, UUID | str]:
        """Return what somebody needs to tell of it."""
        return {
            "agreement_id": self.agreement_id,
            "author_id": self.author_id,
            "subject_id": self.subject_id,
            "title": self.title,
        }


def reviews_of_agreement(agreement_id: UUID) -> list[Review]:
    """Return the reviews of an agreement, published or not: at most two."""
    return list(
        db.session.scalars(
            select(Review).where(scoped(Review), Review.agreement_id == agreement_id).order_by(Review.id)
        )
    )


def written_by(agreement_id: UUID, member_id: UUID) -> Review | None:
    """Return a member's review of an agreement, or None."""
    return next((review for review in reviews_of_agreement(agreement_id) if review.author_id == member_id), None)
