"""The marketplaces in which histories begin, each made once by the product's own verbs."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.access.giving import give
from app.categories.models import Category
from app.commissions.models import CommissionRule
from app.commissions.split import NOTHING, Fee
from app.core import clock
from app.core.database import db
from app.credits.correcting import settle_rules
from app.fees.prices import ask_for
from app.memberships.models import Tier, TierPrice
from app.offers.models import Discount
from app.payments.funding import fund
from app.plans.buying import page_to_pay
from billing.connections import connect
from billing.plans import CHOICES
from tenants.isolation import scoped
from tenants.models import Member
from tests.billing.histories import memberships
from tests.billing.histories.life import Life
from tests.credits.arranging import an_agreement_on_hours
from tests.factories import a_category_leader, a_gig, a_leader, a_member, a_published_gig, acting
from tests.money_fixtures import Money
from tests.payments.arranging import work
from tests.stripe import checkout
from tests.stripe.accounts import set_stage
from tests.stripe.world import PLATFORM

LINKS = {"success_url": "http://designers.localhost/back", "cancel_url": "http://designers.localhost/away"}
_TERMS = {
    "client": Fee(fixed=30, points=300), "worker": Fee(points=500), "leader": Fee(points=2500), "coordinator": NOTHING,
}  # fmt: skip
#: What is taken off memberships: half of the first payment, and three euros of those of some months.
_OFFERS: dict[str, dict[str, Any]] = {
    "SPRING": {"percent": 50, "amount": None, "currency": None, "lasts": "once", "months": None, "most_uses": 1},
    "THREE": {"percent": None, "amount": 300, "currency": "EUR", "lasts": "months", "months": 2, "most_uses": None},
}


def begun(beginning: str, money: Money) -> Life:
    """Return a marketplace as `telling.BEGINNINGS` says, with two members, an agreement about money and one about hours, and
    gigs that were not posted.
    """
    name = beginning.replace(" ", "")
    leader = acting(a_leader(f"Ines {name}"))
    category = db.session.scalars(select(Category).where(scoped(Category))).one()
    shares = acting(a_category_leader(category, f"Lena {name}"))
    CommissionRule.add(_TERMS, people="everybody", category_id=None, currency="EUR", by=leader, now=clock.now())
    settle_rules(opening=300, may_owe=120, by=leader, now=clock.now())
    maya, sam = (a_member(f"{who} {name}") for who in ("Maya", "Sam"))
    job = work(money, by=a_member(f"Orla {name}"), worker=a_member(f"Tomasz {name}"))
    hours = an_agreement_on_hours(180, client=sam, worker=a_member(f"Ada {name}"), state="active")
    gigs = [a_gig(by=maya), a_gig(by=sam), a_published_gig(by=sam)]
    db.session.commit()
    life = Life(money, leader, shares, [acting(maya), acting(sam)], job, hours.id, [gig.id for gig in gigs])
    if beginning != "bare":
        _opens_shop(life)
    if beginning == "lived in":
        _sells(life, sam)
    money.arrive()
    return life


def _opens_shop(life: Life) -> None:
    """Let the leader sell two tiers, and ask fees for gigs."""
    found = connect("FR", by=life.leader, now=clock.now())
    set_stage(life.world, life.world.account(found.account_id or ""), "complete")
    found.take_over(life.world.account(found.account_id or ""), now=clock.now())
    for name, amount, intervals, days in (("Journeyman", 900, ("month", "once"), 0), ("Master", 1500, ("month",), 14)):
        tier = Tier.draft(by=life.leader, now=clock.now(), name=name, trial_days=days)
        for interval in intervals:
            tier.price(interval, amount, "EUR", by=life.leader, now=clock.now())
        tier.publish(by=life.leader, now=clock.now())
    for code, told in _OFFERS.items():
        offer = Discount.draft(by=life.leader, now=clock.now(), name=code.title(), code=code, **told)
        offer.open(now=clock.now())
    ask_for({("listing", None): 500, ("featured", None): 1000}, days=7, by=life.leader)
    db.session.commit()


def _sells(life: Life, sam: Member) -> None:
    """Let Maya pay for a membership and Sam be given one, half of the work be paid in, and the leader take a plan."""
    price = db.session.scalars(
        select(TierPrice).where(scoped(TierPrice), TierPrice.interval == "month", TierPrice.amount == 900)
    ).one()
    url = memberships.buy(price, by=life.members[0], now=clock.now(), **LINKS)
    _paid(life, life.account or "", url)
    until = (clock.now() + timedelta(days=12)).date()
    tier = db.session.scalars(select(Tier).where(scoped(Tier), Tier.name == "Master")).one()
    give(tier, sam, until=until, why="For all you do.", by=life.leader, now=clock.now())
    _paid(life, PLATFORM, fund(life.job.part(0), by=life.job.client, now=clock.now()))
    _paid(life, PLATFORM, page_to_pay(CHOICES["hall-month"], by=life.leader, now=clock.now(), **LINKS))


def _paid(life: Life, account: str, url: str) -> None:
    db.session.commit()
    session = life.world.of(account, "checkout.session", url.rpartition("/")[2])
    checkout.pay(life.world, account, session, "pm_card_visa", email="somebody@example.org")
