"""A marketplace that takes money, on a site beside the stand-in for Stripe; jobs run when the test says so."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.database import db
from app.factory import Guildhall, create_app
from app.payments.accounts import open_account
from tenants.context import Actor, TenantInfo, tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.app_fixtures import HallClient, settings_for, sign_in
from tests.factories import a_hall, run_jobs
from tests.money_fixtures import SECRETS
from tests.site_fixtures import LiveSite
from tests.stripe.__main__ import endpoints
from tests.stripe.accounts import set_stage
from tests.stripe.server import FakeStripe, a_fake, running

SLUG = "designers"


@dataclass
class PaidHall:
    """A site with one marketplace, an application of the test's own on the same database, and the stand-in."""

    site: LiveSite
    application: Flask
    fake: FakeStripe
    hall: TenantInfo

    @contextmanager
    def inside(self) -> Iterator[None]:
        with self.application.app_context(), tenant_context(self.hall):
            yield
            db.session.remove()

    def url(self, path: str) -> str:
        return self.site.url(SLUG, path)

    def works(self) -> None:
        """Let webhooks arrive, and do what the worker would."""
        while self.fake.deliveries.round():
            continue
        with self.application.app_context():
            run_jobs()
            db.session.remove()

    def lets_in(self, page: Any, who: UUID) -> None:
        """Let a page's browser be a member's."""
        client = self.application.test_client()
        with self.inside():
            member = db.session.scalars(select(Member).where(scoped(Member), Member.id == who)).one()
            sign_in(client, member)
        cookie = client.get_cookie("guildhall", domain=f"{SLUG}.localhost")
        assert cookie is not None
        page.context.add_cookies([{"name": "guildhall", "value": cookie.value, "url": self.site.url(SLUG)}])

    def can_be_paid(self, member: Actor, *, now: Any) -> None:
        """Let a member have an account at Stripe that answered everything."""
        account = open_account("DE", by=member, now=now)
        set_stage(self.fake.world, self.fake.world.account(account.account_id), "complete")


@contextmanager
def a_paid_hall(
    new_site: Callable[..., AbstractContextManager[LiveSite]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[PaidHall]:
    """Give the marketplace `designers`, without anybody in it yet."""
    with running(a_fake()) as fake:
        monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_fake")
        monkeypatch.setenv("STRIPE_URL", fake.world.base)
        for name, secret in SECRETS.items():
            monkeypatch.setenv(f"STRIPE_WEBHOOK_SECRET_{name.upper()}", secret)
        with new_site(worker=False) as site:
            fake.deliveries.endpoints[:] = endpoints(site.url("", "/webhooks/stripe"), SECRETS)
            application = create_app(settings_for(site.database, site.var_dir))
            application.test_client_class = HallClient
            guildhall = application.extensions["guildhall"]
            of_this = replace(guildhall.config, stripe_key="sk_test_fake", stripe_url=fake.world.base)
            application.extensions["guildhall"] = Guildhall(of_this)
            with application.app_context():
                hall = a_hall(SLUG)
                db.session.remove()
            yield PaidHall(site, application, fake, hall)
            with application.app_context():
                db.engine.dispose()
