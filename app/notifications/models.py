"""What a member is told: once in the app, once by e-mail, as they prefer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, TenantRow, tenant_key


class Notification(TenantRow, Base):
    """One thing told to one member. `source` names what it is about, so that nothing is told twice."""

    __tablename__ = "notifications"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "member_id", "source"),
        Index("notifications_inbox_idx", text("tenant_id"), text("member_id"), text("id DESC")),
    )

    member_id: Mapped[UUID]
    event: Mapped[str]
    source: Mapped[str]
    title: Mapped[str]
    detail: Mapped[str] = mapped_column(server_default="")
    path: Mapped[str] = mapped_column(server_default="")
    data: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Dispatch(TenantRow, Base):
    """The sending of one notification by one channel: made with it, sent once, with a Message-ID that never changes."""

    __tablename__ = "dispatches"
    __table_args__ = (
        tenant_key("notification_id", "notifications", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "notification_id", "channel"),
        CheckConstraint("state IN ('waiting', 'sent', 'skipped')", name="state_known"),
        CheckConstraint("channel IN ('email')", name="channel_known"),
    )

    notification_id: Mapped[UUID]
    channel: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="waiting")
    message_id: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default="")
    sent_at: Mapped[datetime | None]


class Preference(TenantLink, Base):
    """A member's choice for one event on one channel, where it differs from the default."""

    __tablename__ = "notification_preferences"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        CheckConstraint("channel IN ('app', 'email')", name="channel_known"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[bool]
