"""Threads between the two people of a gig, and reports to the leader."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, TenantRow, tenant_key


class Thread(TenantRow, Base):
    """The talk between two members about one gig. `low_id < high_id`, so that a pair has one thread per gig."""

    __tablename__ = "threads"
    __table_args__ = (
        tenant_key("gig_id", "gigs"),
        tenant_key("low_id", "members"),
        tenant_key("high_id", "members"),
        UniqueConstraint("tenant_id", "gig_id", "low_id", "high_id"),
        CheckConstraint("low_id < high_id", name="pair_in_order"),
        Index("threads_low_idx", text("tenant_id"), text("low_id"), text("last_message_at DESC")),
        Index("threads_high_idx", text("tenant_id"), text("high_id"), text("last_message_at DESC")),
    )

    gig_id: Mapped[UUID]
    low_id: Mapped[UUID]
    high_id: Mapped[UUID]
    created_at: Mapped[datetime]
    last_message_at: Mapped[datetime]
    message_count: Mapped[int] = mapped_column(Integer, server_default="0")

    def is_party(self, member_id: UUID) -> bool:
        return member_id in (self.low_id, self.high_id)

    def other(self, member_id: UUID) -> UUID:
        """Return the party that `member_id` is not."""
        return self.high_id if member_id == self.low_id else self.low_id


class Message(TenantRow, Base):
    """One message. Its id orders the thread."""

    __tablename__ = "messages"
    __table_args__ = (
        tenant_key("thread_id", "threads", ondelete="CASCADE"),
        tenant_key("author_id", "members"),
        Index("messages_thread_idx", "tenant_id", "thread_id", "id"),
    )

    thread_id: Mapped[UUID]
    author_id: Mapped[UUID]
    body: Mapped[str]
    sent_at: Mapped[datetime]


class ThreadMark(TenantLink, Base):
    """How far one party has read, and up to where they were told by e-mail."""

    __tablename__ = "thread_marks"
    __table_args__ = (
        tenant_key("thread_id", "threads", ondelete="CASCADE"),
        tenant_key("member_id", "members", ondelete="CASCADE"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    read_to: Mapped[UUID | None]
    mailed_to: Mapped[UUID | None]
    unread: Mapped[int] = mapped_column(Integer, server_default="0")


class Report(TenantRow, Base):
    """Somebody tells the leaders that a thing breaks a rule."""

    __tablename__ = "reports"
    __table_args__ = (
        tenant_key("reporter_id", "members"),
        tenant_key("handled_by", "members"),
        CheckConstraint("state IN ('open', 'upheld', 'dismissed')", name="state_known"),
        CheckConstraint("subject_kind IN ('gig', 'member', 'message', 'review')", name="subject_known"),
        Index("reports_queue_idx", "tenant_id", "state", "id"),
    )

    reporter_id: Mapped[UUID]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    rule: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="open")
    created_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[UUID | None]
    answer: Mapped[str] = mapped_column(server_default="")
