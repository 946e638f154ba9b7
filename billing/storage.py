"""How many bytes of pictures and files a marketplace keeps: each is noted with its size when it is kept."""

from sqlalchemy import BigInteger, CheckConstraint, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, scoped


class StoredObject(TenantLink, Base):
    """Bytes that lie in the store under a key of this tenant's."""

    __tablename__ = "stored_objects"
    __table_args__ = (CheckConstraint("size >= 0", name="size_not_negative"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)


def stored_bytes() -> int:
    """Return how many bytes the tenant in force keeps."""
    return int(
        db.session.execute(
            select(func.coalesce(func.sum(StoredObject.size), 0)).where(scoped(StoredObject))
        ).scalar_one()
    )


def is_kept(key: str) -> bool:
    """Return whether something is kept under a key already."""
    return db.session.get(StoredObject, (current_tenant_id(), key)) is not None


def note_kept(key: str, size: int) -> None:
    """Note what is kept, and how large it is."""
    new = insert(StoredObject).values(tenant_id=current_tenant_id(), key=key, size=size)
    db.session.execute(new.on_conflict_do_nothing())


def note_forgotten(key: str) -> None:
    """Note that what lay under a key is gone."""
    db.session.execute(delete(StoredObject).where(scoped(StoredObject), StoredObject.key == key))
