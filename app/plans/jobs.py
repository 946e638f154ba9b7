"""What follows when a plan was followed: leaders are told, who waited for room comes in, and a plan by people is counted."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select

from app.activity.recording import record
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.core.jobs import job, periodic
from app.plans.changing import report_people
from billing.entitlements import room_appeared
from billing.mails import MailDay, when_nearly_full
from billing.owners import Owner
from billing.plan_accounts import LIVING, PlanSubscription, living_subscription
from billing.plan_following import when_plan_followed
from tenants.context import current_tenant_id

log = structlog.get_logger("plans")

# When leaders are reminded that grace ends.
_BEFORE_THE_END = timedelta(days=3)


@when_plan_followed
def heed(subscription: PlanSubscription, now: datetime) -> None:
    """Tell leaders what became of their plan, once; and let in whom there is room for now."""
    if subscription.state == "past_due":
        look(subscription, now=now)
    elif subscription.noticed:
        if subscription.state in LIVING:
            record("paid_again", subscription, by=None, kind="plan")
        subscription.noticed = ""
    if subscription.began_at >= now - timedelta(days=1) or subscription.state in ("active", "trialing"):
        room_appeared()


@when_nearly_full
def tell_of_letters(day_id: UUID) -> None:
    """Tell leaders, before it is so, that letters will wait for tomorrow."""
    day = db.session.get_one(MailDay, (current_tenant_id(), day_id))
    record("mails_near", day, by=None, kind="plan")


def look(subscription: PlanSubscription, *, now: datetime) -> None:
    """Tell leaders of an unpaid plan how far its grace is, and look again when the next part of it begins."""
    ends = subscription.grace_ends_at
    if ends is None:
        return
    steps = [("past_due", subscription.past_due_at), ("ends_soon", ends - _BEFORE_THE_END), ("fallen", ends)]
    begun = [name for name, moment in steps if moment is not None and moment <= now]
    if begun and begun[-1] != subscription.noticed:
        subscription.noticed = begun[-1]
        record(begun[-1], subscription, by=None, kind="plan", until=ends.isoformat())
    for _name, moment in steps[len(begun) :]:
        if moment is not None:
            look_again.enqueue_at(moment, once=f"{subscription.id} {moment}", subscription_id=subscription.id)
            break


@job("plans.look_again")
def look_again(*, subscription_id: str) -> None:
    """Look how far the grace of an unpaid plan is."""
    subscription = living_subscription()
    if subscription is not None and str(subscription.id) == subscription_id:
        look(subscription, now=clock.now())


@periodic("41 0 1 * *", "plans.count_all", queue="money")
def count_all() -> None:
    """On the first of each month, count for whom plans by people are paid."""
    if config().stripe_key:
        count.enqueue_for(*db.session.scalars(select(Owner.tenant_id).distinct().order_by(Owner.tenant_id)))


@job("plans.count", queue="money", retries=8)
def count() -> None:
    """Report to Stripe for how many people this marketplace's plan is paid from now on."""
    people = report_people(now=clock.now())
    if people is not None:
        log.info("counted", people=people)
