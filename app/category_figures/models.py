"""What a category's leaders want to reach."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Integer
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.categories.dissolving import hand_on, when_dissolved
from app.categories.models import Category
from app.core.database import Base, db
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantLink, tenant_key

#: The most that can be wanted, in days and in hours.
MOST_DAYS, MOST_HOURS = 365, 720


class CategoryTargets(TenantLink, Base):
    """One category's targets: within how many days half of its gigs find somebody, within how many hours half of those who
    raise a hand are answered. None: nothing was set.
    """

    __tablename__ = "category_targets"
    __table_args__ = (
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        CheckConstraint(f"filled_days BETWEEN 1 AND {MOST_DAYS}", name="days_in_reason"),
        CheckConstraint(f"answered_hours BETWEEN 1 AND {MOST_HOURS}", name="hours_in_reason"),
    )

    category_id: Mapped[UUID] = mapped_column(primary_key=True)
    filled_days: Mapped[int | None] = mapped_column(Integer)
    answered_hours: Mapped[int | None] = mapped_column(Integer)

    @classmethod
    def of(cls, category_id: UUID) -> "CategoryTargets":
        """Return a category's targets; empty ones where nobody has set any."""
        kept = db.session.get(cls, (current_tenant_id(), category_id))
        return kept or cls(category_id=category_id, filled_days=None, answered_hours=None)

    @classmethod
    def choose(cls, category: Category, *, filled_days: int | None, answered_hours: int | None, by: Actor) -> None:
        """Set what is wanted of a category, and write down who did."""
        key, wanted = (current_tenant_id(), category.id), {"filled_days": filled_days, "answered_hours": answered_hours}
        first = insert(cls).values(tenant_id=key[0], category_id=category.id, **wanted)
        # Two who choose at once: whoever was later.
        db.session.execute(
            first.on_conflict_do_update(index_elements=["tenant_id", "category_id"], set_=wanted),
            execution_options={"synchronize_session": False},
        )
        db.session.get_one(cls, key, populate_existing=True)
        record("set_targets", category, by=by.id, kind="category", name=category.name, **wanted)


@when_dissolved
def _hand_on_targets(category: Category, into: Category, _by: Actor) -> None:
    hand_on(CategoryTargets, category, into)
