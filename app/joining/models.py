"""Coming in: invitations, requests to join, and the rules that everybody accepts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key


class Invitation(TenantRow, Base):
    """One person asked in by e-mail. Who asked is shown; it expires and can be revoked."""

    __tablename__ = "invitations"
    __table_args__ = (
        tenant_key("invited_by", "members"),
        tenant_key("accepted_by", "members"),
        UniqueConstraint("tenant_id", "token_hash"),
        Index("invitations_email_idx", "tenant_id", "email"),
    )

    email: Mapped[str]
    name: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    role: Mapped[str] = mapped_column(server_default="member")
    token_hash: Mapped[str]
    invited_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[UUID | None]


class InvitationLink(TenantRow, Base):
    """A link to pass on: a number of uses, an end, renewable. The token is kept readable since leaders copy it again."""

    __tablename__ = "invitation_links"
    __table_args__ = (
        tenant_key("created_by", "members"),
        UniqueConstraint("tenant_id", "token"),
        CheckConstraint("uses_left >= 0", name="uses_left_not_negative"),
    )

    token: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
    uses_left: Mapped[int] = mapped_column(Integer)
    used: Mapped[int] = mapped_column(Integer, server_default="0")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class JoinRequest(TenantRow, Base):
    """Somebody asks to be let in and answers the tenant's questions."""

    __tablename__ = "join_requests"
    __table_args__ = (
        tenant_key("decided_by", "members"),
        CheckConstraint("state IN ('asked', 'approved', 'refused', 'withdrawn')", name="state_known"),
        Index("join_requests_open_key", "tenant_id", "user_id", unique=True, postgresql_where=text("state = 'asked'")),
        Index("join_requests_queue_idx", "tenant_id", "state", "id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    email: Mapped[str]
    answers: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    state: Mapped[str] = mapped_column(server_default="asked")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(server_default="")


class Rules(TenantRow, Base):
    """One version of the tenant's terms and guidelines. The newest is in force; a new one asks everybody again."""

    __tablename__ = "rules"
    __table_args__ = (tenant_key("published_by", "members"), UniqueConstraint("tenant_id", "version"))

    version: Mapped[int] = mapped_column(Integer)
    terms: Mapped[str] = mapped_column(server_default="")
    guidelines: Mapped[str] = mapped_column(server_default="")
    change_note: Mapped[str] = mapped_column(server_default="")
    published_by: Mapped[UUID | None]
    published_at: Mapped[datetime]


class RulesAcceptance(TenantRow, Base):
    """Who accepted which version, and when."""

    __tablename__ = "rules_acceptances"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "member_id", "version"),
    )

    member_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(Integer)
    accepted_at: Mapped[datetime]
