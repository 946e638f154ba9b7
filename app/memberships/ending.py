"""What becomes of a member's memberships when they go: nobody goes on paying for a place that they have left."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.jobs import job
from app.memberships.buying import close_pages
from app.memberships.models import Membership
from billing import gateway
from billing.following import follow
from billing.gateway import AccessLost, Refused
from tenants.isolation import scoped


def end_memberships(member_id: UUID, *, now: datetime) -> None:
    """End what a member has. What is paid at Stripe is ended there as soon as it answers, whatever it says first."""
    for membership in _living(member_id):
        if membership.subscription_id is None:
            membership.end(now=now)
    end_at_stripe.enqueue(member_id=member_id)


@job("memberships.end_at_stripe", queue="money", retries=8)
def end_at_stripe(*, member_id: str) -> None:
    """End the subscriptions of somebody who has gone, and the pages on which they could buy another."""
    now, whose = clock.now(), UUID(member_id)
    close_pages(whose, now=now)
    for membership in _living(whose):
        if membership.subscription_id is None:
            continue
        # Refused where it had ended.
        with suppress(Refused):
            gateway.end("subscription", membership.subscription_id, account=membership.account_id)
        try:
            follow("connect", "subscription", membership.subscription_id, membership.account_id, now=now)
        except AccessLost:
            membership.end(now=now)


def _living(member_id: UUID) -> list[Membership]:
    living = select(Membership).where(
        scoped(Membership), Membership.member_id == member_id, Membership.state != "ended"
    )
    return list(db.session.scalars(living))
