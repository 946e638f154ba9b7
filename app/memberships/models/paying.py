"""How memberships are paid: who is whom at Stripe, what is being bought, and what came in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, TenantRow, tenant_key
from tenants.models import one_of

#: Stripe's page is open; it was paid; it was closed unpaid.
PURCHASE_STATES = ("open", "paid", "closed")


class Customer(TenantLink, Base):
    """Who a member is in an account at Stripe: one customer, however often they come."""

    __tablename__ = "membership_customers"
    __table_args__ = (
        tenant_key("member_id", "members"),
        Index("membership_customers_customer_idx", "tenant_id", "customer_id", unique=True),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str]


class Purchase(TenantRow, Base):
    """A member on their way to pay. Its id, signed, goes along to Stripe and comes back: it says who bought, and what."""

    __tablename__ = "membership_purchases"
    __table_args__ = (
        tenant_key("member_id", "members"),
        tenant_key("price_id", "tier_prices"),
        tenant_key("discount_id", "discounts"),
        CheckConstraint(one_of("state", PURCHASE_STATES), name="state_known"),
        Index("membership_purchases_session_idx", "tenant_id", "session_id", unique=True),
        # Two pages that can be paid are two payments.
        Index(
            "membership_purchases_open_idx",
            "tenant_id",
            "member_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("membership_purchases_discount_idx", "tenant_id", "discount_id", "state"),
    )

    member_id: Mapped[UUID]
    price_id: Mapped[UUID]
    # The offer that it was begun with.
    discount_id: Mapped[UUID | None]
    account_id: Mapped[str]
    session_id: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="open")
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def end(self, state: str, *, now: datetime) -> None:
        """Note that its page was paid, or closed."""
        self.state, self.ended_at = state, self.ended_at or now


class Payment(TenantRow, Base):
    """Money that came in for a membership, and how much of it went back. The books hold the same, with its fees."""

    __tablename__ = "membership_payments"
    __table_args__ = (
        tenant_key("member_id", "members"),
        tenant_key("tier_id", "tiers"),
        CheckConstraint("amount > 0", name="amount_is_something"),
        CheckConstraint("refunded BETWEEN 0 AND amount", name="no_more_back_than_came"),
        Index("membership_payments_charge_idx", "tenant_id", "charge_id", unique=True),
        Index("membership_payments_member_idx", "tenant_id", "member_id", "paid_at"),
    )

    member_id: Mapped[UUID]
    tier_id: Mapped[UUID]
    account_id: Mapped[str]
    charge_id: Mapped[str]
    # Null where a tier was bought once.
    invoice_id: Mapped[str | None]
    amount: Mapped[int] = mapped_column(BigInteger)
    refunded: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # What the platform gave back of its share.
    fee_returned: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # How much of the amount is tax.
    tax: Mapped[int] = mapped_column(BigInteger, server_default="0")
    currency: Mapped[str]
    paid_at: Mapped[datetime]
    # Where its invoice can be read at Stripe; empty where there is none.
    page_url: Mapped[str] = mapped_column(server_default="")
