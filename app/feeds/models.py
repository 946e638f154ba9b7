"""The secret address of a member's calendar."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Self
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from app.core.tokens import digest, matches
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, scoped, tenant_key


class CalendarAddress(TenantLink, Base):
    """One member's. The secret in it follows from the row's key and the installation's, so that its member finds it again
    while the table tells it to nobody; it is looked up by its hash.
    """

    __tablename__ = "calendar_addresses"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "token_hash"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[UUID]
    token_hash: Mapped[str]
    made_at: Mapped[datetime]

    @classmethod
    def of(cls, member_id: UUID) -> Self | None:
        """Return a member's, or None when they have none."""
        return db.session.get(cls, (current_tenant_id(), member_id))

    @classmethod
    def renew(cls, member_id: UUID, *, now: datetime) -> Self:
        """Give a member an address; one that they had leads nowhere from now on."""
        address = cls.of(member_id) or cls(member_id=member_id)
        address.key, address.made_at = uuid4(), now
        address.token_hash = digest(_token(address.key))
        db.session.add(address)
        db.session.flush()
        return address

    def end(self) -> None:
        """Let it lead nowhere."""
        db.session.delete(self)
        db.session.flush()

    @property
    def token(self) -> str | None:
        """The secret; None when the installation has another key by now, and nobody can tell it any more."""
        token = _token(self.key)
        return token if matches(token, self.token_hash) else None


def member_at(token: str) -> UUID | None:
    """Return the id of the member whose calendar is at an address, or None."""
    wanted = select(CalendarAddress.member_id).where(
        scoped(CalendarAddress), CalendarAddress.token_hash == digest(token)
    )
    return db.session.scalars(wanted).one_or_none()


def _token(key: UUID) -> str:
    secret = str(current_app.secret_key).encode()
    made = hmac.new(secret, b"calendar:" + key.bytes, hashlib.sha256).digest()
    return urlsafe_b64encode(made).rstrip(b"=").decode()
