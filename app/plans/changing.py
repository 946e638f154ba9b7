"""A plan that is paid for is changed: to a larger one at once, to a smaller one when what is paid for ends; or it is given up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from app.plans.buying import how_many
from app.plans.catalogue import price_id
from billing import gateway
from billing.entitlements import usage
from billing.following import follow
from billing.gateway import Params
from billing.operations import perform
from billing.plan_accounts import PlanSubscription, living_subscription, locked_plan_account, plan_account
from billing.plans import FREE, Choice, Plan, What
from billing.presence import billable

When = Literal["now", "later"]
_MOST = 20


class NotNow(Conflict):
    message = _l("This cannot be changed now. Look at your plan as it is.")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change brings, before anybody agrees. Amounts in minor units: `due` is asked for at once, `credit` stays for
    invoices to come, `then` is paid from `begins` on, each month or year. `too_much` names what will no longer fit.
    """

    choice: Choice
    when: When
    currency: str
    quantity: int
    due: int
    credit: int
    then: int
    begins: datetime | None
    too_much: tuple[What, ...]


def preview(choice: Choice, *, now: datetime) -> Preview:
    """Return what it would bring to go over to a choice now. Stripe says what would be due.

    :raises NotNow: when there is nothing to change, or a change is waiting.
    """
    subscription = _changeable()
    when = _when(subscription, choice)
    quantity = how_many(choice, now=now)
    amount = choice.amount(subscription.currency) * quantity
    too_much = usage().exceeds(choice.plan.quotas)
    if when == "later":
        ends = subscription.period_ends_at
        return Preview(choice, when, subscription.currency, quantity, 0, 0, amount, ends, too_much)
    wanted = {
        "customer": _customer(),
        "subscription": subscription.subscription_id,
        "subscription_details": {
            "items": _items(subscription, choice, now=now),
            "proration_behavior": "always_invoice",
            "proration_date": int(now.timestamp()),
        },
    }
    told = gateway.upcoming_invoice(wanted)
    credit = max(0, -told["total"])
    return Preview(choice, when, subscription.currency, quantity, told["amount_due"], credit, amount, None, too_much)


def change(choice: Choice, *, now: datetime) -> When:
    """Go over to a choice, now or when what is paid for ends; return which.

    :raises NotNow: when there is nothing to change, or a change is waiting.
    :raises Declined: when the bank refuses what is due; then nothing has changed.
    :raises Unclear: when Stripe does not answer; asking again is safe.
    """
    subscription = _changeable()
    when = _when(subscription, choice)
    wanted: Params = {"items": _items(subscription, choice, now=now)}
    if when == "later":
        # The price changes now and is first asked for with the next period; until then they keep what they paid for.
        until = str(int(subscription.period_ends_at.timestamp()))
        wanted |= {"proration_behavior": "none", "metadata": {"keeps": subscription.plan, "keeps_until": until}}
    else:
        wanted |= {"proration_behavior": "always_invoice", "payment_behavior": "error_if_incomplete"}
        wanted |= {"metadata": {"keeps": "", "keeps_until": ""}}
    _ask(subscription, f"to {choice.name}", wanted, now=now)
    return when


def give_up(*, now: datetime) -> None:
    """Let a plan end with what is paid for; one that could not be paid ends now.

    :raises NotNow: when there is none, or it ends already.
    """
    subscription = living_subscription()
    if subscription is None or subscription.cancels_at is not None:
        raise NotNow
    elif subscription.state in ("active", "trialing"):
        _ask(subscription, "end", {"cancel_at_period_end": True}, now=now)
    else:
        gateway.end("subscription", subscription.subscription_id)
        follow("platform", "subscription", subscription.subscription_id, None, now=now)


def go_on(*, now: datetime) -> None:
    """Take back what was to happen at the end of the period: the plan's end, or going over to a smaller one.

    :raises NotNow: when nothing was to happen.
    """
    subscription = living_subscription()
    if subscription is not None and subscription.cancels_at is not None:
        _ask(subscription, "go on", {"cancel_at_period_end": False}, now=now)
    elif subscription is not None and (kept := kept_choice(subscription, now=now)) is not None:
        # It is paid for already: nothing is due.
        wanted = {"items": _items(subscription, kept, now=now), "proration_behavior": "none"}
        _ask(subscription, "keep", wanted | {"metadata": {"keeps": "", "keeps_until": ""}}, now=now)
    else:
        raise NotNow


def report_people(*, now: datetime) -> int | None:
    """Let a plan by people be paid for as many as were active in the last whole month, from the next invoice on; return for how
    many, or None where no such plan is paid. Said again, it is the same.
    """
    subscription = living_subscription()
    if subscription is None or not subscription.choice.plan.by_people:
        return None
    people = billable(now=now)
    if subscription.quantity != people:
        items = [{"id": subscription.item_id, "quantity": people}]
        _ask(subscription, f"for {people}", {"items": items, "proration_behavior": "none"}, now=now)
    return people


def kept_choice(subscription: PlanSubscription, *, now: datetime) -> Choice | None:
    """Return what is paid for until a smaller plan begins, or None where none is to begin."""
    given = subscription.gives(now=now)
    if not subscription.keeps or given.name != subscription.keeps or given.name == subscription.plan:
        return None
    return next((choice for choice in given.choices() if choice.interval == subscription.interval), None)


def too_much_for_free() -> tuple[What, ...]:
    """Return of what there is more than the free plan has room for."""
    return usage().exceeds(FREE.quotas)


def _changeable() -> PlanSubscription:
    subscription = living_subscription()
    if subscription is None or subscription.state not in ("active", "trialing") or subscription.cancels_at is not None:
        raise NotNow
    return subscription


def _when(subscription: PlanSubscription, choice: Choice) -> When:
    """Return when a change would happen.

    :raises NotNow: when it would change nothing, or a smaller plan is to begin: that is taken back first.
    """
    if subscription.choice.name == choice.name or (subscription.keeps is not None and _is_kept(subscription)):
        raise NotNow
    is_smaller = choice.plan.rank < _plan(subscription).rank
    # Another rhythm begins anew at once: what is left of the old one counts towards it.
    return "later" if is_smaller and choice.interval == subscription.interval else "now"


def _is_kept(subscription: PlanSubscription) -> bool:
    return subscription.keeps_until is not None and subscription.keeps_until >= subscription.period_ends_at


def _plan(subscription: PlanSubscription) -> Plan:
    return subscription.choice.plan


def _items(subscription: PlanSubscription, choice: Choice, *, now: datetime) -> list[Params]:
    price = price_id(choice, subscription.currency, now=now)
    return [{"id": subscription.item_id, "price": price, "quantity": how_many(choice, now=now)}]


def _customer() -> str:
    account = plan_account()
    assert account is not None, "whoever has a subscription is a customer"
    return account.customer_id


def _ask(subscription: PlanSubscription, wish: str, wanted: Params, *, now: datetime) -> None:
    """Have Stripe change a subscription, once, and follow it. What was asked before, and nobody knows how it ended, comes first:
    the last word is the last wish.
    """
    account = locked_plan_account()
    assert account is not None, "whoever has a subscription is a customer"
    for _ in range(_MOST):
        account.changes += 1
        named = f"{wish} {account.changes}"
        metadata = wanted.get("metadata", {}) | {"wish": named}
        asked = wanted | {"subscription": subscription.subscription_id, "metadata": metadata}
        told = perform("subscription.change", f"plan {account.changes}", asked, now=now)
        if told["metadata"].get("wish") == named:
            break
    follow("platform", "subscription", subscription.subscription_id, None, now=now)
