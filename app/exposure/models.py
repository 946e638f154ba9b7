"""How often something was shown on a day: one row for each thing and day, however many members saw it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, tenant_key


class GigExposure(TenantLink, Base):
    """How often a gig stood in a list that a member opened, its author left out. Who looked is not kept."""

    __tablename__ = "gig_exposures"
    __table_args__ = (
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        CheckConstraint("times > 0", name="times_positive"),
        Index("gig_exposures_day_idx", "tenant_id", "day"),
    )

    gig_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    times: Mapped[int] = mapped_column(Integer)


class MemberExposure(TenantLink, Base):
    """How often a member was suggested to another. It goes when they leave."""

    __tablename__ = "member_exposures"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        CheckConstraint("times > 0", name="times_positive"),
        Index("member_exposures_day_idx", "tenant_id", "day"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    times: Mapped[int] = mapped_column(Integer)
