"""A leader connects an account, answers Stripe or not, and may take our access away."""

import random

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from billing.connections import Connection, connect
from tenants.isolation import scoped
from tests.billing.histories.life import Life
from tests.billing.histories.telling import at_last, happens, holds
from tests.stripe.accounts import disconnect, set_stage

STAGES = ("papers", "checking", "complete", "complete", "complete", "rejected")


@happens(2)
def the_leader_connects(life: Life, chance: random.Random) -> None:
    life.tries(lambda: connect("FR", by=life.leader, now=clock.now()))


@happens(2)
def the_leader_answers_stripe(life: Life, chance: random.Random) -> None:
    if life.account:
        set_stage(life.world, life.world.account(life.account), chance.choice(STAGES))


@happens(1)
def access_is_taken_away(life: Life, chance: random.Random) -> None:
    if life.account and chance.random() < 0.3:
        disconnect(life.world, life.world.account(life.account))


@at_last
def whoever_wanted_an_account_asks_again(life: Life) -> None:
    known = set(db.session.scalars(select(Connection.account_id).where(scoped(Connection))))
    if {one["id"] for one in life.accounts()} - known:
        the_leader_connects(life, random.Random(1))


@holds
def every_account_is_known_and_stands_as_at_stripe(life: Life) -> None:
    ours = {one.account_id: one for one in db.session.scalars(select(Connection).where(scoped(Connection)))}
    theirs = {one["id"]: one for one in life.accounts()}
    assert set(ours) == set(theirs), "an account is lost, or was opened twice"
    for name, mine in ours.items():
        if theirs[name].get("_disconnected"):
            assert mine.standing == "disconnected"
        else:
            stands = (mine.charges_enabled, mine.payouts_enabled, mine.details_submitted, mine.due)
            asked = sorted(theirs[name]["requirements"]["currently_due"])
            there = [theirs[name][what] for what in ("charges_enabled", "payouts_enabled", "details_submitted")]
            assert stands == (*there, asked)
    assert len([one for one in ours.values() if one.disconnected_at is None]) <= 1
