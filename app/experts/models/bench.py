"""How a category vets: its levels, how long being vetted holds, and what it wants to see."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.categories.models import Category
from app.core.database import Base, db
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key

#: How long being vetted holds where nothing else was settled.
MONTHS = 24


class Bench(TenantRow, Base):
    """What a category's leaders settled; a category without a row vets without levels, for two years.

    `levels` are words in their order, the lowest first. What somebody was granted keeps its word when the list changes.
    """

    __tablename__ = "benches"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "category_id"),
        CheckConstraint("months BETWEEN 1 AND 60", name="months_in_bounds"),
    )

    category_id: Mapped[UUID]
    levels: Mapped[list[str]] = mapped_column(server_default="{}")
    months: Mapped[int] = mapped_column(Integer, server_default=str(MONTHS))
    # What somebody should show: pieces, papers, years.
    wants: Mapped[str] = mapped_column(server_default="")
    is_open: Mapped[bool] = mapped_column(server_default="true")

    @classmethod
    def of(cls, category_id: UUID) -> "Bench":
        """Return a category's bench; where nothing was settled, one that is not kept."""
        kept = db.session.scalars(select(cls).where(scoped(cls), cls.category_id == category_id)).one_or_none()
        return kept or cls(category_id=category_id, levels=[], months=MONTHS, wants="", is_open=True)

    @classmethod
    def settle(cls, category: Category, terms: Mapping[str, Any], *, by: Actor) -> "Bench":
        """Keep what a category's leaders settle, and return it."""
        # Two who settle at once are one after the other.
        db.session.execute(
            select(Category.id).where(scoped(Category), Category.id == category.id).with_for_update(key_share=True)
        )
        bench = cls.of(category.id)
        for name, value in terms.items():
            setattr(bench, name, value)
        db.session.add(bench)
        category.note("settle_bench", by)
        return bench

    def lowest(self, levels: Iterable[str]) -> str:
        """Return the lowest of some levels; one that the list no longer holds counts as its lowest."""
        return min(levels, key=lambda level: self.levels.index(level) if level in self.levels else -1, default="")
