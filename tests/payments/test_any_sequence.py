"""Whatever people, banks, Stripe and bad luck do in whatever order: the books sum to nothing and say what Stripe says, nobody is
charged or paid twice, and what people got, the hall kept and went back is what was paid.
"""

import itertools
import os
import random
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from unittest.mock import patch

import pytest
import stripe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from app.categories.models import Category
from app.commissions.models import CommissionRule
from app.commissions.split import NOTHING, Fee
from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from app.factory import Guildhall
from app.payments import accounts, funding, sharing
from app.payments.jobs import tick
from app.payments.loose import give_share_back, loose_ends, paid_outside, send_refund_again, send_share_again
from app.payments.models import Payment, Refund, Share
from app.payments.parts import latest, parts_of
from billing import operations
from billing.gateway import Unclear
from billing.jobs import reconcile_all
from billing.operations import Operation, perform
from tenants.context import platform_context, tenant_context
from tenants.isolation import scoped
from tests.factories import a_category_leader, a_hall, a_member, acting, run_jobs
from tests.money_fixtures import SECRETS, Money
from tests.payments.arranging import Work, balances, send_form, work
from tests.stripe.accounts import set_stage
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.faults import KINDS
from tests.stripe.problems import Problem
from tests.stripe.returning import fail_refund
from tests.stripe.server import a_fake, running
from tests.stripe.transfers import reverse_by_hand
from tests.stripe.world import PLATFORM

