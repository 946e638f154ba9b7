"""What a member is told: once in the app, once by e-mail, as they prefer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, TenantRow, tenant_key

_MEMBERS_NEWEST = (text("tenant_id"), text("member_id"), text("id DESC"))


class Notification(TenantRow, Base):
    """One thing told to one member. `source` names what it is about, so that nothing is told twice.

    Where somebody did it, `title` goes on after their name: names change, and whoever leaves takes theirs along. One that is
    not `listed` is there for its mail alone.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("actor_id", "members"),
        tenant_key("helper_id", "members"),
        UniqueConstraint("tenant_id", "member_id", "source"),
        Index("notifications_inbox_idx", *_MEMBERS_NEWEST, postgresql_where=text("listed")),
        Index("notifications_unread_idx", *_MEMBERS_NEWEST, postgresql_where=text("listed AND read_at IS NULL")),
    )

    member_id: Mapped[UUID]
    actor_id: Mapped[UUID | None]
    # Who really did it, where somebody acted for them.
    helper_id: Mapped[UUID | None]
    event: Mapped[str]
    source: Mapped[str]
    title: Mapped[str]
    detail: Mapped[str] = mapped_column(server_default="")
    quote: Mapped[str] = mapped_column(server_default="")
    path: Mapped[str] = mapped_column(server_default="")
    data: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    listed: Mapped[bool] = mapped_column(server_default="true")
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

    @property
    def is_waiting(self) -> bool:
        return self.state == "waiting"

    def note_sent(self, *, now: datetime) -> None:
        """Note that a mail server, or the local mailbox, has taken it."""
        self.state, self.reason, self.sent_at = "sent", "", now

    def wait(self, reason: str) -> None:
        """Note why it has not left yet; however long it waits, it is not too old to leave."""
        self.reason = reason

    def skip(self, reason: str) -> None:
        """Note why it is not sent, and never will be."""
        self.state, self.reason = "skipped", reason


class Preference(TenantLink, Base):
    """A member's choice for one topic on one channel, where it differs from the default."""

    __tablename__ = "notification_preferences"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        CheckConstraint("channel IN ('app', 'email')", name="channel_known"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[bool]


class MailRest(TenantLink, Base):
    """A member wants no e-mail for a while."""

    __tablename__ = "mail_rests"
    __table_args__ = (tenant_key("member_id", "members", ondelete="CASCADE"),)

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    until: Mapped[datetime]
