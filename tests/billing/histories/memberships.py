"""Members buy, change, cancel, resume and leave; their banks pay, fail, take back; leaders give back."""

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.departures.departure import leave
from app.memberships.access import tiers_of
from app.memberships.buying import bought_membership, buy
from app.memberships.changing import cancel, change, preview, resume
from app.memberships.models import Membership, TierPrice
from app.memberships.models.membership import stands
from billing.following import follow
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Tenant
from tests.billing.histories.life import Life
from tests.billing.histories.telling import happens, holds
from tests.stripe import checkout
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.problems import Declined, Problem
from tests.stripe.returning import create as refund
from tests.stripe.routing import Call
from tests.stripe.subscriptions import change_card
from tests.stripe.world import Thing

CARDS = (
    "pm_card_visa",
    "pm_card_visa",
    "pm_card_chargeCustomerFail",
    "pm_card_chargeDeclined",
    "pm_card_authenticationRequired",
)
_LINKS = {"success_url": "http://designers.localhost/back", "cancel_url": "http://designers.localhost/away"}


def _price(life: Life, chance: random.Random) -> TierPrice | None:
    prices = db.session.scalars(
        select(TierPrice).where(scoped(TierPrice)).order_by(TierPrice.created_at, TierPrice.id)
    ).all()
    return chance.choice(prices) if prices else None


@happens(8)
def a_member_goes_to_pay(life: Life, chance: random.Random) -> None:
    member, price = life.somebody(chance), _price(life, chance)
    if member is not None and price is not None:
        url = life.tries(lambda: buy(price, by=member, now=clock.now(), **_LINKS))
        if url:
            life.pages.append((url.split("/")[-2], url.rpartition("/")[2]))
            if chance.random() < 0.7:
                a_member_pays(life, chance)


@happens(4)
def a_member_pays(life: Life, chance: random.Random) -> None:
    """Also on a page that was left open in another tab."""
    if not life.pages:
        return
    account, session_id = life.pages[-1] if chance.random() < 0.7 else chance.choice(life.pages)
    with suppress(Declined, Problem, checkout.NeedsOwner):
        session = life.world.of(account, "checkout.session", session_id)
        checkout.pay(
            life.world, account, session, chance.choice(CARDS), email="maya@example.org", approved=chance.random() < 0.7
        )
        if chance.random() < 0.6:
            # Back from there, perhaps before anything was told.
            life.tries(lambda: follow("connect", "checkout.session", session_id, account, now=clock.now()))


def _with_membership(life: Life, chance: random.Random, deed: Any) -> None:
    member = life.somebody(chance)
    membership = bought_membership(member.id) if member is not None else None
    if membership is not None:
        life.tries(lambda: deed(membership, now=clock.now()))


@happens(3)
def a_member_cancels(life: Life, chance: random.Random) -> None:
    _with_membership(life, chance, cancel)


@happens(2)
def a_member_resumes(life: Life, chance: random.Random) -> None:
    _with_membership(life, chance, resume)


@happens(4)
def a_member_changes(life: Life, chance: random.Random) -> None:
    """To another price, for what was shown; some confirm twice."""
    member, price = life.somebody(chance), _price(life, chance)
    membership = bought_membership(member.id) if member is not None else None
    if membership is None or price is None:
        return
    member_id, price_id = member.id, price.id
    shown = life.tries(lambda: preview(membership, price, now=clock.now()).token)
    for _ in range(chance.choice((1, 1, 2)) if shown else 0):
        life.tries(lambda: change(bought_membership(member_id), _priced(price_id), shown, now=clock.now()))


def _priced(price_id: Any) -> TierPrice:
    return db.session.scalars(select(TierPrice).where(scoped(TierPrice), TierPrice.id == price_id)).one()


@happens(1)
def a_member_leaves(life: Life, chance: random.Random) -> None:
    member = life.somebody(chance)
    if member is not None and chance.random() < 0.6 and life.tries(lambda: leave(member, now=clock.now()) or True):
        life.gone.add(member.id)


@happens(2)
def a_member_takes_another_card(life: Life, chance: random.Random) -> None:
    if customers := life.things("customer"):
        change_card(life.world, life.account or "", chance.choice(customers), chance.choice(CARDS[:3]))


@happens(2)
def the_leader_gives_back(life: Life, chance: random.Random) -> None:
    if charges := life.things("charge", paid=True, disputed=False):
        charge = chance.choice(charges)
        given: Thing = {"charge": charge["id"]}
        if chance.random() < 0.4:
            given["amount"] = 100
        with suppress(Problem):
            refund(Call(life.world, life.account or "", "/v1/refunds", given))


