"""What publishing a gig costs, or having it stand out, and who paid for which."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.categories.dissolving import hand_on, when_dissolved
from app.categories.models import Category
from app.core.database import Base
from tenants.context import Actor
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

#: For publishing a gig, once; for letting it stand out for some days.
KINDS = ("listing", "featured")
#: Stripe's page is open; it was paid; it was closed unpaid; what was paid is given back; a bank has taken it back for
#: now, or kept it.
STATES = ("open", "paid", "closed", "given_back", "disputed", "lost")
#: What was paid, whatever a bank does to it.
EVER_PAID = ("paid", "given_back", "disputed", "lost")
#: Where each kind stands in the books.
ACCOUNTS = {"listing": "fees.listing", "featured": "fees.featured"}


class GigFee(TenantRow, Base):
    """What something costs: in one category, or without one in every category that has none of its own. 0 is free."""

    __tablename__ = "gig_fees"
    __table_args__ = (
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "kind", "category_id", postgresql_nulls_not_distinct=True),
        CheckConstraint(one_of("kind", KINDS), name="kind_known"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("days > 0", name="days_positive"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
    )

    kind: Mapped[str]
    category_id: Mapped[UUID | None]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    # For how long it stands out; of no meaning for what is published.
    days: Mapped[int] = mapped_column(Integer, server_default="7")


class GigPurchase(TenantRow, Base):
    """Somebody on their way to pay for a gig, and what became of it. Amounts are copies: a later price changes nothing here.

    :ivar tier_id: of which tier it was used; then nothing was paid, and it names no page of Stripe's.
    """

    __tablename__ = "gig_purchases"
    __table_args__ = (
        tenant_key("gig_id", "gigs", ondelete="SET NULL (gig_id)"),
        tenant_key("member_id", "members"),
        tenant_key("tier_id", "tiers"),
        CheckConstraint(one_of("kind", KINDS), name="kind_known"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint(
            "(tier_id IS NULL AND amount > 0 AND session_id <> '') OR (tier_id IS NOT NULL AND amount = 0 "
            "AND session_id = '' AND kind = 'featured' AND state IN ('paid', 'given_back'))",
            name="paid_or_included",
        ),
        Index(
            "gig_purchases_session_idx",
            "tenant_id",
            "session_id",
            unique=True,
            postgresql_where=text("tier_id IS NULL"),
        ),
        # How many a membership's month has seen.
        Index(
            "gig_purchases_used_idx",
            "tenant_id",
            "member_id",
            "opened_at",
            postgresql_where=text("tier_id IS NOT NULL"),
        ),
        CheckConstraint("(state = 'disputed') = (disputed_at IS NOT NULL)", name="disputed_since_a_moment"),
        Index("gig_purchases_charge_idx", "tenant_id", "charge_id"),
        # Two pages that can be paid are two payments.
        Index(
            "gig_purchases_open_idx",
            "tenant_id",
            "gig_id",
            "kind",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "gig_purchases_featured_idx",
            "tenant_id",
            "until",
            postgresql_where=text("kind = 'featured' AND state = 'paid'"),
        ),
    )

    # Null once the draft is gone that it was for.
    gig_id: Mapped[UUID | None]
    member_id: Mapped[UUID]
    tier_id: Mapped[UUID | None]
    kind: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    days: Mapped[int] = mapped_column(Integer)
    account_id: Mapped[str]
    session_id: Mapped[str]
    charge_id: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="open")
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    disputed_at: Mapped[datetime | None]
    # How much of the amount is tax, and where its invoice can be read at Stripe.
    tax: Mapped[int] = mapped_column(BigInteger, server_default="0")
    page_url: Mapped[str] = mapped_column(server_default="")
    # Until when the gig stands out.
    until: Mapped[datetime | None]


@when_dissolved
def _hand_on_fees(category: Category, into: Category, by: Actor) -> None:
    # What the other costs already stands.
    hand_on(GigFee, category, into, "kind")


def refund_sources(purchase: GigPurchase, refund: dict[str, Any]) -> list[tuple[str, str]]:
    """Return how a refund of it has moved the balance, each with its name in the books: that it left, that it came back."""
    named = {
        "balance_transaction": f"gig fee {purchase.id} refund {refund['id']}",
        "failure_balance_transaction": f"gig fee {purchase.id} refund {refund['id']} failed",
    }
    return [(name, source) for name, source in named.items() if refund.get(name)]


def dispute_source(dispute: dict[str, Any], moved: dict[str, Any]) -> str:
    """Return the name in the books of what a dispute has moved."""
    return f"dispute {dispute['id']} {moved['id']}"
