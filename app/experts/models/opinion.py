"""What one of those who decide says to a request."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key


class Opinion(TenantRow, Base):
    """Yes at a level, or no; always with a reason. Nobody else reads it before the request is decided.

    `worked_together` is what whoever decides says of an agreement that they had with the person in the last six months.
    """

    __tablename__ = "vetting_opinions"
    __table_args__ = (
        tenant_key("vetting_id", "vettings", ondelete="CASCADE"),
        tenant_key("decider_id", "members"),
        UniqueConstraint("tenant_id", "vetting_id", "decider_id"),
        CheckConstraint("says_yes OR level = ''", name="no_has_no_level"),
    )

    vetting_id: Mapped[UUID]
    decider_id: Mapped[UUID]
    says_yes: Mapped[bool]
    level: Mapped[str] = mapped_column(server_default="")
    why: Mapped[str]
    worked_together: Mapped[str] = mapped_column(server_default="")
    # Whether it settled a tie, instead of being one of the two.
    settles: Mapped[bool] = mapped_column(server_default="false")
    said_at: Mapped[datetime]
