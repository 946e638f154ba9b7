"""Whatever happens in whatever order around connecting, ours ends as Stripe's is, and nothing was opened twice."""

import itertools
import os
import random
from contextlib import ExitStack
from dataclasses import replace
from unittest.mock import patch

import pytest
import stripe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.core import clock
from app.core.database import db
from app.factory import Guildhall
from billing import operations
from billing.connections import Connection, connect
from billing.gateway import Refused, Unclear
from billing.jobs import reconcile_all
from billing.operations import unfinished
from tenants.context import platform_context, tenant_context
from tenants.isolation import scoped
from tests.billing.conftest import SECRETS, Money
from tests.factories import a_hall, a_leader, acting, run_jobs
from tests.stripe.accounts import disconnect, set_stage
from tests.stripe.faults import KINDS
from tests.stripe.server import a_fake, running
from tests.stripe.world import PLATFORM

pytestmark = [
    pytest.mark.slow,
    # Sockets of requests that were cut off are left to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

STAGES = ("papers", "checking", "complete", "rejected")
ACTIONS = st.one_of(
    st.just(("connect", "")),
    st.just(("connect and die", "")),
    st.tuples(st.just("answer"), st.sampled_from(STAGES)),
    st.just(("take away", "")),
    st.tuples(st.just("fail"), st.sampled_from(KINDS)),
    st.tuples(st.just("arrive"), st.sampled_from(("in order", "shuffled", "twice", "never"))),
    st.just(("work", "")),
)
_numbers = itertools.count()


@pytest.fixture
def impatient(monkeypatch):
    """Stripe's library tries again at once."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.001)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.002)


class Died(BaseException):
    """Our process is killed: it does nothing more."""


class Sequence:
    """One marketplace, its leader and Stripe, step by step."""

    def __init__(self, money, leader):
        self.money, self.leader, self.world = money, leader, money.fake.world
        self.random = random.Random(1)

    def do(self, action, how):
        getattr(self, f"_{action.replace(' ', '_')}")(how)

    def _connect(self, _):
        try:
            connect("FR", by=self.leader, now=clock.now())
            db.session.commit()
        except (Unclear, Refused):
            db.session.rollback()

    def _connect_and_die(self, _):
        def die(*_, **__):
            raise Died

        with patch.object(operations, "_end", die):
            try:
                connect("FR", by=self.leader, now=clock.now())
                db.session.commit()
            except (Died, Unclear, Refused):
                db.session.rollback()

    def accounts(self):
        return self.world.all(PLATFORM, "account")

    def _answer(self, stage):
        living = [account for account in self.accounts() if not account.get("_disconnected")]
        if living:
            set_stage(self.world, living[-1], stage)

    def _take_away(self, _):
        for account in self.accounts():
            if not account.get("_disconnected"):
                disconnect(self.world, account)

    def _fail(self, kind):
        # As often as the library tries by itself.
        self.money.fake.faults.plan(kind, times=3)

    def _arrive(self, how):
        letters = self.money.events() if how != "never" else self.world.untold.clear() or []
        if how == "shuffled":
            self.random.shuffle(letters)
        for source, body in letters * (2 if how == "twice" else 1):
            assert self.money.deliver(body, source=source).status_code == 200

    def _work(self, _):
        for _try in range(12):
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
        """Let Stripe be well again, whoever wanted an account ask once more, and the night come."""
        self.money.fake.faults.planned.clear()
        if unfinished():
            db.session.rollback()
            self._connect("")
        db.session.commit()
        with platform_context():
            reconcile_all()
            db.session.commit()
        self._arrive("shuffled")
        self._work("")


@settings(
    max_examples=int(os.environ.get("HISTORIES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(actions=st.lists(ACTIONS, min_size=3, max_size=14))
def test_whatever_happens_ours_ends_as_stripes_is(committing, impatient, actions):
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
        leader = acting(a_leader(f"Ines {next(_numbers)}"))
        sequence = Sequence(Money(fake, committing, browser, travels), leader)
        try:
            for action, how in actions:
                sequence.do(action, how)
            sequence.ends()
            _as_stripe_says(sequence)
        finally:
            # The next history begins with nothing open and nothing waiting.
            db.session.rollback()
            db.session.execute(text("DELETE FROM procrastinate_jobs"))
            db.session.commit()


def _as_stripe_says(sequence):
    db.session.expire_all()
    ours = {one.account_id: one for one in db.session.scalars(select(Connection).where(scoped(Connection)))}
    # What was opened is known, and what is known was opened: nothing twice, nothing lost.
    assert set(ours) == {account["id"] for account in sequence.accounts()}
    assert unfinished() == []
    for account in sequence.accounts():
        mine = ours[account["id"]]
        if account.get("_disconnected"):
            assert not mine.may_charge
            assert mine.standing == "disconnected"
        else:
            stands = (mine.charges_enabled, mine.payouts_enabled, mine.details_submitted, mine.due)
            asked = sorted(account["requirements"]["currently_due"])
            theirs = (account["charges_enabled"], account["payouts_enabled"], account["details_submitted"], asked)
            assert stands == theirs
    assert len([one for one in ours.values() if one.disconnected_at is None]) <= 1
