"""What the marketplace pays the platform: its leader takes a plan, changes it, gives it up; the bank pays, or does not."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.plans.buying import page_to_pay
from app.plans.changing import change, give_up, go_on, report_people
from billing import statements
from billing.entitlements import current_plan
from billing.plan_accounts import LIVING, PlanInvoice, PlanSubscription, living_subscription, plan_account
from billing.plans import CHOICES, choice_of
from tenants.isolation import scoped
from tests.billing.histories.life import Life
from tests.billing.histories.telling import happens, holds
from tests.stripe import checkout
from tests.stripe.problems import Declined, Problem
from tests.stripe.subscriptions import change_card
from tests.stripe.world import PLATFORM, Thing

_CARDS = ("pm_card_visa", "pm_card_visa", "pm_card_chargeCustomerFail", "pm_card_chargeDeclined")
_LINKS = {"success_url": "http://localhost/", "cancel_url": "http://localhost/"}


def _choice(chance: random.Random) -> Any:
    return CHOICES[chance.choice(sorted(CHOICES))]


@happens(6)
def the_leader_goes_to_pay_for_a_plan(life: Life, chance: random.Random) -> None:
    url = life.tries(lambda: page_to_pay(_choice(chance), by=life.leader, now=clock.now(), **_LINKS))
    if url:
        life.plan_pages.append(url.rpartition("/")[2])
        if chance.random() < 0.7:
            the_leader_pays_for_a_plan(life, chance)


@happens(2)
def the_leader_pays_for_a_plan(life: Life, chance: random.Random) -> None:
    """Also on a page that was left open in another tab."""
    if life.plan_pages:
        session = life.world.of(PLATFORM, "checkout.session", chance.choice(life.plan_pages))
        with suppress(Declined, Problem):
            checkout.pay(life.world, PLATFORM, session, chance.choice(_CARDS), email="ines@example.org")


@happens(5)
def the_leader_changes_the_plan(life: Life, chance: random.Random) -> None:
    choice = _choice(chance)
    for _ in range(chance.choice((1, 1, 2))):
        life.tries(lambda: change(choice, now=clock.now()))


@happens(3)
def the_leader_gives_the_plan_up(life: Life, chance: random.Random) -> None:
    _do(life, give_up)


@happens(2)
def the_leader_goes_on_with_the_plan(life: Life, chance: random.Random) -> None:
    _do(life, go_on)


@happens(2)
def people_are_counted(life: Life, chance: random.Random) -> None:
    _do(life, report_people)


def _do(life: Life, deed: Callable[..., Any]) -> None:
    life.tries(lambda: deed(now=clock.now()))


@happens(3)
def the_leader_takes_another_card(life: Life, chance: random.Random) -> None:
    for customer in _customers(life):
        change_card(life.world, PLATFORM, customer, chance.choice(_CARDS[:3]))


@holds
def the_plan_is_what_stripes_subscription_is(life: Life) -> None:
    """Nobody pays for two plans, and for none that we do not know."""
    theirs = [one for one in life.world.all(PLATFORM, "subscription") if one["status"] in LIVING]
    known = select(PlanSubscription).where(scoped(PlanSubscription))
    ours = {one.subscription_id: one for one in db.session.scalars(known)}
    assert len(theirs) <= 1, "two plans are paid for"
    assert {one["id"] for one in theirs} <= set(ours), "a plan is paid for and gives nothing"
    living, plan = living_subscription(), current_plan(now=clock.now())
    if not theirs:
        assert living is None, "a plan is over and goes on here"
        assert plan.is_free
        return
    (told,) = theirs
    item, kept = told["items"]["data"][0], told["metadata"]
    assert living is not None
    stands = (told["status"], choice_of(item["price"]), item["quantity"], item["current_period_end"])
    assert (living.state, living.choice, living.quantity, int(living.period_ends_at.timestamp())) == stands
    assert (living.cancels_at and int(living.cancels_at.timestamp())) == told["cancel_at"]
    if told["status"] == "active":
        is_kept = kept.get("keeps") and int(kept["keeps_until"]) > clock.now().timestamp()
        assert plan.name == (kept["keeps"] if is_kept else living.plan)


@holds
def what_a_plan_cost_is_in_the_books(life: Life) -> None:
    """What was charged and not given back is what the books say was paid; each invoice is as it is at Stripe; one customer."""
    account, customers = plan_account(), _customers(life)
    assert len(customers) <= 1, "the marketplace is two customers"
    paid = of_plans(life)
    taken = sum(one["amount"] - one["amount_refunded"] for one in paid)
    assert statements.balance("card", "EUR") == -taken, "a plan was paid twice, for nothing, or is not in the books"
    assert account is not None or not taken
    ours = {one.invoice_id: one for one in db.session.scalars(select(PlanInvoice).where(scoped(PlanInvoice)))}
    whose = {one["id"] for one in customers} if account is not None else set()
    theirs = {one["id"]: one for one in life.world.all(PLATFORM, "invoice") if one["customer"] in whose}
    assert {name: (one.state, one.paid) for name, one in ours.items()} == {
        name: (one["status"], one["amount_paid"]) for name, one in theirs.items()
    }


def of_plans(life: Life) -> list[Thing]:
    """Return the payments on the platform's account that were for plans."""
    whose = {one["id"] for one in _customers(life)}
    return [one for one in life.world.all(PLATFORM, "charge", paid=True) if one["customer"] in whose]


def _customers(life: Life) -> list[Thing]:
    """Return who pays for plans: marketplaces. Whoever pays for gigs is a member of one."""
    return [one for one in life.world.all(PLATFORM, "customer") if "member" not in one["metadata"]]
