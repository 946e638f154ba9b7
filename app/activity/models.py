"""Facts: who did what to what, from which state to which, and why. Rows are never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key


class Activity(TenantRow, Base):
    """One fact. `actor_id` is empty where a timer acted; `data` holds ids and snapshots needed to tell it later."""

    __tablename__ = "activities"
    __table_args__ = (
        tenant_key("actor_id", "members"),
        tenant_key("helper_id", "members"),
        Index("activities_subject_idx", "tenant_id", "subject_kind", "subject_id", "id"),
        Index("activities_newest_idx", "tenant_id", text("id DESC")),
    )

    actor_id: Mapped[UUID | None]
    # Who really did it, where somebody acted for `actor_id`.
    helper_id: Mapped[UUID | None]
    verb: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    reason: Mapped[str] = mapped_column(server_default="")
    data: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    created_at: Mapped[datetime]
