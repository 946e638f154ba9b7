"""The story of a held payment: a customer pays two milestones in, one is accepted and paid out with commission and a share for
the category's leader, the other goes back; the pages and the file of the books agree to the cent.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.categories.models import Category
from app.commissions.models import CommissionRule
from app.commissions.split import NOTHING, Fee
from app.core import clock
from app.core.database import db
from app.factory import Guildhall, create_app
from app.payments.accounts import open_account
from tenants.context import TenantInfo, tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.app_fixtures import HallClient, settings_for, sign_in
from tests.browser.measures import barriers
from tests.factories import a_category_leader, a_hall, a_leader, acting, run_jobs
from tests.money_fixtures import SECRETS
from tests.payments.arranging import work
from tests.stripe.__main__ import endpoints
from tests.stripe.accounts import set_stage
from tests.stripe.server import FakeStripe, a_fake, running
from tests.stripe.world import PLATFORM

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Of €400: 2.5 % and €0.30 on top, 5 % out of it; of the commission a quarter is the leader's.
FEES = {
    "client": Fee(fixed=30, points=250),
    "worker": Fee(points=500),
    "leader": Fee(points=2500),
    "coordinator": NOTHING,
}
PAYS, GETS, COMMISSION, SHARE = "€410.30", "€380", 41_030 - 38_000, (41_030 - 38_000) // 4


@dataclass
class Stage:
    """A site beside the stand-in for Stripe, and an agreement on it."""

    site: object
    application: Flask
    fake: FakeStripe
    hall: TenantInfo
    agreement: UUID
    client: UUID
    worker: UUID
    leader: UUID

    @contextmanager
    def inside(self) -> Iterator[None]:
        with self.application.app_context(), tenant_context(self.hall):
            yield
            db.session.remove()

    def works(self) -> None:
        """Let webhooks arrive, and do what the worker would."""
        while self.fake.deliveries.round():
            continue
        with self.application.app_context():
            run_jobs()
            db.session.remove()

    def lets_in(self, page, who) -> None:
        client = self.application.test_client()
        with self.inside():
            member = db.session.scalars(select(Member).where(scoped(Member), Member.id == who)).one()
            sign_in(client, member)
        cookie = client.get_cookie("guildhall", domain="designers.localhost")
        page.context.add_cookies([{"name": "guildhall", "value": cookie.value, "url": self.site.url("designers")}])


@pytest.fixture
def stage(new_site, monkeypatch) -> Iterator[Stage]:
    with running(a_fake()) as fake:
        monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_fake")
        monkeypatch.setenv("STRIPE_URL", fake.world.base)
        for name, secret in SECRETS.items():
            monkeypatch.setenv(f"STRIPE_WEBHOOK_SECRET_{name.upper()}", secret)
        with new_site(worker=False) as site:
            fake.deliveries.endpoints[:] = endpoints(site.url("", "/webhooks/stripe"), SECRETS)
            application = create_app(settings_for(site.database, site.var_dir))
            application.test_client_class = HallClient
            of_this = replace(
                application.extensions["guildhall"].config, stripe_key="sk_test_fake", stripe_url=fake.world.base
            )
            application.extensions["guildhall"] = Guildhall(of_this)
            with application.app_context():
                hall = a_hall("designers")
                with tenant_context(hall):
                    leader = a_leader()
                    expert = a_category_leader(db.session.scalars(select(Category).where(scoped(Category))).one())
                    CommissionRule.add(
                        FEES, people="everybody", category_id=None, currency="EUR", by=acting(leader), now=clock.now()
                    )
                    db.session.commit()
                    job = work(None)
                    for member in (acting(expert), job.worker):
                        account = open_account("DE", by=member, now=clock.now())
                        set_stage(fake.world, fake.world.account(account.account_id), "complete")
                    db.session.commit()
                    agreed = job.agreement
                    people = (agreed.id, agreed.client_id, agreed.worker_id, leader.id)
                db.session.remove()
            yield Stage(site, application, fake, hall, *people)
            with application.app_context():
                db.engine.dispose()


def test_two_milestones_are_paid_in_one_is_paid_out_and_one_goes_back(stage, person):
    site, here = stage.site, stage.site.url("designers", f"/agreements/{stage.agreement}")
    maya, sam, ines = person(), person(width=390, dark=True), person()
    stage.lets_in(maya, stage.client)
    stage.lets_in(sam, stage.worker)
    stage.lets_in(ines, stage.leader)

    sam.goto(here)
    assert sam.get_by_text("Nothing is held for this part yet").count() == 2
    for button in (f"Pay {PAYS} in", "Pay €615.30 in"):
        maya.goto(here)
        assert maya.get_by_text("and a fee of").first.is_visible()
        maya.get_by_role("button", name=button).click()
        maya.get_by_role("button", name="A card that pays", exact=True).click()
        maya.wait_for_url(f"{here}#money")
        assert maya.get_by_text("is held until the work is accepted").first.is_visible()
    stage.works()
    assert barriers(maya) == []

    sam.goto(here)
    assert sam.get_by_text("Held", exact=True).count() == 2
    assert barriers(sam) == []
    sam.goto(f"{here}/deliveries/new")
    sam.get_by_label("A few words").or_(sam.locator("textarea")).first.fill("Here it is.")
    sam.get_by_role("button", name="Hand it over").click()
    maya.goto(here)
    maya.get_by_role("button", name="Accept").click()
    stage.works()
    sam.goto(site.url("designers", "/earnings"))
    assert sam.get_by_text(GETS, exact=True).first.is_visible()
    assert sam.get_by_text("Paid", exact=True).first.is_visible()
    assert barriers(sam) == []

    maya.goto(f"{here}/cancellation")
    assert maya.get_by_text("that is held for it goes back").is_visible()
    maya.locator("textarea").fill("The wall came down.")
    maya.get_by_role("button", name="End it").click()
    stage.works()
    maya.goto(here)
    assert maya.get_by_text("Paid back", exact=True).is_visible()

    ines.goto(site.url("designers", "/desk/money"))
    with ines.expect_download() as books:
        ines.get_by_role("link", name="Everything as a file (CSV)").click()
    _agrees_to_the_cent(stage, books.value.path().read_text())


def _agrees_to_the_cent(stage, file):
    """The leader's file of the books says what Stripe did."""
    sums: dict[str, int] = {}
    for row in csv.DictReader(io.StringIO(file)):
        amount = round(float(row["debit"] or 0) * 100) - round(float(row["credit"] or 0) * 100)
        sums[row["account"]] = sums.get(row["account"], 0) + amount
    assert sum(sums.values()) == 0
    world = stage.fake.world
    assert sums["held.cash"] == world.balance(PLATFORM, "eur", available=False)
    assert sums["commissions"] == -(COMMISSION - SHARE)
    assert sorted(one["amount"] for one in world.all(PLATFORM, "transfer")) == [SHARE, 38_000]
    assert [one["amount"] for one in world.all(PLATFORM, "refund")] == [61_530]
    assert {name for name, amount in sums.items() if amount} == {"held.cash", "commissions", "fees.stripe"}
