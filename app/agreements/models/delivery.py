"""What was handed over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

ANSWERS = ("accepted", "changes_requested", "set_aside")


class Delivery(TenantRow, Base):
    """What the worker handed over: words, links and files; and what the client said to it (empty while it waits)."""

    __tablename__ = "deliveries"
    __table_args__ = (
        tenant_key("agreement_id", "agreements", ondelete="CASCADE"),
        tenant_key("milestone_id", "milestones"),
        tenant_key("delivered_by", "members"),
        CheckConstraint(f"answer IS NULL OR {one_of('answer', ANSWERS)}", name="answer_known"),
        Index("deliveries_agreement_idx", "tenant_id", "agreement_id", "id"),
    )

    agreement_id: Mapped[UUID]
    milestone_id: Mapped[UUID | None]
    delivered_by: Mapped[UUID]
    note: Mapped[str] = mapped_column(server_default="")
    links: Mapped[list[str]] = mapped_column(server_default="{}")
    delivered_at: Mapped[datetime]
    answer: Mapped[str | None]
    answer_note: Mapped[str] = mapped_column(server_default="")
    answered_at: Mapped[datetime | None]

    def answer_with(self, answer: str, *, now: datetime, note: str = "") -> None:
        """Keep what was said to it."""
        self.answer, self.answer_note, self.answered_at = answer, note, now


class Attachment(TenantRow, Base):
    """A file that came with a delivery or a message. Its bytes lie in the store under their digest."""

    __tablename__ = "attachments"
    __table_args__ = (
        tenant_key("delivery_id", "deliveries", ondelete="CASCADE"),
        tenant_key("uploaded_by", "members"),
        Index("attachments_delivery_idx", "tenant_id", "delivery_id"),
    )

    delivery_id: Mapped[UUID | None]
    uploaded_by: Mapped[UUID]
    name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    created_at: Mapped[datetime]
