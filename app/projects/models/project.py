"""The project: a client's brief, its coordinator, and what it may cost."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base
from app.gigs.models import Gig
from app.projects.models.leading import Leading
from app.projects.states import PROJECT
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of


class Project(Leading, TenantRow, Base):
    """`gig_id` is the request that it was made of. `budget` is what the client agreed to spend on everything, in minor units
    of `currency` or minutes of credit (nothing where it is unpaid); what agreements take of it is not kept here, but added up.
    Since `unled_at` its coordinator has not been able to lead it: they went, were suspended, or their term was over.
    """

    __tablename__ = "projects"
    shown_in = ("gigs",)
    __table_args__ = (
        tenant_key("gig_id", "gigs"),
        tenant_key("category_id", "categories"),
        tenant_key("client_id", "members"),
        tenant_key("coordinator_id", "members"),
        CheckConstraint(one_of("state", PROJECT.states), name="state_known"),
        CheckConstraint("settlement IN ('money', 'credits', 'none')", name="settlement_known"),
        CheckConstraint("(settlement = 'money') = (currency IS NOT NULL)", name="money_has_a_currency"),
        CheckConstraint("client_id <> coordinator_id", name="two_different_people"),
        CheckConstraint("budget >= 0 AND contingency >= 0", name="budget_not_negative"),
        CheckConstraint("fee_points BETWEEN 0 AND 3000", name="fee_is_a_share"),
        Index(
            "projects_one_per_gig_key",
            "tenant_id",
            "gig_id",
            unique=True,
            postgresql_where=text("state NOT IN ('ended', 'finished')"),
        ),
        Index("projects_client_idx", "tenant_id", "client_id", "state"),
        Index("projects_coordinator_idx", "tenant_id", "coordinator_id", "state"),
        Index("projects_unled_idx", "tenant_id", "unled_at", postgresql_where=text("unled_at IS NOT NULL")),
        Index("projects_category_idx", "tenant_id", "category_id", "state"),
        Index(
            "projects_planned_idx",
            "tenant_id",
            "category_id",
            "state_changed_at",
            "id",
            postgresql_where=text("state = 'planning'"),
        ),
        Index("projects_deadline_idx", "tenant_id", "deadline_at", postgresql_where=text("deadline_at IS NOT NULL")),
        Index("projects_reviews_idx", "tenant_id", "reviews_until", postgresql_where=text("reviews_until IS NOT NULL")),
        Index("projects_remind_idx", "tenant_id", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
    )

    gig_id: Mapped[UUID]
    category_id: Mapped[UUID | None]
    client_id: Mapped[UUID]
    coordinator_id: Mapped[UUID]
    title: Mapped[str]
    brief: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    # The marketplace's own: `client_id` is the leader who stands for it.
    for_hall: Mapped[bool] = mapped_column(server_default="false")
    settlement: Mapped[str]
    currency: Mapped[str | None]
    budget: Mapped[int] = mapped_column(BigInteger, server_default="0")
    contingency: Mapped[int] = mapped_column(BigInteger, server_default="0")
    fee_points: Mapped[int] = mapped_column(Integer, server_default="0")
    state: Mapped[str] = mapped_column(server_default="suggested")
    reason: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    unled_at: Mapped[datetime | None]
    state_changed_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    # Until when its people can say how it went; empty before its end, and once what they said is published.
    reviews_until: Mapped[datetime | None]

    gig: Mapped[Gig] = relationship(viewonly=True)

    @property
    def is_paid(self) -> bool:
        return self.settlement == "money"

    def is_party(self, member_id: UUID) -> bool:
        """Whether somebody has anything to do with it: the client, its coordinator, everybody who plays or played a role, who
        led it before, and who is asked to.
        """
        if member_id in (self.client_id, self.coordinator_id) or member_id in self.team():
            return True
        return self.is_asked_to_lead(member_id) or any(one.from_id == member_id for one in self.handovers())
