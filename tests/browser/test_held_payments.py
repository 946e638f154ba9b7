"""The story of a held payment: a customer pays two milestones in, one is accepted and paid out with commission and a share for
the category's leader, the other goes back; the pages and the file of the books agree to the cent.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import select

from app.categories.models import Category
from app.commissions.models import CommissionRule
from app.commissions.split import NOTHING, Fee
from app.core import clock
from app.core.database import db
from tenants.isolation import scoped
from tests.browser.measures import barriers
from tests.browser.paid_hall import PaidHall, a_paid_hall
from tests.factories import a_category_leader, a_leader, acting
from tests.payments.arranging import work
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
    """A marketplace that takes money, and an agreement in it."""

    paid: PaidHall
    agreement: UUID
    client: UUID
    worker: UUID
    leader: UUID


@pytest.fixture
def stage(new_site, monkeypatch) -> Iterator[Stage]:
    with a_paid_hall(new_site, monkeypatch) as paid:
        with paid.inside():
            leader = a_leader()
            expert = a_category_leader(db.session.scalars(select(Category).where(scoped(Category))).one())
            CommissionRule.add(
                FEES, people="everybody", category_id=None, currency="EUR", by=acting(leader), now=clock.now()
            )
            db.session.commit()
            job = work(None)
            for member in (acting(expert), job.worker):
                paid.can_be_paid(member, now=clock.now())
            db.session.commit()
            agreed = job.agreement
            people = (agreed.id, agreed.client_id, agreed.worker_id, leader.id)
        yield Stage(paid, *people)


def test_two_milestones_are_paid_in_one_is_paid_out_and_one_goes_back(stage, person):
    paid, here = stage.paid, stage.paid.url(f"/agreements/{stage.agreement}")
    maya, sam, ines = person(), person(width=390, dark=True), person()
    paid.lets_in(maya, stage.client)
    paid.lets_in(sam, stage.worker)
    paid.lets_in(ines, stage.leader)

    sam.goto(here)
    assert sam.get_by_text("Nothing is held for this part yet").count() == 2
    for button in (f"Pay {PAYS} in", "Pay €615.30 in"):
        maya.goto(here)
        assert maya.get_by_text("and a fee of").first.is_visible()
        maya.get_by_role("button", name=button).click()
        maya.get_by_role("button", name="A card that pays", exact=True).click()
        maya.wait_for_url(f"{here}#money")
        assert maya.get_by_text("is held until the work is accepted").first.is_visible()
    paid.works()
    assert barriers(maya) == []

    sam.goto(here)
    assert sam.get_by_text("Held", exact=True).count() == 2
    assert barriers(sam) == []
    sam.goto(f"{here}/deliveries/new")
    sam.get_by_label("A few words").or_(sam.locator("textarea")).first.fill("Here it is.")
    sam.get_by_role("button", name="Hand it over").click()
    maya.goto(here)
    maya.get_by_role("button", name="Accept").click()
    paid.works()
    sam.goto(paid.url("/earnings"))
    assert sam.get_by_text(GETS, exact=True).first.is_visible()
    assert sam.get_by_text("Paid", exact=True).first.is_visible()
    assert barriers(sam) == []

    maya.goto(f"{here}/cancellation")
    assert maya.get_by_text("that is held for it goes back").is_visible()
    maya.locator("textarea").fill("The wall came down.")
    maya.get_by_role("button", name="End it").click()
    paid.works()
    maya.goto(here)
    assert maya.get_by_text("Paid back", exact=True).is_visible()

    ines.goto(paid.url("/desk/money"))
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
    world = stage.paid.fake.world
    assert sums["held.cash"] == world.balance(PLATFORM, "eur", available=False)
    assert sums["commissions"] == -(COMMISSION - SHARE)
    assert sorted(one["amount"] for one in world.all(PLATFORM, "transfer")) == [SHARE, 38_000]
    assert [one["amount"] for one in world.all(PLATFORM, "refund")] == [61_530]
    assert {name for name, amount in sums.items() if amount} == {"held.cash", "commissions", "fees.stripe"}
