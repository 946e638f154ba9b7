"""What a member has of a tier: since when, until when, and what happens when it is not paid."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, select, text
from sqlalchemy.orm import Mapped

from app.core.database import Base, db
from app.memberships.models.tiers import Tier
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import one_of

SOURCES = ("bought", "gift", "complimentary")
#: Being tried out; paid for (or given); owed for; over.
STATES = ("trialing", "active", "past_due", "ended")

#: How long whoever owes keeps access, where nothing else was decided.
GRACE: Final = timedelta(days=7)


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
