"""A member raises a hand for a gig."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.applications.states import APPLICATION
from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of


class Application(TenantRow, Base):
    """For a request the applicant would do the work; for an offer the applicant would receive it."""

    __tablename__ = "applications"
    __table_args__ = (
        tenant_key("gig_id", "gigs"),
        tenant_key("applicant_id", "members"),
        CheckConstraint(one_of("state", APPLICATION.states), name="state_known"),
        Index(
            "applications_one_open_key",
            "tenant_id",
            "gig_id",
            "applicant_id",
            unique=True,
            postgresql_where=text("state IN ('sent', 'shortlisted', 'offered', 'accepted')"),
        ),
        Index("applications_gig_idx", "tenant_id", "gig_id", "state", "id"),
        Index("applications_applicant_idx", "tenant_id", "applicant_id", "state", "id"),
        Index(
            "applications_deadline_idx", "tenant_id", "deadline_at", postgresql_where=text("deadline_at IS NOT NULL")
        ),
    )

    gig_id: Mapped[UUID]
    applicant_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default="sent")
    note: Mapped[str] = mapped_column(server_default="")
    answers: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    reason: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    @property
    def is_waiting(self) -> bool:
        return self.state in ("sent", "shortlisted", "offered")
