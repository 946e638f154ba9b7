"""What two members agreed: a frozen snapshot of the terms, and where the work stands."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.agreements.failures import TermsAreFixed
from app.agreements.models.ending import Ending
from app.agreements.models.negotiation import Negotiation
from app.agreements.states import AGREEMENT, OUTCOMES
from app.agreements.terms import Terms
from app.applications.models import Application
from app.core.database import Base
from app.gigs.models import Gig
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

_TERMS = tuple(name for name in Terms.__dataclass_fields__ if name != "milestones")


class Agreement(Negotiation, Ending, TenantRow, Base):
    """The client receives the work, the worker does it. Title, kind, pay, unit, currency and dates are copies: later edits
    of the gig change nothing here, and once agreed nothing changes them.

    `asked_id` is the side that is waited for: to answer the terms, to work, to look at the work, to resume. It is empty
    where both are, or a leader, or nobody.
    """

    __tablename__ = "agreements"
    __table_args__ = (
        tenant_key("gig_id", "gigs"),
        tenant_key("application_id", "applications"),
        tenant_key("client_id", "members"),
        tenant_key("worker_id", "members"),
        tenant_key("asked_id", "members"),
        tenant_key("ended_by", "members"),
        CheckConstraint(one_of("state", AGREEMENT.states), name="state_known"),
        CheckConstraint("client_id <> worker_id", name="two_different_people"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount_not_negative"),
        CheckConstraint(f"outcome IS NULL OR {one_of('outcome', tuple(OUTCOMES))}", name="outcome_known"),
        # After a proposal that came to nothing there may be another; there is never more than one at a time.
        Index(
            "agreements_one_per_application_key",
            "tenant_id",
            "application_id",
            unique=True,
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index("agreements_client_idx", "tenant_id", "client_id", "state", "id"),
        Index("agreements_worker_idx", "tenant_id", "worker_id", "state", "id"),
        Index("agreements_gig_idx", "tenant_id", "gig_id"),
        Index("agreements_deadline_idx", "tenant_id", "deadline_at", postgresql_where=text("deadline_at IS NOT NULL")),
        Index("agreements_remind_idx", "tenant_id", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
        Index(
            "agreements_reviews_idx", "tenant_id", "reviews_until", postgresql_where=text("reviews_until IS NOT NULL")
        ),
        Index("agreements_disputes_idx", "tenant_id", "disputed_at", postgresql_where=text("state = 'disputed'")),
    )

    gig_id: Mapped[UUID]
    application_id: Mapped[UUID]
    client_id: Mapped[UUID]
    worker_id: Mapped[UUID]
    asked_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(server_default="proposed")
    title: Mapped[str]
    scope: Mapped[str] = mapped_column(server_default="")
    direction: Mapped[str]
    kind: Mapped[str]
    settlement: Mapped[str]
    pay_kind: Mapped[str | None]
    amount: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    credits_minutes: Mapped[int | None] = mapped_column(Integer)
    favour: Mapped[str] = mapped_column(server_default="")
    effort_span: Mapped[str | None]
    effort_minutes: Mapped[int | None] = mapped_column(Integer)
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(server_default="")
    remote: Mapped[bool] = mapped_column(server_default="true")
    conditions: Mapped[str] = mapped_column(server_default="")
    round: Mapped[int] = mapped_column(Integer, server_default="1")
    created_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    disputed_at: Mapped[datetime | None]
    state_changed_at: Mapped[datetime]
    ended_by: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(server_default="")
    outcome: Mapped[str | None]
    resume_on: Mapped[date | None]
    reviews_until: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    gig: Mapped[Gig] = relationship(viewonly=True)
    application: Mapped[Application] = relationship(viewonly=True)

    machine = AGREEMENT

    @validates(*_TERMS)
    def _keep_what_was_agreed(self, name: str, value: object) -> object:
        if self.agreed_at is not None and value != getattr(self, name):
            raise TermsAreFixed(f"{name} of agreement {self.id} was agreed and stays")
        return value
