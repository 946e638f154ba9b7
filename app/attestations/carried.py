"""What members brought from other marketplaces."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base
from tenants.context import Actor
from tenants.isolation import TenantRow, tenant_key


class CarriedReview(TenantRow, Base):
    """A review from another marketplace, as it was signed there. Its id is the statement's: brought again, it is the same."""

    __tablename__ = "carried_reviews"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("dropped_by", "members"),
        CheckConstraint("(dropped_at IS NULL) = (dropped_by IS NULL)", name="dropped_by_somebody"),
        CheckConstraint("octet_length(signature) = 64", name="signature_is_whole"),
        Index("carried_reviews_member_idx", "tenant_id", "member_id"),
    )

    member_id: Mapped[UUID]
    key_id: Mapped[UUID]
    payload: Mapped[str]
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    brought_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]
    dropped_by: Mapped[UUID | None]

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None

    @property
    def is_kept_out(self) -> bool:
        """Whether somebody else than whom it is about took it down: then it is not brought again."""
        return self.is_dropped and self.dropped_by != self.member_id

    def drop(self, *, by: Actor, now: datetime) -> None:
        """Show it here no longer: whoever it is about does not want to, or a moderator does not let them."""
        self.dropped_at, self.dropped_by = now, by.id
        record("drop", self, by=by, kind="carried_review")
