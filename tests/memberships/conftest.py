"""A marketplace that sells memberships, and members who buy them at the stand-in."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.core import clock
from app.core.database import db
from app.memberships import jobs  # noqa: F401  (declares what follows)
from app.memberships.buying import bought_membership, buy
from app.memberships.models import Membership, Tier, TierPrice
from billing.connections import charging_connection, connect
from tests.factories import a_leader, acting
from tests.money_fixtures import Money
from tests.stripe import checkout
from tests.stripe.accounts import set_stage
from tests.stripe.world import Thing

LINKS = {"success_url": "http://designers.localhost/back", "cancel_url": "http://designers.localhost/away"}


@dataclass
class Shop:
    """A hall whose leader sells two tiers; `money` is the stand-in and its clock."""

    money: Money
    leader: Any
    account: str
    journeyman: Tier
    master: Tier

    @property
    def world(self) -> Any:
        return self.money.fake.world

    def price(self, tier: Tier | None = None, interval: str = "month", currency: str = "EUR") -> TierPrice:
        wanted = tier or self.journeyman
        return next(one for one in wanted.prices if (one.interval, one.currency) == (interval, currency))

    def open_page(self, member: Any, price: TierPrice | None = None) -> Thing:
        """Let a member go to pay; return the page's session."""
        url = buy(price or self.price(), by=acting(member), now=clock.now(), **LINKS)
        db.session.commit()
        return self.session(url.rpartition("/")[2])

    def session(self, session_id: str) -> Thing:
        return self.world.of(self.account, "checkout.session", session_id)

    def pay(self, session: Thing, card: str = "pm_card_visa", **more: Any) -> None:
        """Finish a page as its member; nobody here is told yet."""
        checkout.pay(self.world, self.account, session, card, email="somebody@example.org", **more)

    def sell(self, member: Any, price: TierPrice | None = None, card: str = "pm_card_visa") -> Membership:
        """Let a member buy; return what they have when everything has arrived."""
        self.pay(self.open_page(member, price), card)
        self.money.arrive()
        found = bought_membership(member.id)
        assert found is not None
        return found

    def all(self, kind: str, **equal: Any) -> list[Thing]:
        return self.world.all(self.account, kind, **equal)


@pytest.fixture
def shop(hall, money):
    leader = acting(a_leader())
    connect("FR", by=leader, now=clock.now())
    db.session.commit()
    account = charging_account(money)
    tiers = [a_tier(leader, "Journeyman", 900), a_tier(leader, "Master", 1500)]
    for tier in tiers:
        tier.publish(by=leader, now=clock.now())
    db.session.commit()
    money.arrive()
    return Shop(money, leader, account, *tiers)


def charging_account(money):
    """Let the leader have answered all of Stripe's questions; return the account's name."""
    (account,) = money.fake.world.all("acct_platform", "account")
    set_stage(money.fake.world, account, "complete")
    money.arrive()
    assert charging_connection().account_id == account["id"]
    return account["id"]


def a_tier(leader, name, amount, *, trial_days=0):
    """Return a tier that costs so much a month, ten times that a year, and thirty times once."""
    tier = Tier.draft(by=leader, now=clock.now(), name=name, trial_days=trial_days)
    for interval, times in (("month", 1), ("year", 10), ("once", 30)):
        tier.price(interval, amount * times, "EUR", by=leader, now=clock.now())
    return tier
