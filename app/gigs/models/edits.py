"""An edit that waits for review."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.fields.values import as_json, from_json
from app.gigs.states import EDIT
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

_DATES = ("due_on", "starts_on", "ends_on")


class GigEdit(TenantRow, Base):
    """An edit of a live gig that waits for review; the approved gig stays live meanwhile."""

    __tablename__ = "gig_edits"
    __table_args__ = (
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        tenant_key("proposed_by", "members"),
        CheckConstraint(one_of("state", EDIT.states), name="state_known"),
        Index("gig_edits_queue_idx", "tenant_id", "created_at", "id", postgresql_where=text("state = 'waiting'")),
        Index("gig_edits_waiting_key", "tenant_id", "gig_id", unique=True, postgresql_where=text("state = 'waiting'")),
    )

    gig_id: Mapped[UUID]
    proposed_by: Mapped[UUID]
    changes: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(server_default="waiting")
    reason: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    @property
    def values(self) -> dict[str, Any]:
        """Return what would change, column by column, as the gig would hold it."""
        return restored(self.changes)


def stored(changes: dict[str, Any]) -> dict[str, Any]:
    """Return column values, and answers to a category's fields, as JSON can hold them."""
    return {column: _stored(column, value) for column, value in changes.items()}


def restored(changes: dict[str, Any]) -> dict[str, Any]:
    """Return stored changes as the gig's columns would hold them."""
    return {column: _value(column, kept) for column, kept in changes.items()}


def _stored(column: str, value: Any) -> Any:
    if column == "fields":
        return as_json(value)
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


def _value(column: str, kept: Any) -> Any:
    if kept is None:
        return None
    elif column == "fields":
        return from_json(kept)
    elif column in _DATES:
        return date.fromisoformat(kept)
    else:
        return UUID(kept) if column == "category_id" else kept
