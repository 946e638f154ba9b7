"""Money in tests: the stand-in for Stripe beside the application, both by one clock."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.factory import Guildhall
from tests.factories import run_jobs
from tests.stripe.__main__ import endpoints
from tests.stripe.cycle import advance
from tests.stripe.delivery import signed
from tests.stripe.server import FakeStripe, a_fake, running
from tests.stripe.world import PLATFORM, shown

SECRETS = {"platform": "whsec_platform", "connect": "whsec_connect", "payments": "whsec_payments"}
_ENDPOINTS = endpoints("", SECRETS)


@dataclass
class Money:
    """The stand-in, with what tests do to it; webhooks go through the application's own door."""

    fake: FakeStripe
    app: Flask
    browser: Callable[..., Any]
    travels: ExitStack

    def deliver(self, body: bytes, *, source: str = "connect", signature: str | None = None) -> Any:
        """Send a webhook; return the answer."""
        proof = signed(body, SECRETS[source], at=int(clock.now().timestamp())) if signature is None else signature
        return self.browser(host="localhost").post(
            f"/webhooks/stripe/{source}", data=body, headers={"Stripe-Signature": proof, "Origin": ""}
        )

    def events(self) -> list[tuple[str, bytes]]:
        """Take what nobody was told of yet, oldest first: which endpoint it is for, and its body."""
        untold, self.fake.world.untold = self.fake.world.untold, []
        bodies: list[tuple[str, bytes]] = []
        for account, event in untold:
            of_its_account = {} if account == PLATFORM else {"account": account}
            body = json.dumps(shown(event) | of_its_account).encode()
            bodies += [(to.url.rpartition("/")[2], body) for to in _ENDPOINTS if to.wants(account, event)]
        return bodies

    def arrive(self) -> None:
        """Let every webhook arrive, and all that follows be done."""
        for source, body in self.events():
            assert self.deliver(body, source=source).status_code == 200
        run_jobs()

    def days_pass(self, days: float) -> None:
        """Move Stripe's clock and ours."""
        span = timedelta(days=days)
        advance(self.fake.world, int(span.total_seconds()))
        self.travels.enter_context(clock.travel(to=clock.now() + span))


@pytest.fixture
def money(app: Flask, browser: Callable[..., Any]) -> Iterator[Money]:
    """An installation that takes money, from the stand-in."""
    guildhall = app.extensions["guildhall"]
    with running(a_fake()) as fake, ExitStack() as travels:
        settings = replace(
            guildhall.config, stripe_key="sk_test_fake", stripe_url=fake.world.base, webhook_secrets=SECRETS
        )
        app.extensions["guildhall"] = Guildhall(settings)
        yield Money(fake, app, browser, travels)
        app.extensions["guildhall"] = guildhall
