"""Two members stay apart: neither writes to the other nor raises a hand for the other's gigs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, bindparam, exists, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from tenants.isolation import TenantLink, scoped, tenant_key


class Block(TenantLink, Base):
    """One member does not want to hear from another."""

    __tablename__ = "blocks"
    __table_args__ = (
        tenant_key("blocker_id", "members", ondelete="CASCADE"),
        tenant_key("blocked_id", "members", ondelete="CASCADE"),
        CheckConstraint("blocker_id <> blocked_id", name="two_different_people"),
        Index("blocks_blocked_idx", "tenant_id", "blocked_id"),
    )

    blocker_id: Mapped[UUID] = mapped_column(primary_key=True)
    blocked_id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


_ONE, _OTHER = bindparam("one"), bindparam("other")
_APART = select(
    exists().where(
        scoped(Block),
        or_(
            (Block.blocker_id == _ONE) & (Block.blocked_id == _OTHER),
            (Block.blocker_id == _OTHER) & (Block.blocked_id == _ONE),
        ),
    )
)


def are_apart(one: UUID, other: UUID) -> bool:
    """Return whether either of two members has blocked the other."""
    return bool(db.session.scalar(_APART, {"one": one, "other": other}))
