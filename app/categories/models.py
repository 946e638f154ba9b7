"""Fields of work in a tenant, and its skill vocabulary."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow


class Category(TenantRow, Base):
    """A field of work with a charter, leaders and experts.

    `posting_rule` says whose gigs go live at once: anybody's (`open`), its leaders' (`reviewed`), or its leaders' and
    experts' (`experts`); everybody else's are looked at first.
    """

    __tablename__ = "categories"
    __table_args__ = (
        UniqueConstraint("tenant_id", "slug"),
        CheckConstraint("posting_rule IN ('open', 'reviewed', 'experts')", name="posting_rule_known"),
        Index("categories_order_idx", "tenant_id", "position", "id"),
    )

    slug: Mapped[str]
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(server_default="")
    charter: Mapped[str] = mapped_column(server_default="")
    emblem: Mapped[str] = mapped_column(server_default="")
    posting_rule: Mapped[str] = mapped_column(server_default="open")
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    archived_at: Mapped[datetime | None]


class Skill(TenantRow, Base):
    """A word of the tenant's own skill vocabulary; `slug` is its folded form."""

    __tablename__ = "skills"
    __table_args__ = (UniqueConstraint("tenant_id", "slug"),)

    slug: Mapped[str]
    name: Mapped[str]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
