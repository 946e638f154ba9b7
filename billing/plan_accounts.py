"""What a marketplace pays the platform, as Stripe told it last: the customer it is, its plan, its invoices."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from billing.following import lock
from billing.gateway import Answer
from billing.plans import CHOICES, FREE, PLANS, Choice, Plan, choice_of
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, TenantRow, scoped
from tenants.models import one_of

#: Stripe's own words. A subscription that is `incomplete` was never paid for: it is nothing yet, and stands in nobody's way.
LIVING = ("trialing", "active", "past_due", "unpaid", "paused")
INTERVALS = ("month", "year")

#: How long a plan that could not be paid goes on as it was.
GRACE = timedelta(days=14)
_NOTICES = ("", "past_due", "ends_soon", "fallen")


class PlanAccount(TenantLink, Base):
    """The customer that this marketplace is to the platform. Name, address and VAT number are said at Stripe and kept there."""

    __tablename__ = "plan_accounts"

    customer_id: Mapped[str]
    # The page at Stripe to which a leader was led last, and how many there were.
    checkout_id: Mapped[str | None]
    checkouts: Mapped[int] = mapped_column(Integer, server_default="0")
    # How often its subscription was changed on request: each is asked for once.
    changes: Mapped[int] = mapped_column(Integer, server_default="0")
    name: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    address: Mapped[list[str]] = mapped_column(server_default="{}")
    tax_ids: Mapped[list[str]] = mapped_column(server_default="{}")
    # In minor units: what stands to its credit is negative, as Stripe has it.
    balance: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # The platform's share that running memberships were told last, in hundredths of a percent.
    told_points: Mapped[int | None] = mapped_column(Integer)
    synced_at: Mapped[datetime | None]

    def take_over(self, customer: Answer, *, now: datetime) -> None:
        """Let this be as the customer at Stripe is."""
        place: Mapping[str, Any] = customer.get("address") or {}
        town = " ".join(part for part in (place.get("postal_code"), place.get("city")) if part)
        lines = (place.get("line1"), place.get("line2"), town, place.get("state"), place.get("country"))
        self.name, self.email = customer.get("name") or "", customer.get("email") or ""
        self.address = [line for line in lines if line]
        self.tax_ids = [one["value"] for one in (customer.get("tax_ids") or {}).get("data", ())]
        self.balance = customer.get("balance") or 0
        self.synced_at = now


class PlanSubscription(TenantRow, Base):
    """A plan that is, or was, subscribed to. `state` is Stripe's word for it.

    `keeps` is a larger plan that is paid until `keeps_until`: who goes over to a smaller one keeps what they have paid for.
    """

    __tablename__ = "plan_subscriptions"
    __table_args__ = (
        UniqueConstraint("tenant_id", "subscription_id"),
        CheckConstraint(one_of("plan", tuple(PLANS)), name="plan_known"),
        CheckConstraint(one_of("interval", INTERVALS), name="interval_known"),
        CheckConstraint(one_of("keeps", tuple(PLANS)), name="keeps_a_plan"),
        CheckConstraint(one_of("noticed", _NOTICES), name="notice_known"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("(state = 'past_due') = (past_due_at IS NOT NULL)", name="past_due_since_a_moment"),
        Index("plan_subscriptions_one_idx", "tenant_id", unique=True, postgresql_where=text(one_of("state", LIVING))),
    )

    subscription_id: Mapped[str]
    item_id: Mapped[str]
    plan: Mapped[str]
    interval: Mapped[str]
    currency: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    quantity: Mapped[int] = mapped_column(Integer)
    state: Mapped[str]
    began_at: Mapped[datetime]
    period_ends_at: Mapped[datetime]
    cancels_at: Mapped[datetime | None]
    past_due_at: Mapped[datetime | None]
    keeps: Mapped[str | None]
    keeps_until: Mapped[datetime | None]
    # What its leaders were told of last, so that they are told once.
    noticed: Mapped[str] = mapped_column(server_default="")
    synced_at: Mapped[datetime]

    @property
    def choice(self) -> Choice:
        return CHOICES[f"{self.plan}-{self.interval}"]

    @property
    def grace_ends_at(self) -> datetime | None:
        """Return until when an unpaid plan goes on; one clock, however often the bank is asked meanwhile."""
        return self.past_due_at + GRACE if self.past_due_at else None

    def gives(self, *, now: datetime) -> Plan:
        """Return the plan that its marketplace has by it at a moment."""
        is_paid = self.state in ("trialing", "active")
        in_grace = self.grace_ends_at is not None and now < self.grace_ends_at
        if not (is_paid or in_grace):
            return FREE
        elif self.keeps and self.keeps_until and now < self.keeps_until:
            return PLANS[self.keeps]
        else:
            return PLANS[self.plan]

    def take_over(self, told: Answer, *, now: datetime) -> None:
        """Let this be as the subscription at Stripe is; asked for with its latest invoice."""
        (item, *_), kept = told["items"]["data"], told.get("metadata") or {}
        choice = choice_of(item["price"])
        assert choice is not None, "what is no plan of ours is not taken over"
        self.subscription_id, self.item_id, self.state = told["id"], item["id"], told["status"]
        self.plan, self.interval = choice.plan.name, choice.interval
        self.currency, self.amount = told["currency"].upper(), item["price"]["unit_amount"]
        self.quantity = item.get("quantity") or 1
        self.began_at, self.period_ends_at = _moment(told["created"]), _moment(item["current_period_end"])
        self.cancels_at = _moment(told["cancel_at"]) if told.get("cancel_at") else None
        self.keeps = kept.get("keeps") if kept.get("keeps") in PLANS else None
        self.keeps_until = _moment(kept["keeps_until"]) if self.keeps else None
        latest = told.get("latest_invoice")
        since = latest["created"] if isinstance(latest, dict) else told["created"]
        self.past_due_at = _moment(since) if told["status"] == "past_due" else None
        self.synced_at = now


class PlanInvoice(TenantRow, Base):
    """An invoice for a plan. `state` is Stripe's word; amounts are in minor units, tax is part of the total."""

    __tablename__ = "plan_invoices"
    __table_args__ = (
        UniqueConstraint("tenant_id", "invoice_id"),
        Index("plan_invoices_newest_idx", "tenant_id", text("issued_at DESC")),
    )

    invoice_id: Mapped[str]
    number: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str]
    currency: Mapped[str]
    total: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    paid: Mapped[int] = mapped_column(BigInteger)
    issued_at: Mapped[datetime]
    page_url: Mapped[str]
    pdf_url: Mapped[str]
    synced_at: Mapped[datetime]

    def take_over(self, told: Answer, *, now: datetime) -> None:
        """Let this be as the invoice at Stripe is."""
        self.invoice_id, self.number, self.state = told["id"], told.get("number") or "", told["status"]
        self.reason, self.currency = told.get("billing_reason") or "", told["currency"].upper()
        self.total, self.paid = told["total"], told["amount_paid"]
        self.tax = sum(tax["amount"] for tax in told.get("total_taxes") or ())
        self.issued_at = _moment(told["created"])
        self.page_url, self.pdf_url = told.get("hosted_invoice_url") or "", told.get("invoice_pdf") or ""
        self.synced_at = now


