"""What two members agreed: a frozen snapshot, the rounds that led to it, milestones and what was handed over."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.agreements.states import AGREEMENT
from app.core.database import Base
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of


class Agreement(TenantRow, Base):
    """The client receives the work, the worker does it. Title, kind, pay, unit, currency and dates are copies: later edits
    of the gig change nothing here. `asked_id` is the side that the last offered terms wait for.
    """

    __tablename__ = "agreements"
    __table_args__ = (
        tenant_key("gig_id", "gigs"),
        tenant_key("application_id", "applications"),
        tenant_key("client_id", "members"),
        tenant_key("worker_id", "members"),
        tenant_key("asked_id", "members"),
        tenant_key("ended_by", "members"),
        UniqueConstraint("tenant_id", "application_id"),
        CheckConstraint(one_of("state", AGREEMENT.states), name="state_known"),
        CheckConstraint("client_id <> worker_id", name="two_different_people"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount_not_negative"),
        Index("agreements_client_idx", "tenant_id", "client_id", "state", "id"),
        Index("agreements_worker_idx", "tenant_id", "worker_id", "state", "id"),
        Index("agreements_gig_idx", "tenant_id", "gig_id"),
        Index("agreements_deadline_idx", "tenant_id", "deadline_at", postgresql_where=text("deadline_at IS NOT NULL")),
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
    state_changed_at: Mapped[datetime]
    ended_by: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(server_default="")
    resume_on: Mapped[date | None]
    deadline_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    def is_party(self, member_id: UUID) -> bool:
        return member_id in (self.client_id, self.worker_id)

    def other(self, member_id: UUID) -> UUID:
        """Return the party that `member_id` is not."""
        return self.worker_id if member_id == self.client_id else self.client_id


class TermsRound(TenantRow, Base):
    """One round of the talk about terms, kept as it was put forward."""

    __tablename__ = "terms_rounds"
    __table_args__ = (
        tenant_key("agreement_id", "agreements", ondelete="CASCADE"),
        tenant_key("proposed_by", "members"),
        UniqueConstraint("tenant_id", "agreement_id", "round"),
    )

    agreement_id: Mapped[UUID]
    round: Mapped[int] = mapped_column(Integer)
    proposed_by: Mapped[UUID]
    terms: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(server_default="")
    proposed_at: Mapped[datetime]


class Milestone(TenantRow, Base):
    """A part of the work with its own date and amount, delivered and accepted on its own."""

    __tablename__ = "milestones"
    __table_args__ = (
        tenant_key("agreement_id", "agreements", ondelete="CASCADE"),
        CheckConstraint("state IN ('planned', 'delivered', 'changes_requested', 'accepted')", name="state_known"),
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


class Delivery(TenantRow, Base):
    """What the worker handed over: words, links and files; and what the client said to it."""

    __tablename__ = "deliveries"
    __table_args__ = (
        tenant_key("agreement_id", "agreements", ondelete="CASCADE"),
        tenant_key("milestone_id", "milestones"),
        tenant_key("delivered_by", "members"),
        Index("deliveries_agreement_idx", "tenant_id", "agreement_id", "id"),
    )

    agreement_id: Mapped[UUID]
    milestone_id: Mapped[UUID | None]
    delivered_by: Mapped[UUID]
    note: Mapped[str] = mapped_column(server_default="")
    links: Mapped[list[str]] = mapped_column(server_default="{}")
    delivered_at: Mapped[datetime]
    answer: Mapped[str | None]
    answer_note: Mapped[str] = mapped_column(server_default="")
    answered_at: Mapped[datetime | None]


class Attachment(TenantRow, Base):
    """A file that came with a delivery or a message. Its bytes lie in the store under their digest."""

    __tablename__ = "attachments"
    __table_args__ = (
        tenant_key("delivery_id", "deliveries", ondelete="CASCADE"),
        tenant_key("uploaded_by", "members"),
        Index("attachments_delivery_idx", "tenant_id", "delivery_id"),
    )

    delivery_id: Mapped[UUID | None]
    uploaded_by: Mapped[UUID]
    name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    created_at: Mapped[datetime]
