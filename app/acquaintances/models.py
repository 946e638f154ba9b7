"""Pairs of members who know each other."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, tenant_key


class Acquaintance(TenantLink, Base):
    """`member_id` knows `other_id`. Each pair stands here twice, once from either side, so that everybody whom a member knows
    is one stretch of the key. Both rows go when either member leaves.
    """

    __tablename__ = "acquaintances"
    # Lists can be narrowed to people whom a member knows.
    shown_in = ("gigs", "people")
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("other_id", "members", ondelete="CASCADE"),
        CheckConstraint("member_id <> other_id", name="two_different_people"),
        CheckConstraint("inviter_id IN (member_id, other_id)", name="one_of_them_invited"),
        CheckConstraint("worked > 0 OR inviter_id IS NOT NULL OR vouches OR vouched", name="somehow_known"),
        CheckConstraint("(worked > 0) = (worked_at IS NOT NULL)", name="worked_at_some_time"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    other_id: Mapped[UUID] = mapped_column(primary_key=True)
    # How many agreements they finished together, and when the last of them was accepted.
    worked: Mapped[int] = mapped_column(Integer, server_default="0")
    worked_at: Mapped[datetime | None]
    # Which of the two asked the other in, if one did.
    inviter_id: Mapped[UUID | None]
    # Whether the member vouches for the other, and the other for the member, in words that are shown.
    vouches: Mapped[bool] = mapped_column(server_default="false")
    vouched: Mapped[bool] = mapped_column(server_default="false")
    since: Mapped[datetime]
