"""What members brought from other marketplaces."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from tenants.context import Actor
from tenants.isolation import TenantRow, tenant_key


class CarriedReview(TenantRow, Base):
    """A review from another marketplace, as it was signed there. Its id is the statement's: brought again, it is the same."""

    __tablename__ = "carried_reviews"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        CheckConstraint("octet_length(signature) = 64", name="signature_is_whole"),
        Index("carried_reviews_member_idx", "tenant_id", "member_id"),
    )

    member_id: Mapped[UUID]
    key_id: Mapped[UUID]
    payload: Mapped[str]
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    brought_at: Mapped[datetime]

    def drop(self, *, by: Actor | None) -> None:
        """Show it here no longer: whoever it is about does not want to, or a moderator does not let them."""
        record("drop", self, by=by, kind="carried_review")
        db.session.delete(self)
