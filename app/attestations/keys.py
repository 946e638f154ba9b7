"""The keys by which marketplaces sign.

A private key is never stored: it is derived (HKDF, RFC 5869) from the application's secret, the tenant and the number of the
key, when something is signed. What is stored is the public key, for everybody to check by. With another secret, or after a
rotation, a marketplace gets its next key; what it signed by earlier ones stays good, unless the key was given up.
"""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.config import config
from app.core.database import Base, db
from app.core.ids import new_id
from tenants.context import current_tenant_id

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class AttestationKey(Base):
    """A public key of a marketplace: read by all, written by that marketplace alone.

    :ivar ended_at: since when nothing new is signed by it.
    :ivar given_up_at: since when nothing that it signed is believed any more.
    """

    __tablename__ = "attestation_keys"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    tenant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tenants.id"), default=current_tenant_id)
    number: Mapped[int] = mapped_column(Integer)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature (RFC 8032) of a message, 64 bytes."""
        return _private_key(self.tenant_id, self.number).sign(message)


def signing_key(now: datetime) -> AttestationKey:
    """Return the key by which the tenant in force signs now; its first one is made here."""
    # Two first statements at once: one makes the key.
    db.session.execute(select(func.pg_advisory_xact_lock(_LOCK, current_tenant_id() % 2**31)))
    key = db.session.scalars(
        select(AttestationKey)
        .where(AttestationKey.tenant_id == current_tenant_id())
        .order_by(AttestationKey.number.desc())
        .limit(1)
    ).one_or_none()
    if key is not None and key.ended_at is None and key.public_key == _public_key(key.tenant_id, key.number):
        return key
    return _next_key(key, now)


def rotate(now: datetime, *, give_up: bool = False) -> AttestationKey:
    """Return a new key, by which the tenant in force signs from now on.

    :param give_up: believe nothing any more that the last one signed, since somebody else may know it.
    """
    last = signing_key(now)
    if give_up:
        last.given_up_at = now
    return _next_key(last, now)


_LOCK = 0x617474


def _next_key(last: AttestationKey | None, now: datetime) -> AttestationKey:
    number = 1
    if last is not None:
        last.ended_at, number = last.ended_at or now, last.number + 1
    key = AttestationKey(number=number, public_key=_public_key(current_tenant_id(), number), began_at=now)
    db.session.add(key)
    db.session.flush()
    return key


def derived(purpose: str) -> bytes:
    """Return 32 bytes that follow from the application's secret, for one purpose."""
    # Heavy (8 MB), and needed on few pages: loaded by the processes that sign or check.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derivation = HKDF(algorithm=SHA256(), length=32, salt=b"guildhall", info=f"attestations {purpose}".encode())
    return derivation.derive(config().secret_key.encode())


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the signature of a message is by the owner of a public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _private_key(tenant_id: int, number: int) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(derived(f"key {number} of {tenant_id}"))


def _public_key(tenant_id: int, number: int) -> bytes:
    return _private_key(tenant_id, number).public_key().public_bytes_raw()
