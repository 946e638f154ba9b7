"""What is taken off memberships by codes: used, used up, ended, closed at Stripe; and what it cost, in the books."""

import random

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.memberships.buying import buy
from app.memberships.models import TierPrice
from app.offers import jobs  # noqa: F401  (declares what follows)
from app.offers.finding import offer_for, reckoned_for, taken_off
from app.offers.models import Discount
from billing.connections import connection
from billing.statements import balance
from tenants.context import Actor
from tenants.isolation import scoped
from tests.billing.histories.life import Life
from tests.billing.histories.memberships import a_member_pays
from tests.billing.histories.telling import happens, holds
from tests.stripe.world import Thing

_LINKS = {"success_url": "http://designers.localhost/back", "cancel_url": "http://designers.localhost/away"}
_CODES = ("SPRING", "THREE")


@happens(9)
def a_member_goes_to_pay_with_a_code(life: Life, chance: random.Random) -> None:
    prices = select(TierPrice).where(scoped(TierPrice)).order_by(TierPrice.created_at, TierPrice.id)
    member, found = life.somebody(chance), db.session.scalars(prices).all()
    if member is None or not found:
        return
    price, code = chance.choice(found), chance.choice(_CODES)
    url = life.tries(lambda: _buy(price, code, member))
    if url:
        life.pages.append((url.split("/")[-2], url.rpartition("/")[2]))
        if chance.random() < 0.7:
            a_member_pays(life, chance)


def _buy(price: TierPrice, code: str, member: Actor) -> str:
    now = clock.now()
    offer = offer_for(code, asker=str(member.id), member_id=member.id, now=now)
    off = taken_off(offer, reckoned_for(offer, price, member_id=member.id, now=now))
    return buy(price, by=member, now=now, taken_off=off, **_LINKS)


@happens(1)
def the_leader_ends_an_offer(life: Life, chance: random.Random) -> None:
    offers = _offers()
    if offers:
        which = chance.choice([offer.code for offer in offers])
        life.tries(lambda: [one.end(by=life.leader, now=clock.now()) for one in _offers() if one.code == which])


@holds
def an_offer_is_open_where_its_code_is(life: Life) -> None:
    """And what it took off is in the books once: of what renews, on each invoice; of what is bought once, on its page."""
    living = connection()
    if life.account is None or living is None or living.account_id != life.account or len(life.accounts()) > 1:
        return
    for offer in _offers():
        code = life.world.of(life.account, "promotion_code", offer.promotion_id)
        assert code["active"] or offer.ended_at is not None or offer.is_used_up, f"{offer.code} can be used here alone"
        assert not code["active"] or offer.ended_at is None, f"{offer.code} can be used at Stripe alone"
    off = sum(_off(one) for one in life.things("invoice", status="paid"))
    pages = life.things("checkout.session", mode="payment", status="complete")
    off += sum(one["total_details"]["amount_discount"] for one in pages)
    assert balance("discounts", "EUR") == -balance("discounts.forgone", "EUR") == off


def _off(invoice: Thing) -> int:
    return sum(part["amount"] for part in invoice["total_discount_amounts"] or ())


def _offers() -> list[Discount]:
    found = select(Discount).where(scoped(Discount), Discount.promotion_id.is_not(None))
    return list(db.session.scalars(found.order_by(Discount.created_at, Discount.id)))
