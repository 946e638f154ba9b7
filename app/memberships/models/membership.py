"""What a member has of a tier: since when, until when, and what happens when it is not paid."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, select, text
from sqlalchemy.orm import Mapped

from app.activity.recording import record
from app.core.database import Base, db
from app.memberships.models.prices import TierPrice
from app.memberships.models.tiers import Tier
from billing.gateway import Answer
from tenants.context import current_tenant_id
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Tenant, one_of

SOURCES = ("bought", "gift", "complimentary")
#: Being tried out; paid for (or given); owed for; over.
STATES = ("trialing", "active", "past_due", "ended")

# What Stripe's words for where a subscription stands mean here; all others mean that it is over.
_STANDS = {
    "trialing": "trialing",
    "active": "active",
    "past_due": "past_due",
    "unpaid": "past_due",
    "paused": "past_due",
}


class Membership(TenantRow, Base):
    """A tier that a member has or had.

    A bought one is as the subscription at Stripe is, or, bought once, as its payment: only what follows those changes it.

    :ivar price_id: what it was bought at; null where it was given.
    :ivar paid_until: null means for good.
    :ivar grace_until: until when access is kept although a payment failed; set while it is `past_due` alone.
    :ivar cancels_at: when it will end by its member's wish.
    :ivar intent_id: the payment, where it was bought once.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        tenant_key("member_id", "members"),
        tenant_key("tier_id", "tiers"),
        tenant_key("price_id", "tier_prices"),
        CheckConstraint(one_of("source", SOURCES), name="source_known"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("(state = 'past_due') = (grace_until IS NOT NULL)", name="grace_while_past_due"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_when_it_ended"),
        CheckConstraint("(source = 'bought') = (price_id IS NOT NULL)", name="price_where_bought"),
        CheckConstraint(
            "source <> 'bought' OR num_nonnulls(subscription_id, intent_id) = 1", name="one_proof_of_what_was_bought"
        ),
        # Whoever pays, pays once.
        Index(
            "memberships_one_bought_idx",
            "tenant_id",
            "member_id",
            unique=True,
            postgresql_where=text("source = 'bought' AND state <> 'ended'"),
        ),
        Index("memberships_member_idx", "tenant_id", "member_id", "state"),
        Index("memberships_subscription_idx", "tenant_id", "subscription_id", unique=True),
        Index("memberships_intent_idx", "tenant_id", "intent_id", unique=True),
        Index("memberships_tier_idx", "tenant_id", "tier_id", "state"),
    )

    member_id: Mapped[UUID]
    tier_id: Mapped[UUID]
    price_id: Mapped[UUID | None]
    source: Mapped[str]
    state: Mapped[str]
    began_at: Mapped[datetime]
    paid_until: Mapped[datetime | None]
    grace_until: Mapped[datetime | None]
    cancels_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    account_id: Mapped[str | None]
    customer_id: Mapped[str | None]
    subscription_id: Mapped[str | None]
    intent_id: Mapped[str | None]

    @property
    def is_bought(self) -> bool:
        return self.source == "bought"

    @property
    def is_past_due(self) -> bool:
        return self.state == "past_due"

    @property
    def renews(self) -> bool:
        """Return whether it is paid for again and again."""
        return self.subscription_id is not None and self.cancels_at is None and self.state != "ended"

    def gives_access(self, *, now: datetime) -> bool:
        """Return whether its member may do what its tier allows.

        What runs at Stripe is believed until Stripe ends it or fails to be paid: a renewal that we are told of late must not
        lock anybody out.
        """
        if self.state == "ended":
            return False
        elif self.grace_until is not None:
            return now < self.grace_until
        else:
            return self.renews or self.paid_until is None or now < self.paid_until

    def take_over(self, subscription: Answer, price: TierPrice | None, *, now: datetime) -> None:
        """Let this be as its subscription at Stripe is.

        :param price: what is paid now, or None where that is nothing of ours: then the tier stays what it was.
        """
        before = self.state
        items: list[dict[str, Any]] = subscription["items"]["data"]
        begins = _moment(min(item["current_period_start"] for item in items))
        ends = _moment(max(item["current_period_end"] for item in items))
        state = stands(subscription)
        # Looked up before anything is changed: half a change would not be let through.
        grace = (self.grace_until or begins + _grace()) if state == "past_due" else None
        self.state = state
        if price is not None and price.id != self.price_id:
            if self.tier_id not in (None, price.tier_id):
                record("changed", self, by=None, tier=price.tier_id, was=self.tier_id)
            self.price_id, self.tier_id = price.id, price.tier_id
        over = subscription.get("ended_at") or subscription.get("canceled_at")
        why = (subscription.get("cancellation_details") or {}).get("reason")
        self.cancels_at = _moment(subscription["cancel_at"]) if subscription.get("cancel_at") else None
        if self.state == "past_due" or (self.state == "ended" and why == "payment_failed"):
            # What a payment failed for begins with the period.
            self.paid_until = begins
        else:
            self.paid_until = min(ends, _moment(over)) if self.state == "ended" and over else ends
        self.grace_until = grace
        self.ended_at = (_moment(over) if over else now) if self.state == "ended" else None
        self._tell(before)

    def begin(self, *, now: datetime, until: datetime | None = None) -> None:
        """Let what was given, or bought once, hold from now on."""
        self.state, self.began_at, self.paid_until = "active", now, until
        db.session.flush()
        self._tell(None)

    def end(self, *, now: datetime) -> None:
        """Let it be over now."""
        before = self.state
        if before != "ended":
            self.state, self.grace_until, self.ended_at = "ended", None, now
            self._tell(before)

    def _tell(self, before: str | None) -> None:
        """Write down what happened, for whoever listens: it began, it is owed for, it is paid again, it is over."""
        if before is None:
            record("began", self, by=self.member_id, to=self.state, tier=self.tier_id)
        elif before != self.state:
            verbs = {"past_due": "lapsed", "ended": "ended"}
            verb = verbs.get(self.state, "recovered" if before == "past_due" else "renewed")
            until = {"until": self.grace_until.isoformat()} if self.grace_until else {}
            record(verb, self, by=None, from_=before, to=self.state, tier=self.tier_id, **until)


def _grace() -> timedelta:
    """Return how long whoever owes keeps access, as the tenant's leaders settled it."""
    return timedelta(days=db.session.get_one(Tenant, current_tenant_id()).grace_days)


def stands(subscription: Answer) -> str:
    """Return the state that a membership is in whose subscription at Stripe is this."""
    return _STANDS.get(subscription["status"], "ended")


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def current_membership(member_id: UUID) -> Membership | None:
    """Return what a member has: of several, the one of the latest tier; those that were not ended alone. Whether it still
    gives access, itself says.
    """
    # One that is owed for is only looked at where there is nothing better.
    best_first = (Membership.state == "past_due", Tier.position.desc(), Membership.began_at)
    return db.session.scalars(
        select(Membership)
        .join(Tier, (Tier.tenant_id == Membership.tenant_id) & (Tier.id == Membership.tier_id))
        .where(scoped(Membership), scoped(Tier), Membership.member_id == member_id, Membership.state != "ended")
        .order_by(*best_first)
        .limit(1)
    ).one_or_none()
