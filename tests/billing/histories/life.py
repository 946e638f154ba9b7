"""One marketplace, its people and Stripe, step by step; each step may be struck by a failure or by the death of our process."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import text

from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from billing import gateway
from billing.gateway import Unclear
from billing.jobs import NobodysYet, reconcile
from tenants.context import Actor
from tests.billing.histories.telling import Told, step_named, truths, wishes
from tests.factories import run_jobs
from tests.money_fixtures import Money
from tests.payments.arranging import Work
from tests.stripe.cycle import advance
from tests.stripe.world import PLATFORM, Thing, World

#: What may come of a step in a history; anything else is a mistake of ours.
EXPECTED = (Unclear, ProductError, NobodysYet)


class Died(BaseException):
    """Our process is killed: it does nothing more."""


@dataclass
class Life:
    """What a history acts upon.

    :ivar members: who buys memberships; `pages` are those on which they could pay, by account and session.
    :ivar job: an agreement about money; `gig_pages` are the sessions in which its client could pay.
    :ivar hours_id: an agreement about hours.
    :ivar gig_ids: gigs for whose listing, or standing out, a fee is asked; `fee_pages` are those on which it could be paid.
    :ivar gift_pages: where a gift could be paid, as `pages`; `plan_pages`: where the leader could pay for a plan.
    :ivar left: how many moments our process has yet to live; None: it will not die.
    :ivar unanswered: webhooks at which it died: Stripe tells them once more.
    :ivar outcomes: what came of the deeds that failed.
    """

    money: Money
    leader: Actor
    category_leader: Actor
    members: list[Actor]
    job: Work
    hours_id: UUID
    gig_ids: list[UUID]
    pages: list[tuple[str, str]] = field(default_factory=list)
    gig_pages: list[str] = field(default_factory=list)
    fee_pages: list[tuple[str, str]] = field(default_factory=list)
    gift_pages: list[tuple[str, str]] = field(default_factory=list)
    plan_pages: list[str] = field(default_factory=list)
    gone: set[UUID] = field(default_factory=set)
    left: int | None = None
    unanswered: list[tuple[str, bytes]] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.money.fake.world

    @property
    def account(self) -> str | None:
        """The living account of the marketplace at Stripe, or None."""
        living = [one for one in self.accounts() if not one.get("_disconnected")]
        return living[-1]["id"] if living else None

    def accounts(self) -> list[Thing]:
        """Return every account that the leader opened; members' own for what they earn are others."""
        return self.world.all(PLATFORM, "account", type="standard")

    def things(self, kind: str, **equal: Any) -> list[Thing]:
        return self.world.all(self.account, kind, **equal) if self.account else []

    def somebody(self, chance: random.Random) -> Actor | None:
        """Return a member who is still here."""
        here = [one for one in self.members if one.id not in self.gone]
        return chance.choice(here) if here else None

    def tries(self, deed: Callable[[], Any]) -> Any:
        """Let our process do something and commit, as a request does; return what came of it, None when it failed or died."""
        try:
            done = deed()
            db.session.commit()
        except (*EXPECTED, Died) as end:
            self.outcomes.append(type(end).__name__)
            db.session.rollback()
            return None
        else:
            return done

    def moment(self) -> None:
        """Note that a moment has passed in which our process could die."""
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.left = None
                raise Died

    def arrives(self, how: str, chance: random.Random) -> None:
        """Let what Stripe tells arrive: `in order`, `shuffled`, `twice`, or not at all."""
        letters, self.unanswered = self.unanswered + self.money.events(), []
        if how == "never":
            return
        elif how == "shuffled":
            chance.shuffle(letters)
        db.session.rollback()
        for source, body in letters * (2 if how == "twice" else 1):
            try:
                assert self.money.deliver(body, source=source).status_code == 200
            except Died:
                # Stripe had no answer: it tells once more.
                self.outcomes.append("Died")
                self.unanswered.append((source, body))

    def works(self) -> None:
        """Let the worker do what is due; what fails is tried again a minute later, what it died at by the next worker."""
        while True:
            try:
                run_jobs()
            except Died:
                self.outcomes.append("Died")
                self._again("NULL")
            except EXPECTED as end:
                self.outcomes.append(type(end).__name__)
                self._again("CAST(:later AS timestamptz)")
            else:
                return

    def _again(self, when: str) -> None:
        # This is no work of our process, and it does not die at it.
        left, self.left = self.left, None
        db.session.rollback()
        again = f"UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = {when} WHERE status = 'doing'"
        db.session.execute(text(again), {"later": clock.now() + timedelta(minutes=1)} if ":later" in when else {})
        db.session.commit()
        self.left = left

    def passes(self, days: float) -> None:
        """Move Stripe's clock and ours."""
        span = timedelta(days=days)
        advance(self.world, int(span.total_seconds()))
        self.money.travels.enter_context(clock.travel(to=clock.now() + span))

    def sleeps(self) -> None:
        """Let the night come in which everything is compared."""
        # For this marketplace alone: those of histories before have nothing in this world.
        self.tries(lambda: reconcile.enqueue())
        self.works()

    def ends(self, chance: random.Random) -> None:
        """Let nobody do anything more, and everything be well: what was told of so far may never have come."""
        self.left = None
        self.money.fake.faults.planned.clear()
        for wish in wishes():
            wish(self)
        self.arrives(chance.choice(("shuffled", "never")), chance)
        self.passes(0.1)
        self.arrives("shuffled", chance)
        self.works()
        self.sleeps()
        self.passes(0.001)
        self.works()
        db.session.expire_all()


def lived(life: Life, steps: list[Told], number: int, *, after: Callable[[str], None] = lambda _: None) -> None:
    """Live through a history, and check what must hold at its end.

    :param after: called with the name of each step, when it is done.
    """
    with mortal(life):
        for name, seed in steps:
            step_named(name)(life, random.Random(seed))
            db.session.rollback()
            after(name)
        life.ends(random.Random(f"{number} end"))
        after("and all is well again")
    for truth in truths():
        truth(life)


@contextmanager
def mortal(life: Life) -> Iterator[None]:
    """Let our process die where it was told to: before Stripe is asked, after it has answered, before a commit or after it."""
    real, commits = gateway._named_failures, db.session.commit

    @contextmanager
    @wraps(real)
    def counted() -> Iterator[None]:
        life.moment()
        with real():
            yield
        life.moment()

    def commit() -> None:
        life.moment()
        commits()
        life.moment()

    with patch.object(gateway, "_named_failures", counted), patch.object(db.session, "commit", commit):
        yield
