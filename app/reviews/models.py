"""What two people say of each other after an agreement: blind until both are in or the window ends."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key


class Review(TenantRow, Base):
    """One side's words, blind while `published_at` is empty. `title` is the agreement's, so that it can be told alone."""

    __tablename__ = "reviews"
    __table_args__ = (
        tenant_key("agreement_id", "agreements"),
        tenant_key("author_id", "members"),
        tenant_key("subject_id", "members"),
        UniqueConstraint("tenant_id", "agreement_id", "author_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_one_to_five"),
        Index("reviews_subject_idx", text("tenant_id"), text("subject_id"), text("published_at DESC")),
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
