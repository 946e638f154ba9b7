"""One offer to the client: who plays which part, what everything costs, and what is kept in reserve."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

STATES = ("open", "accepted", "countered", "taken_back", "lapsed")


class Offer(TenantRow, Base):
    """The first makes the project; later ones change it: a role more, somebody else in one, other money.

    `lines` are the parts as they were when it was made: role, round, person, title, terms and what each costs. `total` is what
    the whole project may cost from then on, `contingency` what of it is not given to any part yet. Amounts are minor units of
    the project's currency, or minutes of credit.
    """

    __tablename__ = "project_offers"
    __table_args__ = (
        tenant_key("project_id", "projects", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "project_id", "round"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("fee_points BETWEEN 0 AND 3000", name="fee_is_a_share"),
        CheckConstraint("total >= contingency AND contingency >= 0", name="total_holds_the_contingency"),
        # What the client looks at is one thing.
        Index(
            "project_offers_open_key", "tenant_id", "project_id", unique=True, postgresql_where=text("state = 'open'")
        ),
    )

    project_id: Mapped[UUID]
    round: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(server_default="open")
    lines: Mapped[list[dict[str, Any]]]
    fee_points: Mapped[int] = mapped_column(Integer, server_default="0")
    contingency: Mapped[int] = mapped_column(BigInteger, server_default="0")
    total: Mapped[int] = mapped_column(BigInteger, server_default="0")
    note: Mapped[str] = mapped_column(server_default="")
    answer: Mapped[str] = mapped_column(server_default="")
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    def close(self, state: str, *, now: datetime, answer: str = "") -> None:
        """Keep what became of it."""
        self.state, self.answer, self.answered_at = state, answer, now
