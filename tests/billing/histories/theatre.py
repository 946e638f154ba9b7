"""Where histories are told: an application that really commits, a stand-in that it asks without a network, one after another."""

import itertools
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import psycopg
import stripe
from flask import Flask
from sqlalchemy import text

from app.core.database import db
from app.factory import Guildhall
from billing import reconciling
from tenants.context import tenant_context
from tests.billing.histories.beginnings import begun
from tests.billing.histories.life import Died, Life, lived
from tests.billing.histories.scenes import Copies, Scene
from tests.billing.histories.telling import BEGINNINGS, Told, told
from tests.factories import a_hall
from tests.money_fixtures import SECRETS, Money
from tests.stripe.faults import Faults
from tests.stripe.nearby import nearby
from tests.stripe.server import FakeStripe, a_fake
from tests.stripe.world import World


class Theatre:
    """Tells histories, each in a marketplace and a world of its own."""

    def __init__(self, app: Flask, fake: FakeStripe, superuser: psycopg.Connection) -> None:
        self.app, self.fake, self.copies = app, fake, Copies(superuser)
        self._tellings = itertools.count()
        self._scenes = {beginning: self._scene(beginning) for beginning in BEGINNINGS}

    def _scene(self, beginning: str) -> Scene:
        base, self.fake.world = self.fake.world.base, World(seed=beginning)
        self.fake.world.live_at(base)
        with tenant_context(a_hall(beginning.replace(" ", ""))), ExitStack() as travels:
            return Scene.kept(begun(beginning, self._money(travels)), self.copies)

    def _money(self, travels: ExitStack) -> Money:
        return Money(self.fake, self.app, self._browser, travels)

    def _browser(self, *, host: str) -> Any:
        client: Any = self.app.test_client()
        client.host = host
        return client

    def tell(self, number: int, steps: list[Told] | None = None, *, story: list[str] | None = None) -> None:
        """Live through a history.

        :param steps: these, instead of all of its own.
        :param story: takes what happened, a line for each step.
        :raises AssertionError: when something does not hold at its end.
        """
        beginning, its_steps = told(number)
        self.fake.faults = Faults()
        self.fake.log.clear()
        with ExitStack() as travels:
            life = self._scenes[beginning].again(self._money, travels, seed=f"{number} {next(self._tellings)}")
            try:
                after = _Teller(life, story) if story is not None else (lambda _: None)
                lived(life, its_steps if steps is None else steps, number, after=after)
            finally:
                # The next history begins with nothing open and nothing waiting.
                db.session.rollback()
                db.session.execute(text("DELETE FROM procrastinate_jobs"))
                db.session.commit()

    def failure(self, number: int, problem: Exception) -> str:
        """Return what is to be read of a history that failed: how to tell it again, and the steps that it needs."""
        steps, story = self._shortest(number), []
        try:
            self.tell(number, steps, story=story)
        except (Exception, Died) as end:
            story.append(f"{type(end).__name__}: {end}")
        return "\n  ".join((
            f"history {number} fails: {type(problem).__name__}: {problem}",
            f"to tell it again: HISTORY={number} bin/test tests/billing/test_any_sequence.py -n0",
            f"it begins in a marketplace that is {told(number)[0]}, and needs only",
            *story,
        ))  # fmt: skip

    def _shortest(self, number: int) -> list[Told]:
        """Return the fewest steps of a history with which it still fails."""
        _, steps = told(number)
        for place in reversed(range(len(steps))):
            fewer = steps[:place] + steps[place + 1 :]
            if self._fails(number, fewer):
                steps = fewer
        return steps

    def _fails(self, number: int, steps: list[Told]) -> bool:
        try:
            self.tell(number, steps)
        except (Exception, Died):
            return True
        return False


class _Teller:
    """Writes down what each step came to, what was done at Stripe for it, and of what Stripe told."""

    def __init__(self, life: Life, story: list[str]) -> None:
        self._life, self._story, self._asked, self._came = life, story, 0, 0
        self._known = self._events()

    def __call__(self, name: str) -> None:
        life, events, log = self._life, self._events(), self._life.money.fake.log
        parts = [name.replace("_", " ")]
        parts += [f"came to {', '.join(life.outcomes[self._came :])}"] if life.outcomes[self._came :] else []
        parts += [f"Stripe did {', '.join(log[self._asked :])}"] if log[self._asked :] else []
        new = [event for event_id, event in events.items() if event_id not in self._known]
        parts += [f"and tells of {', '.join(new)}"] if new else []
        self._story.append("; ".join(parts))
        self._known, self._asked, self._came = events, len(log), len(life.outcomes)

    def _events(self) -> dict[str, str]:
        world = self._life.world
        return {one["id"]: one["type"] for account in world.accounts for one in world.all(account, "event")}


@contextmanager
def opened(app: Flask, superuser: psycopg.Connection) -> Iterator[Theatre]:
    """Open a theatre on an application that commits to a database of its own."""
    guildhall = app.extensions["guildhall"]
    with (
        # Stripe's library tries again at once.
        patch.object(stripe.HTTPClient, "INITIAL_DELAY", 0.0001),
        patch.object(stripe.HTTPClient, "MAX_DELAY", 0.0002),
        # A night asks of all the time there was at once.
        patch.object(reconciling, "_WINDOW", timedelta(days=400)),
        nearby(a_fake()) as fake,
    ):
        settings = replace(
            guildhall.config, stripe_key="sk_test_fake", stripe_url=fake.world.base, webhook_secrets=SECRETS
        )
        app.extensions["guildhall"] = Guildhall(settings)
        yield Theatre(app, fake, superuser)
        app.extensions["guildhall"] = guildhall
