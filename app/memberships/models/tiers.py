"""What a leader sells: tiers, and what each costs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

#: Only its leader sees it; it can be bought; nobody can buy it any more, and whoever has it keeps it.
TIER_STATES = ("draft", "selling", "closed")
INTERVALS = ("month", "year", "once")
#: What a tier may limit, by the columns' names. Null means without limit.
LIMITS = ("posts_a_month", "open_applications", "categories", "alerts")


class Tier(TenantRow, Base):
    """One kind of membership. The later its position, the more it offers: of two that a member has, the later one counts.

    :ivar includes: what a member has of it, in the leader's words, one line each.
    """

    __tablename__ = "tiers"
    __table_args__ = (
        CheckConstraint(one_of("state", TIER_STATES), name="state_known"),
        CheckConstraint("trial_days BETWEEN 0 AND 730", name="trial_days_known"),
        *(CheckConstraint(f"{limit} >= 0", name=f"{limit}_not_negative") for limit in LIMITS),
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
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    @property
    def is_selling(self) -> bool:
        return self.state == "selling"

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"


class TierPrice(TenantRow, Base):
    """What a tier costs for an interval in a currency. It never changes: another price takes its place, and who bought at the
    old one keeps it.

    :ivar price_id: Stripe's name of it in the account `account_id`; null until it is first sold there.
    """

    __tablename__ = "tier_prices"
    __table_args__ = (
        tenant_key("tier_id", "tiers"),
        CheckConstraint("amount > 0", name="amount_is_something"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
        CheckConstraint(f'"interval" IN ({", ".join(repr(one) for one in INTERVALS)})', name="interval_known"),
        CheckConstraint("(price_id IS NULL) = (account_id IS NULL)", name="known_in_an_account"),
        Index(
            "tier_prices_one_idx",
            "tenant_id",
            "tier_id",
            "interval",
            "currency",
            unique=True,
            postgresql_where=text("archived_at IS NULL"),
        ),
        Index("tier_prices_price_idx", "tenant_id", "price_id", unique=True),
    )

    tier_id: Mapped[UUID]
    interval: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    account_id: Mapped[str | None]
    price_id: Mapped[str | None]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
