"""Who was here in which month: one fact for each member and month, from which a plan by people is counted."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, scoped, tenant_key


class Presence(TenantLink, Base):
    """A member signed in, or did something, in a month: it is kept by its first day, in UTC."""

    __tablename__ = "presences"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        CheckConstraint("extract(day FROM month) = 1", name="month_by_its_first_day"),
    )

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)


def was_here(member_id: UUID, *, now: datetime) -> None:
    """Note that a member is here; more than once a month changes nothing."""
    new = insert(Presence).values(tenant_id=current_tenant_id(), month=month_of(now), member_id=member_id)
    db.session.execute(new.on_conflict_do_nothing())


def active_in(month: date) -> int:
    """Return how many members were here in a month."""
    counted = select(func.count()).select_from(Presence).where(scoped(Presence), Presence.month == month)
    return int(db.session.execute(counted).scalar_one())


def billable(*, now: datetime) -> int:
    """Return for how many people a plan by people is paid: who was active in the last whole month; where nobody was, since it
    is the first, who has been in this one. Nobody pays for none.
    """
    return active_in(month_before(now)) or active_in(month_of(now)) or 1


def month_of(now: datetime) -> date:
    return now.date().replace(day=1)


def month_before(now: datetime) -> date:
    first = month_of(now)
    return first.replace(year=first.year - (first.month == 1), month=12 if first.month == 1 else first.month - 1)
