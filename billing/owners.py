"""Whose an object at Stripe is: known before a tenant is, so that what we are told of it finds its way."""

from sqlalchemy import BigInteger, ForeignKey, Index, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from tenants.context import current_tenant_id


class Owner(Base):
    """An account or customer at Stripe, and whose it is. Anybody may ask, only the tenant itself may say so."""

    __tablename__ = "stripe_owners"
    __table_args__ = (Index("stripe_owners_tenant_id_idx", "tenant_id"),)

    object_id: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tenants.id"))


def own(object_id: str) -> None:
    """Say that an object at Stripe is of the tenant in force; said twice, it is so once."""
    new = insert(Owner).values(object_id=object_id, tenant_id=current_tenant_id())
    db.session.execute(new.on_conflict_do_nothing(index_elements=["object_id"]))


def owner_of(object_id: str | None) -> int | None:
    """Return the tenant that an object at Stripe belongs to, or None."""
    if object_id is None:
        return None
    return db.session.execute(select(Owner.tenant_id).where(Owner.object_id == object_id)).scalar_one_or_none()
