"""How soon a desk is to answer, and of what its leaders were reminded."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, tenant_key

#: In hours: unless somebody chose otherwise, and the least and the most that can be chosen.
USUAL, LEAST, MOST = 48, 1, 720


class DeskSettings(TenantLink, Base):
    """The marketplace's choice for all desks: one row, or none while everything is as it comes."""

    __tablename__ = "desk_settings"
    __table_args__ = (CheckConstraint(f"response_hours BETWEEN {LEAST} AND {MOST}", name="hours_in_reason"),)

    response_hours: Mapped[int] = mapped_column(Integer)

    @staticmethod
    def choose(hours: int) -> None:
        """Let every desk that chose nothing itself answer within so many hours."""
        first = insert(DeskSettings).values(tenant_id=current_tenant_id(), response_hours=hours)
        # Two who choose at once: whoever was later.
        db.session.execute(
            first.on_conflict_do_update(index_elements=["tenant_id"], set_={"response_hours": hours}),
            execution_options={"synchronize_session": False},
        )
        db.session.get_one(DeskSettings, current_tenant_id(), populate_existing=True)


class CategoryDesk(TenantLink, Base):
    """One category's desk: a row as soon as there is anything to keep about it.

    :ivar response_hours: within how many hours it answers; None: as the marketplace chose.
    :ivar reminded_until: what began to wait before this moment and was too late has been told of.
    :ivar told_on: the last day on which its leaders were reminded of anything.
    """

    __tablename__ = "category_desks"
    __table_args__ = (
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        CheckConstraint(f"response_hours BETWEEN {LEAST} AND {MOST}", name="hours_in_reason"),
    )

    category_id: Mapped[UUID] = mapped_column(primary_key=True)
    response_hours: Mapped[int | None] = mapped_column(Integer)
    reminded_until: Mapped[datetime | None]
    told_on: Mapped[date | None]

    @classmethod
    def of(cls, category_id: UUID) -> "CategoryDesk":
        """Return the desk of a category under its lock; a new one where nothing was kept yet."""
        key = (current_tenant_id(), category_id)
        # Two who are the first at once: one of them makes the row, and the other waits for it.
        db.session.execute(insert(cls).values(tenant_id=key[0], category_id=category_id).on_conflict_do_nothing())
        return db.session.get_one(cls, key, with_for_update=True, populate_existing=True)

    def answers_within(self) -> timedelta:
        """Return how long something may wait here before it is late."""
        return timedelta(hours=self.response_hours or hall_hours())


def hall_hours() -> int:
    """Return within how many hours desks answer that chose nothing themselves."""
    kept = db.session.get(DeskSettings, current_tenant_id())
    return kept.response_hours if kept else USUAL
