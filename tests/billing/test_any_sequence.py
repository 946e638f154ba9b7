"""Whatever people, banks, Stripe, the network and our own processes do, in any order: the books sum to zero, each object is as it
is at Stripe, nobody pays twice or for nothing, nobody is let in without having paid or kept out who did.

`HISTORIES=20000` tells so many; `HISTORY=1234` tells one again.
"""

import itertools
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
import stripe
from sqlalchemy import text

from app.core import clock
from app.core.database import db
from app.factory import Guildhall
from app.memberships import jobs  # noqa: F401  (declares what follows)
from app.memberships.models import Tier
from billing import reconciling
from billing.connections import connect
from tenants.context import tenant_context
from tests.billing.histories import connecting, memberships, payments  # noqa: F401  (each declares what happens)
from tests.billing.histories.life import Died, Life, lived, told
from tests.factories import a_hall, a_leader, a_member, acting
from tests.money_fixtures import SECRETS, Money
from tests.payments.arranging import work
from tests.stripe.accounts import set_stage
from tests.stripe.faults import Faults
from tests.stripe.server import FakeStripe, a_fake, running
from tests.stripe.world import World

pytestmark = [
    pytest.mark.slow,
    # Sockets of requests that were cut off are left to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

HISTORIES = int(os.environ.get("HISTORIES", "2000"))
PARTS = 20
_halls = itertools.count()


@pytest.fixture
def stage(committing, monkeypatch) -> Iterator["Theatre"]:
    """An application that really commits and a stand-in, for one history after another."""
    # Stripe's library tries again at once.
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.0001)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.0002)
    # A night asks of all the time there was at once.
    monkeypatch.setattr(reconciling, "_WINDOW", timedelta(days=400))
    guildhall = committing.extensions["guildhall"]
    with running(a_fake()) as fake:
        settings = replace(
            guildhall.config,
            stripe_key="sk_test_fake",
            stripe_url=fake.world.base,
            webhook_secrets=SECRETS,
            membership_fee=500,
        )
        committing.extensions["guildhall"] = Guildhall(settings)
        yield Theatre(committing, fake)


class Theatre:
    """Tells histories, each in a marketplace and a world of its own."""

    def __init__(self, app, fake: FakeStripe) -> None:
        self.app, self.fake = app, fake

    def _browser(self, *, host):
        client = self.app.test_client()
        client.host = host
        return client

    def tell(self, number: int, steps=None) -> None:
        """Live through a history.

        :raises AssertionError: when something does not hold at its end.
        """
        base, self.fake.world, self.fake.faults = self.fake.world.base, World(seed=number), Faults()
        self.fake.world.live_at(base)
        hall = a_hall(f"hall{next(_halls)}")
        with tenant_context(hall), ExitStack() as travels:
            life = Life(Money(self.fake, self.app, self._browser, travels), acting(a_leader(f"Ines {hall.id}")))
            life.members = [acting(a_member(f"{name} {hall.id}")) for name in ("Maya", "Sam")]
            try:
                if number // PARTS % 4:
                    _opens_shop(life)
                if number // PARTS % 5 == 0:
                    _agrees_on_a_gig(life)
                lived(life, told(number) if steps is None else steps, number)
            finally:
                # The next history begins with nothing open and nothing waiting.
                db.session.rollback()
                db.session.execute(text("DELETE FROM procrastinate_jobs"))
                db.session.commit()

    def shortest(self, number: int) -> list[tuple[str, str]]:
        """Return the fewest steps of a history with which it still fails."""
        steps = told(number)
        for place in reversed(range(len(steps))):
            fewer = steps[:place] + steps[place + 1 :]
            if self._fails(number, fewer):
                steps = fewer
        return steps

    def _fails(self, number: int, steps: list[tuple[str, str]]) -> bool:
        try:
            self.tell(number, steps)
        except (Exception, Died):
            return True
        return False


def _opens_shop(life: Life) -> None:
    """Let the leader sell two tiers: most histories begin there."""
    found = connect("FR", by=life.leader, now=clock.now())
    set_stage(life.world, life.world.account(found.account_id or ""), "complete")
    found.take_over(life.world.account(found.account_id or ""), now=clock.now())
    for name, amount, intervals, days in (("Journeyman", 900, ("month", "once"), 0), ("Master", 1500, ("month",), 14)):
        tier = Tier.draft(by=life.leader, now=clock.now(), name=name, trial_days=days)
        for interval in intervals:
            tier.price(interval, amount, "EUR", by=life.leader, now=clock.now())
        tier.publish(by=life.leader, now=clock.now())
    db.session.commit()
    life.world.untold.clear()


def _agrees_on_a_gig(life: Life) -> None:
    """Let two others agree on a gig in two parts, to be paid in and held: every fifth history has one."""
    here = next(_halls)
    life.job = work(life.money, by=a_member(f"Orla {here}"), worker=a_member(f"Tomasz {here}"))
    db.session.commit()


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_money_is_neither_lost_nor_doubled(stage, part):
    only = os.environ.get("HISTORY")
    numbers = [int(only)] if only and part == 0 else [] if only else range(part, HISTORIES, PARTS)
    for number in numbers:
        try:
            stage.tell(number)
        except Exception as problem:
            steps = "\n".join(f"    {name} ({seed})" for name, seed in stage.shortest(number))
            pytest.fail(f"history {number}: {type(problem).__name__}: {problem}\n  needs only\n{steps}", pytrace=True)
