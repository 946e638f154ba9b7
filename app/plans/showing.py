"""What the page of the plan shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from app.core.languages import gettext as _
from app.core.timers import day_of
from app.core.wording import full_day, money, month
from app.plans import words
from app.plans.changing import kept_choice
from app.plans.words import Bar
from billing.entitlements import usage
from billing.mails import posted
from billing.plan_accounts import (
    PlanAccount,
    PlanInvoice,
    PlanSubscription,
    living_subscription,
    plan_account,
    plan_invoices,
)
from billing.plans import FREE, PLANS, Choice, Plan, currency_here
from billing.presence import active_in, billable, month_before, month_of
from tenants.context import tenant


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan beside the others: what it holds, its prices with the choice that each is of, and whether one has it."""

    name: str
    pitch: str
    holds: list[str]
    prices: list[tuple[str, str]]
    is_current: bool
    is_free: bool


@dataclass(frozen=True, slots=True)
class Notice:
    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A marketplace's plan: what it is, what is paid next, what is used, what else there is, what was paid."""

    plan: Plan
    plan_name: str
    subscription: PlanSubscription | None
    account: PlanAccount | None
    #: What goes on after what is paid for: its name and how it is paid, and from when on.
    later: str
    next_amount: str
    next_on: date | None
    ends_on: date | None
    grace_until: date | None
    is_fallen: bool
    bars: list[Bar]
    offers: list[Offer]
    #: Number, day, state, total, file.
    invoices: list[tuple[str, ...]]
    people: dict[str, Any] | None


def overview(*, now: datetime) -> Overview:
    """Return what the page of the plan shows."""
    subscription, used = living_subscription(), usage()
    plan = subscription.gives(now=now) if subscription is not None else FREE
    currency = subscription.currency if subscription is not None else currency_here()
    kept = kept_choice(subscription, now=now) if subscription is not None else None
    ends = subscription.cancels_at if subscription is not None else None
    grace = subscription.grace_ends_at if subscription is not None else None
    return Overview(
        plan=plan,
        plan_name=words.plan_name(plan),
        subscription=subscription,
        account=plan_account(),
        later=words.plan_name(subscription.choice.plan) if subscription is not None and kept is not None else "",
        next_amount=_next(subscription),
        next_on=_day(subscription.period_ends_at) if subscription is not None and ends is None else None,
        ends_on=_day(ends),
        grace_until=_day(grace),
        is_fallen=grace is not None and now >= grace,
        bars=words.bars(used, plan, posted(now=now)),
        offers=[_offer(one, plan, currency, kept or _choice(subscription)) for one in PLANS.values()],
        invoices=[_invoice(one) for one in plan_invoices()],
        people=_people(now) if plan.by_people else None,
    )


def unpaid_notice(*, now: datetime) -> Notice | None:
    """Return what leaders are to know while their plan is not paid: the banner's tone, until when it goes on, what it says."""
    subscription = living_subscription()
    until = subscription.grace_ends_at if subscription is not None else None
    if until is None:
        return None
    elif now < until:
        return Notice("caution", words.unpaid(until))
    else:
        return Notice("negative", words.rests())


def _choice(subscription: PlanSubscription | None) -> Choice | None:
    return subscription.choice if subscription is not None else None


def _offer(plan: Plan, current: Plan, currency: str, had: Choice | None) -> Offer:
    prices = [
        (words.price(choice, currency), choice.name if had is None or choice.name != had.name else "")
        for choice in plan.choices()
    ]
    return Offer(
        words.plan_name(plan), words.pitch(plan), words.holds(plan), prices, plan.name == current.name, plan.is_free
    )


def _invoice(one: PlanInvoice) -> tuple[str, ...]:
    number = Markup('<a href="{}">{}</a>').format(one.page_url, one.number) if one.page_url else one.number
    named = _("PDF of %(number)s", number=one.number)
    file = Markup('<a href="{}" aria-label="{}">PDF</a>').format(one.pdf_url, named) if one.pdf_url else ""
    state = str(words.INVOICE_STATES.get(one.state, one.state))
    return number, full_day(day_of(one.issued_at, tenant.time_zone)), state, money(one.total, one.currency), file


def _next(subscription: PlanSubscription | None) -> str:
    if subscription is None:
        return ""
    return words.sum_of(subscription.amount * subscription.quantity, subscription.currency, subscription.interval)


def _people(now: datetime) -> dict[str, Any]:
    """Return who is counted for a plan by people: in the last whole month, in this one so far, and for how many is paid next."""
    before, this = month_before(now), month_of(now)
    return {
        "before": month(before),
        "counted": active_in(before),
        "this": month(this),
        "so_far": active_in(this),
        "paid": billable(now=now),
    }


def _day(moment: datetime | None) -> date | None:
    return day_of(moment, tenant.time_zone) if moment is not None else None
