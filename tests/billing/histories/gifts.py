"""Memberships bought for somebody else: paid on pages, redeemed by codes, given back, taken back by banks."""

import random
from contextlib import suppress
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.memberships.models import Membership, TierPrice
from app.offers.buying_gifts import buy_gift, refund
from app.offers.codes import code_of, gift_of
from app.offers.models import Gift
from app.offers.receiving import begin_gifts, redeem
from billing.following import follow
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tests.billing.histories.life import Life
from tests.billing.histories.memberships import CARDS
from tests.billing.histories.telling import happens, holds
from tests.stripe import checkout
from tests.stripe.problems import Declined, Problem
from tests.stripe.world import Thing

_LINKS = {"success": "http://designers.localhost/back", "cancel": "http://designers.localhost/away"}


@happens(9)
def a_member_goes_to_buy_a_gift(life: Life, chance: random.Random) -> None:
    prices = select(TierPrice).where(scoped(TierPrice)).order_by(TierPrice.created_at, TierPrice.id)
    giver, found = life.somebody(chance), db.session.scalars(prices).all()
    if giver is None or not found:
        return
    price = chance.choice(found)
    about: dict[str, Any] = {"recipient": "Sam", "message": "Enjoy!", "by": giver, "now": clock.now()}
    months = 12 if price.interval == "year" else chance.choice((1, 1, 3))
    url = life.tries(lambda: buy_gift(price, months, **about, **_LINKS))
    if url:
        life.gift_pages.append((url.split("/")[-2], url.rpartition("/")[2]))
        if chance.random() < 0.8:
            a_member_pays_a_gift(life, chance)


@happens(3)
def a_member_pays_a_gift(life: Life, chance: random.Random) -> None:
    """Also on a page that was left open in another tab."""
    if not life.gift_pages:
        return
    account, session_id = life.gift_pages[-1] if chance.random() < 0.7 else chance.choice(life.gift_pages)
    with suppress(Declined, Problem, checkout.NeedsOwner):
        session = life.world.of(account, "checkout.session", session_id)
        card, answer = chance.choice(CARDS), chance.random() < 0.7
        checkout.pay(life.world, account, session, card, email="maya@example.org", approved=answer)
        if chance.random() < 0.6:
            life.tries(lambda: follow("connect", "checkout.session", session_id, account, now=clock.now()))


@happens(8)
def a_member_redeems_a_gift(life: Life, chance: random.Random) -> None:
    """Some send the form twice; another may be faster."""
    gifts, member = _gifts(), life.somebody(chance)
    if not gifts or member is None:
        return
    code = code_of(chance.choice(gifts).id)
    for _ in range(chance.choice((1, 1, 2))):
        life.tries(lambda: _redeem(code, member))


def _redeem(code: str, member: Actor) -> bool:
    redeem(gift_of(code, asker=str(member.id)), by=member, now=clock.now())
    return True


@happens(3)
def the_leader_gives_a_gift_back(life: Life, chance: random.Random) -> None:
    if gifts := _gifts():
        which = chance.choice(gifts).id
        life.tries(lambda: _give_back(which, life.leader))


def _give_back(gift_id: Any, leader: Actor) -> bool:
    refund(db.session.get_one(Gift, (current_tenant_id(), gift_id)), by=leader, now=clock.now())
    return True


@happens(4)
def it_is_time_for_gifts(life: Life, chance: random.Random) -> None:
    life.tries(lambda: begin_gifts.enqueue())
    life.works()


@holds
def a_gift_is_worth_what_its_payment_is(life: Life) -> None:
    """It is as its page is; it holds while its payment does, and gives nothing once that has gone back, or a bank has it."""
    for gift in _gifts():
        if gift.account_id != life.account:
            continue
        session = life.world.of(gift.account_id, "checkout.session", gift.session_id)
        if session["status"] != "complete":
            assert (gift.state, gift.charge_id) == ({"open": "open", "expired": "closed"}[session["status"]], None)
        else:
            (charge,) = life.things("charge", payment_intent=session["payment_intent"], paid=True)
            assert gift.charge_id == charge["id"], f"{session['id']} was paid, and gave no gift"
            assert gift.state in _states(life, charge), f"{session['id']}: {gift.state}"
            _gives_what_it_says(life, gift)


def _states(life: Life, charge: Thing) -> tuple[str, ...]:
    if charge["refunded"]:
        return ("given_back",)
    taken = [one for one in life.things("dispute", charge=charge["id"]) if one["status"] != "won"]
    return ("disputed", "given_back") if taken else ("paid", "redeemed")


def _gives_what_it_says(life: Life, gift: Gift) -> None:
    now = clock.now()
    given = gift.membership_id and db.session.get_one(Membership, (current_tenant_id(), gift.membership_id))
    if gift.state == "redeemed" and gift.redeemed_by not in life.gone:
        assert gift.waits or (given and (given.ended_at is None or given.paid_until <= now)), "it gives nothing"
        assert not given or given.member_id == gift.redeemed_by
    else:
        assert not given or given.ended_at is not None, "it gives what nobody paid for"


def _gifts() -> list[Gift]:
    return list(db.session.scalars(select(Gift).where(scoped(Gift)).order_by(Gift.opened_at, Gift.id)))
