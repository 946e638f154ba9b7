"""Parts of the work."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.agreements.states import MILESTONE
from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of


class Milestone(TenantRow, Base):
    """A part of the work with its own date and amount, delivered and accepted on its own.

    It changes only inside a verb of its agreement, under that one's lock; the agreement's fact tells of it.
    """

    __tablename__ = "milestones"
    __table_args__ = (
        tenant_key("agreement_id", "agreements", ondelete="CASCADE"),
        CheckConstraint(one_of("state", MILESTONE.states), name="state_known"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount_not_negative"),
        UniqueConstraint("tenant_id", "agreement_id", "position"),
    )

    agreement_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    amount: Mapped[int | None] = mapped_column(BigInteger)
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(server_default="planned")
    state_changed_at: Mapped[datetime]

    def move(self, verb: str, *, now: datetime) -> None:
        """Do `verb` as the table of milestones has it.

        :raises WrongState: when it has no such row.
        """
        self.state, self.state_changed_at = MILESTONE.transition(self.state, verb).to, now

    @property
    def is_accepted(self) -> bool:
        return self.state == "accepted"

    @property
    def can_be_delivered(self) -> bool:
        return MILESTONE.allows(self.state, "deliver")
