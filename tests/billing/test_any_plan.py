"""Whatever is done, lost or late, a marketplace ends with the plan that Stripe's subscription says, and has paid once for it."""

import itertools
import os
import random
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
import stripe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from app.factory import Guildhall
from app.plans.buying import page_to_pay
from app.plans.changing import change, give_up, go_on, report_people
from billing import statements
from billing.entitlements import current_plan
from billing.gateway import Unclear
from billing.jobs import reconcile_all
from billing.plan_accounts import LIVING, PlanSubscription, living_subscription, plan_account
from billing.plans import CHOICES, choice_of
from tenants.context import platform_context, tenant_context
from tenants.isolation import scoped
from tests.factories import a_hall, a_leader, acting, run_jobs
from tests.money_fixtures import SECRETS, Money
from tests.stripe import checkout
from tests.stripe.cycle import advance
from tests.stripe.faults import KINDS
from tests.stripe.problems import Declined, Problem
from tests.stripe.server import a_fake, running
from tests.stripe.subscriptions import change_card
from tests.stripe.world import PLATFORM

pytestmark = [
    pytest.mark.slow,
    # Sockets of requests that were cut off are left to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

CHOSEN = st.sampled_from(sorted(CHOICES))
ACTIONS = st.one_of(
    st.tuples(st.just("open"), CHOSEN),
    st.tuples(
        st.just("pay"), st.sampled_from(("pm_card_visa", "pm_card_chargeCustomerFail", "pm_card_chargeDeclined"))
    ),
    st.tuples(st.just("change"), CHOSEN),
    st.just(("give_up", "")),
    st.just(("go_on", "")),
    st.just(("count", "")),
    st.just(("mend_card", "")),
    st.tuples(st.just("pass"), st.sampled_from((1, 6, 31))),
    st.tuples(st.just("fail"), st.sampled_from(KINDS)),
    st.tuples(st.just("arrive"), st.sampled_from(("in order", "shuffled", "twice", "never"))),
)
_numbers = itertools.count()


@pytest.fixture
def impatient(monkeypatch):
    """Stripe's library tries again at once."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.001)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.002)


class History:
    """One marketplace, its leader and Stripe, step by step."""

    def __init__(self, money, leader):
        self.money, self.leader, self.world, self.random = money, leader, money.fake.world, random.Random(1)

    def do(self, action, how):
        try:
            getattr(self, f"_{action}")(how)
            db.session.commit()
        except (ProductError, Unclear):
            db.session.rollback()

    def _open(self, name):
        page_to_pay(
            CHOICES[name],
            by=self.leader,
            success_url="http://localhost/",
            cancel_url="http://localhost/",
            now=clock.now(),
        )

    def _pay(self, card):
        """Pay on whatever pages still stand open: a leader may have several tabs."""
        with self.world.lock:
            for session in self.world.all(PLATFORM, "checkout.session", status="open"):
                try:
                    checkout.pay(self.world, PLATFORM, session, card, email="ines@example.org")
                except (Declined, Problem):
                    continue

    def _change(self, name):
        change(CHOICES[name], now=clock.now())

    def _give_up(self, _):
        give_up(now=clock.now())

    def _go_on(self, _):
        go_on(now=clock.now())

    def _count(self, _):
        report_people(now=clock.now())

    def _mend_card(self, _):
        with self.world.lock:
            for customer in self.world.all(PLATFORM, "customer"):
                change_card(self.world, PLATFORM, customer, "pm_card_visa")

    def _pass(self, days):
        with self.world.lock:
            advance(self.world, days * 86_400)
        self.money.travels.enter_context(clock.travel(to=clock.now() + timedelta(days=days)))

    def _fail(self, kind):
        # As often as the library tries by itself.
        self.money.fake.faults.plan(kind, times=3)

    def _arrive(self, how):
        letters = self.money.events() if how != "never" else self.world.untold.clear() or []
        if how == "shuffled":
            self.random.shuffle(letters)
        for source, body in letters * (2 if how == "twice" else 1):
            assert self.money.deliver(body, source=source).status_code == 200
        self._work()

    def _work(self):
        for _try in range(20):
            try:
                run_jobs()
                return
            except Exception:
                db.session.rollback()
                # As after the wait, whoever failed is tried again.
                again = "UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL WHERE status = 'doing'"
                db.session.execute(text(again))
                db.session.commit()

    def ends(self):
        """Let Stripe be well again and the night come."""
        self.money.fake.faults.planned.clear()
        db.session.commit()
        self._arrive("shuffled")
        with platform_context():
            reconcile_all()
            db.session.commit()
        self._work()
        db.session.expire_all()


@settings(
    max_examples=int(os.environ.get("HISTORIES", "15")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(actions=st.lists(ACTIONS, min_size=3, max_size=14))
def test_whatever_happens_the_plan_ends_as_stripes_subscription_is(committing, impatient, actions, outbox):
    """`HISTORIES=2000` tries so many."""

    def browser(*, host):
        client = committing.test_client()
        client.host = host
        return client

    guildhall = committing.extensions["guildhall"]
    with running(a_fake()) as fake, tenant_context(a_hall(f"plan{next(_numbers)}")), ExitStack() as travels:
        of_this = replace(
            guildhall.config, stripe_key="sk_test_fake", stripe_url=fake.world.base, webhook_secrets=SECRETS
        )
        committing.extensions["guildhall"] = Guildhall(of_this)
        leader = acting(a_leader(f"Ines {next(_numbers)}"))
        db.session.commit()
        history = History(Money(fake, committing, browser, travels), leader)
        try:
            for action, how in actions:
                history.do(action, how)
            history.ends()
            _as_stripe_says(history)
        finally:
            # The next history begins with nothing open and nothing waiting.
            db.session.rollback()
            db.session.execute(text("DELETE FROM procrastinate_jobs"))
            db.session.commit()


def _as_stripe_says(history):
    world = history.world
    theirs = [one for one in world.all(PLATFORM, "subscription") if one["status"] in LIVING]
    ours = {
        one.subscription_id: one for one in db.session.scalars(select(PlanSubscription).where(scoped(PlanSubscription)))
    }
    # Nobody pays for two plans, and for none that we do not know.
    assert len(theirs) <= 1
    assert {one["id"] for one in theirs} <= set(ours)
    assert len(world.all(PLATFORM, "customer")) <= 1
    living, plan = living_subscription(), current_plan(now=clock.now())
    if not theirs:
        assert living is None
        assert plan.is_free
    else:
        (told,) = theirs
        item, kept = told["items"]["data"][0], told["metadata"]
        assert (living.state, living.choice, living.quantity) == (
            told["status"],
            choice_of(item["price"]),
            item["quantity"],
        )
        assert int(living.period_ends_at.timestamp()) == item["current_period_end"]
        assert (living.cancels_at is None) == (told["cancel_at"] is None)
        if told["status"] == "active":
            is_kept = kept.get("keeps") and int(kept["keeps_until"]) > clock.now().timestamp()
            assert plan.name == (kept["keeps"] if is_kept else living.plan)
    # What was charged and not given back is what the books say was paid.
    taken = sum(one["amount"] - one["amount_refunded"] for one in world.all(PLATFORM, "charge") if one["paid"])
    booked = {currency: statements.balance("card", currency) for currency in ("EUR",)}
    assert booked == {"EUR": -taken}
    assert plan_account() is not None or not world.all(PLATFORM, "customer") or not taken
