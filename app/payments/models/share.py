"""What somebody earned of a payment, and how far it has come on its way to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, and_, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

#: The worker's, a category leader's, the coordinator's, and what the hall keeps (which is nobody's, and goes nowhere).
KINDS = ("work", "leader", "coordinator", "commission")


class Share(TenantRow, Base):
    """One line of a payment's split. Of `amount`, `taken` was taken back again. `sent` went to the account at Stripe, `kept`
    paid what its owner owed of another. `reversed` came back from the account, whoever asked for it; `lost` is what should
    have come back and did not: whose share it is owes it.
    """

    __tablename__ = "payment_shares"
    __table_args__ = (
        tenant_key("payment_id", "payments"),
        tenant_key("party_id", "members"),
        UniqueConstraint("tenant_id", "transfer_id"),
        CheckConstraint(one_of("kind", KINDS), name="kind_known"),
        CheckConstraint("(kind = 'commission') = (party_id IS NULL)", name="the_hall_is_nobody"),
        CheckConstraint("amount > 0 AND taken BETWEEN 0 AND amount", name="no_more_taken_than_given"),
        CheckConstraint("(sent > 0) = (transfer_id IS NOT NULL)", name="sent_by_a_transfer"),
        CheckConstraint("reversed BETWEEN 0 AND sent", name="no_more_back_than_sent"),
        CheckConstraint("lost BETWEEN 0 AND sent + kept OR again > 0", name="no_more_lost_than_had"),
        CheckConstraint("kept BETWEEN 0 AND amount OR reversed > 0", name="no_more_kept_than_given"),
        Index("payment_shares_payment_idx", "tenant_id", "payment_id", "id"),
        Index("payment_shares_party_idx", "tenant_id", "party_id", "id"),
        Index(
            "payment_shares_due_idx",
            "tenant_id",
            "id",
            postgresql_where=text("kind <> 'commission' AND sent = 0 AND taken < amount"),
        ),
    )

    payment_id: Mapped[UUID]
    kind: Mapped[str]
    party_id: Mapped[UUID | None]
    amount: Mapped[int] = mapped_column(BigInteger)
    taken: Mapped[int] = mapped_column(BigInteger, server_default="0")
    sent: Mapped[int] = mapped_column(BigInteger, server_default="0")
    reversed: Mapped[int] = mapped_column(BigInteger, server_default="0")
    lost: Mapped[int] = mapped_column(BigInteger, server_default="0")
    kept: Mapped[int] = mapped_column(BigInteger, server_default="0")
    transfer_id: Mapped[str | None]
    # How often it was sent anew, after all of it had been fetched back by hand.
    again: Mapped[int] = mapped_column(Integer, server_default="0")
    earned_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    @property
    def left(self) -> int:
        """What is theirs of it."""
        return self.amount - self.taken

    @property
    def has(self) -> int:
        """What they have had of it, in money or in what they owed."""
        return self.sent + self.kept - self.reversed - self.lost

    @property
    def to_send(self) -> int:
        """What still has to go to their account."""
        return max(0, self.left - self.has) if self.party_id is not None and not self.sent else 0

    @property
    def loose(self) -> int:
        """What is theirs, had been sent, and was fetched back by somebody at Stripe: people say what becomes of it."""
        return max(0, self.left - self.has) if self.party_id is not None and self.sent else 0

    @property
    def to_fetch(self) -> int:
        """What they have had and is not theirs any more."""
        return max(0, self.has - self.left) if self.party_id is not None else 0

    @property
    def fetchable(self) -> int:
        """How much of what they have had may still be on their account: what was in vain once is not tried again."""
        return max(0, self.sent - self.reversed - self.lost)

    @classmethod
    def is_owed(cls) -> Any:
        """Return the condition that its owner does not have all that is theirs of it."""
        return and_(cls.party_id.is_not(None), cls.amount - cls.taken > cls._had())

    @classmethod
    def is_overpaid(cls) -> Any:
        """Return the condition that its owner has had more of it than is theirs."""
        return and_(cls.party_id.is_not(None), cls.amount - cls.taken < cls._had())

    @classmethod
    def _had(cls) -> Any:
        return cls.sent + cls.kept - cls.reversed - cls.lost
