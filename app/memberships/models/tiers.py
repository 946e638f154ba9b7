"""What a leader sells: tiers, and what each allows."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.memberships.models.selling import Sold
from tenants.isolation import TenantRow
from tenants.models import one_of

#: Only its leader sees it; it can be bought; nobody can buy it any more, and whoever has it keeps it.
TIER_STATES = ("draft", "selling", "closed")
#: What a tier may limit, by the columns' names. Null means without limit.
LIMITS = ("posts_a_month", "open_applications", "categories", "alerts")


class Tier(Sold, TenantRow, Base):
    """One kind of membership. The later its position, the more it offers: of two that a member has, the later one counts.

    :ivar includes: what a member has of it, in the leader's words, one line each.
    """

    __tablename__ = "tiers"
    # A gig's own page offers its author what their tier includes.
    shown_in = ("gigs",)
    __table_args__ = (
        CheckConstraint(one_of("state", TIER_STATES), name="state_known"),
        CheckConstraint("trial_days BETWEEN 0 AND 730", name="trial_days_known"),
        *(CheckConstraint(f"{limit} >= 0", name=f"{limit}_not_negative") for limit in LIMITS),
        CheckConstraint("featured_a_month >= 0", name="featured_a_month_not_negative"),
        CheckConstraint("featured_days BETWEEN 1 AND 90", name="featured_days_known"),
        Index("tiers_position_idx", "tenant_id", "position", "id"),
    )

    name: Mapped[str]
    pitch: Mapped[str] = mapped_column(server_default="")
    includes: Mapped[list[str]] = mapped_column(server_default="{}")
    position: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(server_default="draft")
    trial_days: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    posts_a_month: Mapped[int | None] = mapped_column(Integer)
    open_applications: Mapped[int | None] = mapped_column(Integer)
    categories: Mapped[int | None] = mapped_column(Integer)
    alerts: Mapped[int | None] = mapped_column(Integer)
    # Gigs that may stand above the list each month, and for how long each does.
    featured_a_month: Mapped[int] = mapped_column(Integer, server_default="0")
    featured_days: Mapped[int] = mapped_column(SmallInteger, server_default="7")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    @property
    def is_selling(self) -> bool:
        return self.state == "selling"

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"
