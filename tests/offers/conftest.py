"""A hall that sells memberships, makes offers, and takes payment for gifts."""

from typing import Any

import pytest

from app.core import clock
from app.core.database import db
from app.memberships.buying import buy
from app.offers import jobs  # noqa: F401  (declares what follows)
from app.offers.finding import offer_for, reckoned_for, taken_off
from app.offers.models import Discount
from billing.connections import connect
from billing.jobs import reconcile_all
from billing.statements import balances
from tenants.context import platform_context
from tests.factories import a_leader, acting, run_jobs
from tests.memberships.conftest import LINKS, Shop, a_tier, charging_account


class Fair(Shop):
    """A shop with offers."""

    def offer(self, **told: Any) -> Discount:
        """Let the leader make an offer, by default half of the first payment by the code SPRING."""
        usual = {
            "name": "Spring", "code": "SPRING", "percent": 50, "amount": None, "currency": None, "lasts": "once",
            "months": None, "most_uses": None, "until": None, "tiers": (),
        }  # fmt: skip
        if told.get("amount"):
            usual |= {"percent": None, "currency": "EUR"}
        offer = Discount.draft(by=self.leader, now=clock.now(), **usual | told)
        offer.open(now=clock.now())
        db.session.commit()
        return offer

    def begin_page(self, member: Any, price: Any = None, code: str = "SPRING") -> Any:
        """Let a member go to pay with a code; return the page's session."""
        now, price = clock.now(), price or self.price()
        offer = offer_for(code, asker=str(member.id), member_id=member.id, now=now)
        off = taken_off(offer, reckoned_for(offer, price, member_id=member.id, now=now))
        url = buy(price, by=acting(member), now=now, taken_off=off, **LINKS)
        db.session.commit()
        return self.session(url.rpartition("/")[2])

    def begin(self, member: Any, price: Any = None, code: str = "SPRING") -> None:
        self.pay(self.begin_page(member, price, code))
        self.money.arrive()

    def a_night_passes(self) -> None:
        """Let the nightly comparison run, with no webhook ever having come."""
        self.world.untold.clear()
        self.money.days_pass(0.1)
        db.session.commit()
        with platform_context():
            reconcile_all()
            db.session.commit()
        run_jobs()
        db.session.expire_all()


def books() -> dict[str, int]:
    return {one.account: one.amount for one in balances()}


@pytest.fixture
def fair(hall, money):
    leader = acting(a_leader())
    connect("FR", by=leader, now=clock.now())
    db.session.commit()
    account = charging_account(money)
    tiers = [a_tier(leader, "Journeyman", 900), a_tier(leader, "Master", 1500)]
    for tier in tiers:
        tier.publish(by=leader, now=clock.now())
    db.session.commit()
    money.arrive()
    return Fair(money, leader, account, *tiers)