def plan_account() -> PlanAccount | None:
    """Return the customer that the tenant in force is to the platform, or None while it never looked for a plan to pay."""
    return db.session.scalars(db.select(PlanAccount).where(scoped(PlanAccount))).one_or_none()


def locked_plan_account() -> PlanAccount | None:
    """Return the same, as it is now; nobody else takes or changes a plan until this transaction ends."""
    lock(f"plan of {current_tenant_id()}")
    again = db.select(PlanAccount).where(scoped(PlanAccount)).execution_options(populate_existing=True)
    return db.session.scalars(again).one_or_none()


def living_subscription() -> PlanSubscription | None:
    """Return the plan that the tenant in force is subscribed to, paid or not, or None."""
    living = db.select(PlanSubscription).where(scoped(PlanSubscription), PlanSubscription.state.in_(LIVING))
    return db.session.scalars(living).one_or_none()


def plan_invoices(*, most: int = 36) -> list[PlanInvoice]:
    """Return the invoices for plans, newest first; drafts are nobody's yet."""
    found = db.select(PlanInvoice).where(scoped(PlanInvoice), PlanInvoice.state != "draft")
    return list(db.session.scalars(found.order_by(PlanInvoice.issued_at.desc()).limit(most)))


def _moment(seconds: int | str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
