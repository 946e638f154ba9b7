"""What the platform keeps of memberships that run: another plan of the marketplace's is another share, also of what was bought
before.

Members are walked through a few at a time, so that a large marketplace's change of plan does not use up what Stripe lets us ask.
What is right already is let be: whoever dies on the way, or meets a busy Stripe, goes on where it stopped. Asked for twice it
is the same share.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.core.jobs import job
from app.memberships.models import Membership
from billing import gateway
from billing.entitlements import application_fee_points
from billing.gateway import AccessLost, Answer
from billing.operations import perform
from billing.plan_accounts import PlanSubscription, plan_account
from billing.plan_following import when_plan_followed
from tenants.context import current_tenant_id
from tenants.isolation import scoped

# Stripe lets an account ask a hundred times a second, and everything else asks as well.
_AT_A_TIME, _REST = 20, timedelta(seconds=5)


def points_at(theirs: Answer) -> int:
    """Return the platform's share of a subscription as it stands at Stripe, in hundredths of a percent."""
    return round(float(theirs.get("application_fee_percent") or 0) * 100)


@when_plan_followed
def heed_plan(_subscription: PlanSubscription, now: datetime) -> None:
    """Have the memberships walked through when the plan brings another share than they were told last."""
    account, points = plan_account(), application_fee_points()
    if account is not None and account.told_points != points:
        account.told_points = points
        walk.enqueue(once="from the first", after="")


@job("memberships.walk_shares", queue="money", retries=8)
def walk(*, after: str) -> None:
    """Let the next memberships have the share of today; the ones after them follow in a while.

    :raises Unclear: when Stripe does not answer.
    """
    running = select(Membership).where(
        scoped(Membership), Membership.subscription_id.is_not(None), Membership.state != "ended"
    )
    if after:
        running = running.where(Membership.id > UUID(after))
    found = db.session.scalars(running.order_by(Membership.id).limit(_AT_A_TIME)).all()
    for membership in found:
        set_share(membership, now=clock.now())
    if len(found) == _AT_A_TIME:
        walk.enqueue_at(clock.now() + _REST, after=str(found[-1].id))


@job("memberships.set_share", queue="money", retries=8)
def set_share_of(*, membership_id: str) -> None:
    """Do the same for one of which it was noticed."""
    membership = db.session.get(Membership, (current_tenant_id(), UUID(membership_id)))
    if membership is not None and membership.state != "ended":
        set_share(membership, now=clock.now())


def set_share(membership: Membership, *, now: datetime) -> None:
    """Let the platform keep of a membership what the plan of today says, from its next payment on."""
    points = application_fee_points()
    try:
        theirs = gateway.fetch("subscription", membership.subscription_id or "", account=membership.account_id)
    except AccessLost:
        return
    if theirs["status"] in ("canceled", "incomplete_expired") or points_at(theirs) == points:
        return
    wanted: dict[str, Any] = {"subscription": theirs["id"], "application_fee_percent": points / 100}
    perform("subscription.change", f"share {new_id()}", wanted, account=membership.account_id, now=now)
