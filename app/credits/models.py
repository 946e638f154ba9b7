"""Time credits: whole minutes on accounts, moved by transfers from one account to another, so that all of them sum to zero.

Nobody writes a balance: the database moves it with each transfer, and refuses what an account may not owe.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, TenantRow, tenant_key
from tenants.models import one_of

#: The hall's own, from which opening balances come; what a member has at hand; what of a member's is reserved for agreements.
ACCOUNTS = ("hall", "member", "held")
#: Why minutes moved: an account was opened, something was agreed, called off, accepted, given back, put right by a leader;
#: somebody left.
KINDS = ("opening", "reserve", "release", "give", "return", "correction", "departure")

MAY_OWE = 20 * 60


class CreditRules(TenantLink, Base):
    """What the leaders of a marketplace settled about time credits; without a row, what the columns say by themselves."""

    __tablename__ = "credit_rules"
    __table_args__ = (
        CheckConstraint("opening_minutes >= 0", name="opening_not_negative"),
        CheckConstraint("may_owe_minutes >= 0", name="may_owe_not_negative"),
    )

    opening_minutes: Mapped[int] = mapped_column(Integer, server_default="0")
    may_owe_minutes: Mapped[int] = mapped_column(Integer, server_default=str(MAY_OWE))
    changed_at: Mapped[datetime]


class CreditAccount(TenantRow, Base):
    """An account of minutes: the hall's own, or one of the two of a member's."""

    __tablename__ = "credit_accounts"
    __table_args__ = (
        tenant_key("member_id", "members"),
        UniqueConstraint("tenant_id", "kind", "member_id", postgresql_nulls_not_distinct=True),
        CheckConstraint(one_of("kind", ACCOUNTS), name="kind_known"),
        CheckConstraint("(kind = 'hall') = (member_id IS NULL)", name="a_member_s_unless_the_hall_s"),
        CheckConstraint("kind <> 'held' OR balance >= 0", name="nothing_unreserved_is_given"),
        CheckConstraint("may_owe >= 0", name="may_owe_not_negative"),
    )

    kind: Mapped[str]
    member_id: Mapped[UUID | None]
    # Moved by the database with every transfer; the application may not write it.
    balance: Mapped[int] = mapped_column(BigInteger, server_default="0")
    may_owe: Mapped[int] = mapped_column(Integer, server_default="0")
    opened_at: Mapped[datetime]
    moved_at: Mapped[datetime | None]

    @property
    def available(self) -> int:
        """Return how many minutes can be given from here now."""
        return self.balance + self.may_owe


class CreditTransfer(TenantRow, Base):
    """Minutes that moved, once and for good. `source` names what moved them, so that nothing moves them twice."""

    __tablename__ = "credit_transfers"
    __table_args__ = (
        tenant_key("from_id", "credit_accounts"),
        tenant_key("to_id", "credit_accounts"),
        tenant_key("agreement_id", "agreements"),
        tenant_key("by_id", "members"),
        UniqueConstraint("tenant_id", "source"),
        CheckConstraint(one_of("kind", KINDS), name="kind_known"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("from_id <> to_id", name="two_accounts"),
        Index("credit_transfers_from_id_idx", "tenant_id", "from_id", "id"),
        Index("credit_transfers_to_id_idx", "tenant_id", "to_id", "id"),
        Index(
            "credit_transfers_agreement_idx",
            "tenant_id",
            "agreement_id",
            postgresql_where=text("agreement_id IS NOT NULL"),
        ),
    )

    kind: Mapped[str]
    source: Mapped[str]
    from_id: Mapped[UUID]
    to_id: Mapped[UUID]
    minutes: Mapped[int] = mapped_column(Integer)
    agreement_id: Mapped[UUID | None]
    by_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(server_default="")
    happened_at: Mapped[datetime]
