"""The talk about terms, round by round."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.context import acting_helper
from tenants.isolation import TenantRow, tenant_key


class TermsRound(TenantRow, Base):
    """One round of the talk about terms, kept as it was put forward."""

    __tablename__ = "terms_rounds"
    __table_args__ = (
        tenant_key("agreement_id", "agreements", ondelete="CASCADE"),
        tenant_key("proposed_by", "members"),
        tenant_key("helper_id", "members"),
        UniqueConstraint("tenant_id", "agreement_id", "round"),
    )

    agreement_id: Mapped[UUID]
    round: Mapped[int] = mapped_column(Integer)
    proposed_by: Mapped[UUID]
    # Who wrote it for them, where somebody acted for them.
    helper_id: Mapped[UUID | None] = mapped_column(default=acting_helper)
    terms: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(server_default="")
    proposed_at: Mapped[datetime]
