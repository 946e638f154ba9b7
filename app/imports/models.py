"""An import of a CSV file: every row is kept with what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, TenantRow, tenant_key


class Import(TenantRow, Base):
    """One file on its way in: `mapped` once its columns are agreed, `running` while rows go in, `finished` at the end."""

    __tablename__ = "imports"
    __table_args__ = (
        tenant_key("started_by", "members"),
        CheckConstraint("kind IN ('gigs', 'members')", name="kind_known"),
        CheckConstraint("state IN ('uploaded', 'mapped', 'running', 'finished', 'failed')", name="state_known"),
    )

    kind: Mapped[str]
    file_name: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="uploaded")
    columns: Mapped[list[str]] = mapped_column(server_default="{}")
    mapping: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    options: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    started_by: Mapped[UUID | None]
    total: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ImportRow(TenantLink, Base):
    """One row of the file and what became of it."""

    __tablename__ = "import_rows"
    __table_args__ = (
        tenant_key("import_id", "imports", ondelete="CASCADE"),
        CheckConstraint("state IN ('waiting', 'created', 'updated', 'unchanged', 'refused')", name="state_known"),
        Index("import_rows_state_idx", "tenant_id", "import_id", "state", "number"),
    )

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    cells: Mapped[list[str]]
    state: Mapped[str] = mapped_column(server_default="waiting")
    reason: Mapped[str] = mapped_column(server_default="")
    made_id: Mapped[UUID | None]
