"""A person's way in. Users are global; inside a tenant nobody ever sees one, only the member."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import structlog
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, func, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts import passwords
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.ids import new_id
from app.core.languages import lazy_gettext as _l
from app.core.tokens import keyed_digest
from tenants.isolation import TenantRow, tenant_key

log = structlog.get_logger()


class AlreadyDisabled(Conflict):
    message = _l("This account is disabled already.")


class NotDisabled(Conflict):
    message = _l("This account is not disabled.")


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
    # For whoever runs the installation; no page shows it.
    disabled_reason: Mapped[str] = mapped_column(server_default="")

    @classmethod
    def with_email(cls, email: str) -> "User | None":
        """Return the account of an address, in whatever case it is typed, or None."""
        return db.session.scalars(select(cls).where(func.lower(cls.email) == email.lower())).one_or_none()

    @property
    def is_disabled(self) -> bool:
        return self.disabled_at is not None

    @property
    def is_verified(self) -> bool:
        return self.email_verified_at is not None

    def has_password(self, password: str) -> bool:
        """Return whether this is the password; a hash made with yesterday's parameters is made anew."""
        matches = passwords.matches(self.password_hash, password)
        if matches and passwords.is_outdated(self.password_hash or ""):
            self.choose_password(password)
        return matches

    def choose_password(self, password: str) -> None:
        """Set the password; whether it may be had is asked of `passwords.check` before."""
        self.password_hash = passwords.hashed(password)

    def disable(self, *, why: str, now: datetime) -> int:
        """Close the account and return how many browsers were signed out by it. Their sessions end on every host, for good.

        :raises AlreadyDisabled: when it is closed.
        """
        if self.is_disabled:
            raise AlreadyDisabled
        self.disabled_at, self.disabled_reason = now, why
        going_on = (
            IdentitySession.user_id == self.id,
            IdentitySession.revoked_at.is_(None),
            IdentitySession.expires_at > now,
        )
        ended = db.session.execute(
            update(IdentitySession).where(*going_on).values(revoked_at=now).returning(IdentitySession.carried_from)
        ).scalars()
        log.info("user disabled", user_id=str(self.id), why=why)
        return sum(carried_from is None for carried_from in ended)

    def enable(self, *, why: str) -> None:
        """Open the account again; its owner signs in anew.

        :raises NotDisabled: when it is not closed.
        """
        if not self.is_disabled:
            raise NotDisabled
        self.disabled_at, self.disabled_reason = None, ""
        log.info("user enabled", user_id=str(self.id), why=why)


class IdentitySession(Base):
    """A signed-in browser on the identity host. The cookie holds the token, the row its hash.

    The platform's own host has such sessions too, each carried over from one on the identity host and ending with it.
    """

    __tablename__ = "identity_sessions"
    __table_args__ = (
        Index("identity_sessions_user_id_idx", "user_id"),
        Index("identity_sessions_carried_from_idx", "carried_from"),
        Index("identity_sessions_expires_at_idx", "expires_at"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(server_default="")
    carried_from: Mapped[str | None] = mapped_column(ForeignKey("identity_sessions.token_hash", ondelete="CASCADE"))

    @property
    def handle(self) -> str:
        """Return a name for this session that an address may hold."""
        return sha256(self.token_hash.encode()).hexdigest()[:24]

    def is_fresh(self, *, now: datetime, within: timedelta) -> bool:
        """Whether this person proved who they are just now."""
        return now - self.created_at <= within


class EmailCode(Base):
    """A short code sent to an address, to sign in, to prove the address or to set a new password.

    The digits follow from the id and our secret, so they are stored nowhere; see `codes`. What a newcomer typed waits
    here until the address is proven: before that there is no account that somebody else could have prepared for them.
    """

    __tablename__ = "email_codes"
    __table_args__ = (
        Index("email_codes_browser_hash_key", "browser_hash", unique=True),
        Index("email_codes_expires_at_idx", "expires_at"),
        CheckConstraint("purpose IN ('sign_in', 'sign_up', 'password')", name="purpose_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str]
    purpose: Mapped[str]
    name: Mapped[str] = mapped_column(server_default="")
    password_hash: Mapped[str | None]
    browser_hash: Mapped[str]
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @property
    def digits(self) -> str:
        """Return the six digits."""
        return f"{int(keyed_digest(str(self.id), 'e-mailed code')[:16], 16) % 1_000_000:06}"


class Handover(Base):
    """A single-use code that carries a sign-in from the identity host to a tenant's host within 60 seconds."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index("handovers_identity_session_idx", "identity_session"),
        Index("handovers_expires_at_idx", "expires_at"),
    )

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    identity_session: Mapped[str] = mapped_column(ForeignKey("identity_sessions.token_hash", ondelete="CASCADE"))
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
    """A signed-in browser on a tenant's host. `member_id` is empty while its person has not joined.

    It ends with the identity host's session that it was handed over from.
    """

    __tablename__ = "hall_sessions"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("mandate_id", "mandates"),
        Index("hall_sessions_token_key", "tenant_id", "token_hash", unique=True),
        Index("hall_sessions_member_idx", "tenant_id", "member_id"),
        Index("hall_sessions_user_idx", "tenant_id", "user_id"),
    )

    token_hash: Mapped[str]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    member_id: Mapped[UUID | None]
    # Under which mandate this browser acts for somebody else just now (`app.mandates`).
    mandate_id: Mapped[UUID | None]
    # No foreign key: a sweep of old identity sessions would have to search every tenant. One that is gone counts as ended.
    identity_session: Mapped[str | None]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(server_default="")
