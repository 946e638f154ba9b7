"""A person's way in. Users are global; inside a tenant nobody ever sees one, only the member."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.core.ids import new_id
from tenants.isolation import TenantRow, tenant_key


class User(Base):
    """An e-mail address and the ways to prove that it is yours."""

    __tablename__ = "users"
    __table_args__ = (Index("users_email_key", func.lower(text("email")), unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str]
    name: Mapped[str] = mapped_column(server_default="")
    password_hash: Mapped[str | None]
    email_verified_at: Mapped[datetime | None]
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    disabled_at: Mapped[datetime | None]


class IdentitySession(Base):
    """A signed-in browser on the identity host. The cookie holds the token, the row its hash."""

    __tablename__ = "identity_sessions"
    __table_args__ = (Index("identity_sessions_user_id_idx", "user_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(server_default="")


class EmailCode(Base):
    """A short code sent to an address, to sign in, to prove the address or to set a new password."""

    __tablename__ = "email_codes"
    __table_args__ = (
        Index("email_codes_email_idx", "email"),
        CheckConstraint("purpose IN ('sign_in', 'sign_up', 'password')", name="purpose_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str]
    purpose: Mapped[str]
    code_hash: Mapped[str]
    browser_hash: Mapped[str]
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Handover(Base):
    """A single-use code that carries a sign-in from the identity host to a tenant's host within 60 seconds."""

    __tablename__ = "handovers"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    identity_session: Mapped[str] = mapped_column(ForeignKey("identity_sessions.token_hash"))
    host: Mapped[str]
    browser_hash: Mapped[str]
    onward: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Tribe(Base):
    """Which tenants a person belongs to. Read by that person on their own (`app.user_id`) or by the tenant itself:
    neither tenant can learn of the other.
    """

    __tablename__ = "tribes"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        Index("tribes_user_id_idx", "user_id"),
    )

    tenant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tenants.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    joined_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class HallSession(TenantRow, Base):
    """A signed-in browser on a tenant's host. `member_id` is empty while its person has not joined."""

    __tablename__ = "hall_sessions"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        Index("hall_sessions_token_key", "tenant_id", "token_hash", unique=True),
        Index("hall_sessions_member_idx", "tenant_id", "member_id"),
        Index("hall_sessions_user_idx", "tenant_id", "user_id"),
    )

    token_hash: Mapped[str]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    member_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(server_default="")
