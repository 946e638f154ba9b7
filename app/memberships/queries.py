"""Named reads of tiers and of what members have and paid."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from app.core.database import db
from app.memberships.models import Membership, Payment, Purchase, Tier
from tenants.isolation import scoped
from tenants.models import Member, Role


def every_tier() -> list[Tier]:
    """Return all tiers in their order, those that are closed last."""
    ordered = select(Tier).where(scoped(Tier)).order_by(Tier.state == "closed", Tier.position, Tier.id)
    return list(db.session.scalars(ordered))


def tiers_on_sale() -> list[Tier]:
    """Return the tiers that can be bought, in their order."""
    return [tier for tier in every_tier() if tier.is_selling]


def whom_to_ask(*, most: int = 5) -> Sequence[Row[Any]]:
    """Return the people who lead the marketplace (`id`, `name`, `hue`, `picture`), the longest there first."""
    leading = (
        select(Member.id, Member.name, Member.hue, Member.picture)
        .join(Role, (Role.tenant_id == Member.tenant_id) & (Role.member_id == Member.id))
        .where(scoped(Member), Role.role == "leader", Member.standing == "active")
        .order_by(Role.granted_at, Role.id)
    )
    return db.session.execute(leading.limit(most)).all()


def member_counts() -> dict[UUID, int]:
    """Return how many have each tier, whoever pays for it."""
    counted = (
        select(Membership.tier_id, func.count(Membership.member_id.distinct()))
        .where(scoped(Membership), Membership.state != "ended")
        .group_by(Membership.tier_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}


def payments_of(member_id: UUID, *, most: int = 12) -> list[Payment]:
    """Return what a member paid for memberships, newest first."""
    paid = select(Payment).where(scoped(Payment), Payment.member_id == member_id)
    return list(db.session.scalars(paid.order_by(Payment.paid_at.desc(), Payment.id).limit(most)))


def purchase_of(member_id: UUID, session_id: str) -> Purchase | None:
    """Return a member's own purchase by the name of Stripe's page, or None."""
    known = select(Purchase).where(scoped(Purchase), Purchase.member_id == member_id, Purchase.session_id == session_id)
    return db.session.scalars(known).one_or_none()