@happens(1)
def a_bank_takes_back(life: Life, chance: random.Random) -> None:
    if charges := life.things("charge", paid=True, disputed=False, refunded=False):
        dispute = open_dispute(life.world, life.account or "", chance.choice(charges))
        if chance.random() < 0.5:
            end_dispute(life.world, life.account or "", dispute, won=chance.random() < 0.5)


@holds
def every_subscription_gives_what_is_paid(life: Life) -> None:
    """What runs at Stripe is somebody's, and as it is there; what does not run gives nothing; nobody has two."""
    ours = {one.subscription_id or one.intent_id: one for one in _memberships()}
    for theirs in life.things("subscription"):
        mine = ours.get(theirs["id"])
        if stands(theirs) == "ended":
            assert mine is None or mine.state == "ended", f"{theirs['id']} is over and gives access"
            continue
        assert mine is not None, f"{theirs['id']} is paid for and gives nothing"
        assert mine.state == stands(theirs)
        assert _moment(theirs["cancel_at"]) == mine.cancels_at
        items = theirs["items"]["data"]
        assert _priced(mine.price_id).price_id == items[0]["price"]["id"]
        if mine.state in ("active", "trialing"):
            assert mine.paid_until == _moment(items[0]["current_period_end"])
        assert mine.member_id not in life.gone, "somebody who left pays on"
    living = [one.member_id for one in ours.values() if one.state != "ended"]
    assert len(living) == len(set(living)), "somebody has two"


@holds
def nobody_pays_for_nothing(life: Life) -> None:
    """Each customer is one member's alone; what was paid and gave nothing went back, or a bank took it."""
    members = [one["metadata"]["member"] for one in life.things("customer")]
    assert len(members) == len(set(members)), "somebody is two customers"
    known = {one.subscription_id for one in _memberships()} | {one.intent_id for one in _memberships()}
    for subscription in life.things("subscription"):
        if subscription["id"] not in known:
            invoices = life.things("invoice", status="paid")
            mine = [one for one in invoices if _subscription_of(one) == subscription["id"] and one["amount_paid"]]
            assert all(_went_back(life, one) for one in mine), f"{subscription['id']} gave nothing and was paid"
    for session in life.things("checkout.session", mode="payment", status="complete"):
        if session["payment_intent"] not in known and not {"gig_purchase", "gift"} & set(session["metadata"]):
            charge = life.things("charge", payment_intent=session["payment_intent"])[-1]
            assert charge["refunded"] or charge["disputed"], f"{session['id']} gave nothing and was paid"


@holds
def access_is_what_was_paid_for(life: Life) -> None:
    """Nobody is let in without having paid, nobody kept out who did, also by what the pages ask the database."""
    now = clock.now()
    if life.account is None:
        return
    had = list(db.session.scalars(select(Membership).where(scoped(Membership))))
    if any(one.account_id not in (None, life.account) for one in had):
        # Of an account that we may not see any more nothing is known.
        return
    for mine in _memberships():
        assert mine.gives_access(now=now) == _is_paid(life, mine, now), f"{mine.subscription_id or mine.intent_id}"
    for member in life.members:
        theirs = [one for one in had if one.member_id == member.id]
        paid = {one.tier_id for one in theirs if (_is_paid(life, one, now) if one.is_bought else _is_given(one, now))}
        assert tiers_of(member.id, now=now) == paid, f"{member.name} has another membership for the pages"


def _is_given(mine: Membership, now: datetime) -> bool:
    return mine.ended_at is None and (mine.paid_until is None or now < mine.paid_until)


def _is_paid(life: Life, mine: Membership, now: datetime) -> bool:
    if mine.subscription_id is None:
        (charge,) = life.things("charge", payment_intent=mine.intent_id, paid=True)
        return not charge["refunded"] and mine.member_id not in life.gone
    theirs = life.world.of(life.account or "", "subscription", mine.subscription_id)
    if stands(theirs) == "past_due":
        grace = db.session.get_one(Tenant, current_tenant_id()).grace_days
        return now < _moment(theirs["items"]["data"][0]["current_period_start"]) + timedelta(days=grace)
    return stands(theirs) != "ended"


def _memberships() -> list[Membership]:
    return list(db.session.scalars(select(Membership).where(scoped(Membership), Membership.source == "bought")))


def _subscription_of(invoice: Thing) -> str | None:
    return ((invoice["parent"] or {}).get("subscription_details") or {}).get("subscription")


def _went_back(life: Life, invoice: Thing) -> bool:
    intents = {one["payment"]["payment_intent"] for one in invoice["payments"]["data"] if one["status"] == "paid"}
    charges = [one for one in life.things("charge", paid=True) if one["payment_intent"] in intents]
    return all(one["refunded"] or one["disputed"] for one in charges)


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
