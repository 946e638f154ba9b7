"""What goes back to a client."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

#: To be done; done; the bank was faster and took the whole payment back; the client's bank did not take it, so that it is still
#: owed; such a one that another row has tried again, or that leaders have paid in another way.
STATES = ("asked", "done", "overtaken", "failed", "resent", "outside")
#: What is owed to the client and not there yet.
OWED = ("asked", "failed")


class Refund(TenantRow, Base):
    """An amount of a payment that goes back to who paid it, in the currency of the payment."""

    __tablename__ = "payment_refunds"
    __table_args__ = (
        tenant_key("payment_id", "payments"),
        UniqueConstraint("tenant_id", "refund_id"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("state IN ('asked', 'overtaken') OR refund_id IS NOT NULL", name="done_by_a_refund"),
        CheckConstraint("state <> 'asked' OR refund_id IS NULL", name="asked_of_nobody_yet"),
        Index("payment_refunds_payment_idx", "tenant_id", "payment_id", "id"),
        Index("payment_refunds_asked_idx", "tenant_id", "id", postgresql_where=text("state = 'asked'")),
        Index("payment_refunds_failed_idx", "tenant_id", "id", postgresql_where=text("state = 'failed'")),
    )

    payment_id: Mapped[UUID]
    amount: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(server_default="")
    state: Mapped[str] = mapped_column(server_default="asked")
    refund_id: Mapped[str | None]
    problem: Mapped[str] = mapped_column(server_default="")
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
