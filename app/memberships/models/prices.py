"""What a tier costs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key

INTERVALS = ("month", "year", "once")


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
