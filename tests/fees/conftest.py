"""A hall that asks for fees, and people who pay them at the stand-in."""

import pytest

from app.core import clock
from app.core.database import db
from app.fees.buying import pay_for
from app.fees.prices import ask_for
from billing.connections import connect
from tenants.models import Member
from tests.factories import a_leader, acting
from tests.memberships.conftest import charging_account
from tests.stripe import checkout

LINKS = {"success_url": "http://designers.localhost/back", "cancel_url": "http://designers.localhost/away"}


class Till:
    """A hall that asks 5 euros for a gig and 10 for a featured one, and what people pay there."""

    def __init__(self, fake, leader, account):
        self.money, self.leader, self.account = fake, leader, account

    def ask(self, prices):
        ask_for(prices, days=7, by=self.leader)
        db.session.commit()

    def open_page(self, gig, kind="listing"):
        by = db.session.get_one(Member, (gig.tenant_id, gig.author_id))
        url = pay_for(gig, kind, by=acting(by), now=clock.now(), **LINKS)
        db.session.commit()
        return self.money.fake.world.of(self.account, "checkout.session", url.rpartition("/")[2])

    def pay(self, session, card="pm_card_visa"):
        checkout.pay(self.money.fake.world, self.account, session, card, email="maya@example.org")

    def buy(self, gig, kind="listing"):
        self.pay(self.open_page(gig, kind))
        self.money.arrive()
        db.session.expire_all()


@pytest.fixture
def till(hall, money):
    leader = acting(a_leader())
    connect("FR", by=leader, now=clock.now())
    db.session.commit()
    till = Till(money, leader, charging_account(money))
    till.ask({("listing", None): 500, ("featured", None): 1000})
    return till