pytestmark = [
    pytest.mark.slow,
    # Sockets of requests that were cut off are left to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

PART = st.sampled_from((0, 1))
WHO = st.sampled_from(("worker", "leader"))
AMOUNTS = st.sampled_from((1, 999, 12_345, 40_000))
CARDS = ("pm_card_visa", "pm_card_chargeDeclined", "pm_card_authenticationRequired", "pm_card_createDispute")
ACTIONS = st.one_of(
    st.tuples(st.just("fund"), PART, st.sampled_from(CARDS)),
    st.tuples(st.just("open a page"), PART, st.none()),
    st.tuples(st.just("pay"), st.none(), st.sampled_from(CARDS)),
    st.tuples(st.just("deliver"), st.none(), st.none()),
    st.tuples(st.just("accept"), st.none(), st.none()),
    st.tuples(st.just("cancel"), st.sampled_from(("client", "worker")), st.none()),
    st.tuples(st.just("share"), PART, AMOUNTS),
    st.tuples(st.just("hand back"), PART, AMOUNTS),
    st.tuples(st.just("tip"), AMOUNTS, st.none()),
    st.tuples(st.just("onboard"), WHO, st.sampled_from(("complete", "papers", "rejected"))),
    st.tuples(st.just("empty"), WHO, st.booleans()),
    st.tuples(st.just("dispute"), PART, st.none()),
    st.tuples(st.just("decide"), st.booleans(), st.none()),
    st.tuples(st.just("refund at stripe"), PART, AMOUNTS),
    st.tuples(st.just("refund fails"), st.none(), st.none()),
    st.tuples(st.just("reverse at stripe"), AMOUNTS, st.none()),
    st.tuples(st.just("leaders decide"), st.sampled_from(("again", "otherwise")), st.none()),
    st.tuples(st.just("days"), st.sampled_from((0.2, 11, 41)), st.none()),
    st.tuples(st.just("fail"), st.sampled_from(KINDS), st.none()),
    st.tuples(st.just("die"), st.none(), st.none()),
    st.tuples(st.just("arrive"), st.sampled_from(("in order", "shuffled", "twice", "never")), st.none()),
    st.tuples(st.just("work"), st.none(), st.none()),
)
TERMS = {
    "client": Fee(fixed=30, points=300), "worker": Fee(points=500), "leader": Fee(points=2500), "coordinator": NOTHING,
}  # fmt: skip
_numbers = itertools.count()


@pytest.fixture
def impatient(monkeypatch):
    """Stripe's library tries again at once."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.001)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.002)


class Died(BaseException):
    """Our process is killed: it does nothing more."""


class History:
    """One agreement with its people, Stripe and the banks, step by step."""

    def __init__(self, money: Money, job: Work, leader) -> None:
        self.money, self.job, self.leader, self.world = money, job, leader, money.fake.world
        self.random = random.Random(1)
        self.pages: list[str] = []

    def do(self, action, one, other):
        try:
            getattr(self, f"_{action.replace(' ', '_')}")(one, other)
            db.session.commit()
        except (Unclear, ProductError, Problem, ValueError):
            db.session.rollback()

    def _payment(self, at) -> Payment:
        found = latest(self.job.part(at))
        if found is None or found.charge_id is None:
            raise ValueError("nothing was paid")
        return found

    def _open_a_page(self, at, _):
        self.pages.append(funding.fund(self.job.part(at), by=self.job.client, now=clock.now()))

    def _fund(self, at, card):
        self._open_a_page(at, None)
        db.session.commit()
        self._pay(None, card)

    def _pay(self, _, card):
        if self.pages:
            db.session.commit()
            send_form(self.random.choice(self.pages), card=card)

    def _deliver(self, *_):
        self.job.deliver()

    def _accept(self, *_):
        waiting = self.job.agreement.waiting_delivery()
        if waiting is not None:
            self.job.agreement.accept(by=self.job.client, seen=waiting.id, now=clock.now())

    def _cancel(self, who, _):
        self.job.agreement.cancel(by=getattr(self.job, who), why="It ends here.", now=clock.now())

    def _share(self, at, amount):
        part = self.job.part(at)
        sharing.offer_part(part, amount, by=self.job.client, now=clock.now())
        sharing.agree_to_part(part, amount, by=self.job.worker, now=clock.now())

    def _hand_back(self, at, amount):
        sharing.hand_back(self._payment(at), self.job.agreement, amount, by=self.job.worker, now=clock.now())

    def _tip(self, amount, _):
        self.pages.append(funding.tip(self.job.agreement, amount, by=self.job.client, now=clock.now()))

    def _onboard(self, who, stage):
        member = self.job.worker if who == "worker" else self.leader
        account = accounts.open_account("DE", by=member, now=clock.now())
        set_stage(self.world, self.world.account(account.account_id), stage)

    def _empty(self, _, is_empty):
        for account in self.world.all(PLATFORM, "account"):
            account["_empty"] = is_empty

    def _dispute(self, at, _):
        charge = self.world.of(PLATFORM, "charge", self._payment(at).charge_id)
        if charge["amount_refunded"] or charge["disputed"]:
            raise ValueError("a bank takes a payment back as a whole")
        open_dispute(self.world, PLATFORM, charge)

    def _decide(self, is_won, _):
        for dispute in self.world.all(PLATFORM, "dispute"):
            end_dispute(self.world, PLATFORM, dispute, won=is_won)

    def _refund_at_stripe(self, at, amount):
        perform("refund", f"by hand {next(_numbers)}", self._by_hand(at, amount), now=clock.now())

    def _by_hand(self, at, amount):
        return {"charge": self._payment(at).charge_id, "amount": amount}

    def _refund_fails(self, *_):
        gone = [one for one in self.world.all(PLATFORM, "refund") if one["status"] == "succeeded"]
        charges = (self.world.of(PLATFORM, "charge", one["charge"]) for one in gone)
        if not gone or any(one["disputed"] for one in charges):
            raise ValueError("there is none that could fail")
        fail_refund(self.world, PLATFORM, self.random.choice(gone))

    def _reverse_at_stripe(self, amount, _):
        sent = [one for one in self.world.all(PLATFORM, "transfer") if one["amount"] - one["amount_reversed"] >= amount]
        if not sent:
            raise ValueError("nothing was sent")
        reverse_by_hand(self.world, self.random.choice(sent), amount)

    def _leaders_decide(self, how, _):
        verbs = {
            ("refund", "again"): send_refund_again,
            ("refund", "otherwise"): paid_outside,
            ("share", "again"): lambda share_id, by, now: send_share_again(share_id, by=by),
            ("share", "otherwise"): partial(give_share_back, why="They say so."),
        }
        for one in loose_ends():
            verbs[one.kind, how](one.id, by=self.leader, now=clock.now())
            db.session.commit()

    def _days(self, days, _):
        self.money.days_pass(days)
        tick()

    def _fail(self, kind, _):
        # As often as the library tries by itself.
        self.money.fake.faults.plan(kind, times=3)

    def _die(self, *_):
        def die(*_, **__):
            raise Died

        with patch.object(operations, "_end", die):
            self._work()

    def _arrive(self, how, _=None):
        letters = self.money.events() if how != "never" else self.world.untold.clear() or []
        if how == "shuffled":
            self.random.shuffle(letters)
        for source, body in letters * (2 if how == "twice" else 1):
            assert self.money.deliver(body, source=source).status_code == 200

    def _work(self, *_):
        for _try in range(30):
            try:
                db.session.commit()
                run_jobs()
                return
            except (Exception, Died):
                db.session.rollback()
                # Whoever failed is tried again, after all that does not have to wait.
                again = (
                    "UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL, priority = priority - 1"
                    " WHERE status = 'doing'"
                )
                db.session.execute(text(again))
                db.session.commit()

    def ends(self):
        """Let Stripe be well again, banks decide and everybody have an account; then let two nights come."""
        self.money.fake.faults.planned.clear()
        self.do("decide", False, None)
        for who in ("worker", "leader"):
            self.do("onboard", who, "complete")
        for _night in range(2):
            db.session.commit()
            with platform_context():
                reconcile_all()
                db.session.commit()
            self._arrive("shuffled")
            self._work()
            tick()
            self._work()


@settings(
    max_examples=int(os.environ.get("HISTORIES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(actions=st.lists(ACTIONS, min_size=4, max_size=22))
def test_whatever_happens_money_is_where_it_belongs(committing, impatient, outbox, actions):
    """`HISTORIES=2000` tries so many."""

    def browser(*, host):
        client = committing.test_client()
        client.host = host
        return client

    guildhall = committing.extensions["guildhall"]
    with running(a_fake()) as fake, tenant_context(a_hall(f"hall{next(_numbers)}")), ExitStack() as travels:
        of_this = replace(
            guildhall.config, stripe_key="sk_test_fake", stripe_url=fake.world.base, webhook_secrets=SECRETS
        )
        committing.extensions["guildhall"] = Guildhall(of_this)
        money = Money(fake, committing, browser, travels)
        category = db.session.scalars(select(Category).where(scoped(Category))).one()
        leader = acting(a_category_leader(category, f"Ines {next(_numbers)}"))
        CommissionRule.add(TERMS, people="everybody", category_id=None, currency="EUR", by=leader, now=clock.now())
        db.session.commit()
        job = work(money, by=a_member(f"Maya {next(_numbers)}"), worker=a_member(f"Sam {next(_numbers)}"))
        history = History(money, job, leader)
        try:
            for action in actions:
                history.do(*action)
            history.ends()
            _books_say_what_stripe_says(history)
            _nothing_twice_and_nothing_lost(history)
        finally:
            # The next history begins with nothing open and nothing waiting.
            db.session.rollback()
            db.session.execute(text("DELETE FROM procrastinate_jobs"))
            db.session.commit()


def _books_say_what_stripe_says(history):
    db.session.expire_all()
    shares = _all(Share)
    booked = balances()
    assert booked.get("held.cash", 0) == history.world.balance(PLATFORM, "eur", available=False)
    assert booked.get("held.gigs", 0) == -sum(payment.held for payment in _all(Payment))
    assert booked.get("commissions", 0) == -sum(share.left for share in shares if share.party_id is None)
    assert booked.get("debts", 0) == sum(share.lost - share.kept for share in shares) >= 0
    assert booked.get("owed.refunds", 0) == -sum(one.amount for one in _all(Refund) if one.state == "failed")
    assert booked.get("paid.outside", 0) == -sum(one.amount for one in _all(Refund) if one.state == "outside")
    # Everybody has an account by now, and no bank is left to decide: nothing is under way but what waits for leaders.
    loose = -sum(share.loose for share in shares)
    assert sum(amount for name, amount in booked.items() if name.startswith("payable")) == loose
    assert booked.get("disputed", 0) == 0


def _nothing_twice_and_nothing_lost(history):
    world, payments, shares = history.world, _all(Payment), _all(Share)
    charges = {one["id"]: one["amount"] for one in world.all(PLATFORM, "charge") if one["paid"]}
    assert charges == {one.charge_id: one.total for one in payments if one.charge_id}
    transfers = {one["id"]: (one["amount"], one["amount_reversed"]) for one in world.all(PLATFORM, "transfer")}
    known = {one.transfer_id: (one.sent, one.reversed) for one in shares if one.transfer_id}
    # What was sent anew had been fetched back as a whole.
    replaced = {name: both for name, both in transfers.items() if name not in known}
    assert (transfers, len(replaced)) == (known | replaced, sum(one.again for one in shares if one.transfer_id))
    assert all(sent == fetched for sent, fetched in replaced.values())
    refunds = {one["id"]: (one["amount"], one["status"] == "failed") for one in world.all(PLATFORM, "refund")}
    failed = ("failed", "resent", "outside")
    ours = {one.refund_id: (one.amount, one.state in failed) for one in _all(Refund) if one.refund_id}
    # One that was made at Stripe and failed before anybody looked has moved nothing.
    assert {name: told for name, told in refunds.items() if name in ours or not told[1]} == ours
    for part in parts_of(history.job.agreement):
        alive = [one for one in payments if one.milestone_id == part.id and one.is_paid and one.state != "refunded"]
        assert len([one for one in alive if one.kind == "work"]) <= 1
    for payment in (one for one in payments if one.is_paid):
        mine = [share for share in shares if share.payment_id == payment.id]
        assert payment.total == payment.held + payment.returned + sum(share.amount for share in mine)
        assert all(share.has + share.loose == share.left for share in mine if share.sent)
        assert all(share.kept <= share.amount for share in mine)
    begun = db.session.execute(
        select(func.count()).where(
            scoped(Operation),
            Operation.state == "begun",
            Operation.kind.in_(("transfer", "transfer_reversal", "refund")),
        )
    )
    assert begun.scalar_one() == 0


def _all(model):
    return list(db.session.scalars(select(model).where(scoped(model))))
