"""Memberships that are given and taken back, and what the hour does to those that run out."""

import random
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.giving import give, given_membership_or_404
from app.access.jobs import settle
from app.core import clock
from app.core.database import db
from app.memberships.models import Membership, Tier
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member
from tests.billing.histories.life import Life
from tests.billing.histories.telling import happens, holds


@happens(8)
def the_leader_gives_a_membership(life: Life, chance: random.Random) -> None:
    somebody, days = life.somebody(chance), chance.choice((None, 0, 3, 20))
    tiers = db.session.scalars(select(Tier).where(scoped(Tier)).order_by(Tier.position, Tier.id)).all()
    if somebody is None or not tiers:
        return
    tier = chance.choice(tiers)
    member = db.session.get_one(Member, (current_tenant_id(), somebody.id))
    until = None if days is None else (clock.now() + timedelta(days=days)).date()
    life.tries(lambda: give(tier, member, until=until, why="Thank you.", by=life.leader, now=clock.now()))


@happens(4)
def the_leader_takes_it_back(life: Life, chance: random.Random) -> None:
    if given := _given():
        whose, which = chance.choice([(one.member_id, one.id) for one in given])
        life.tries(lambda: _take_back(whose, which))


def _take_back(member_id: UUID, membership_id: UUID) -> bool:
    given_membership_or_404(member_id, membership_id).end(now=clock.now())
    return True


@happens(6)
def the_hour_strikes(life: Life, chance: random.Random) -> None:
    life.tries(lambda: settle.enqueue())
    life.works()


@holds
def what_was_given_is_never_paid_for(life: Life) -> None:
    for one in db.session.scalars(select(Membership).where(scoped(Membership), Membership.source != "bought")):
        assert one.subscription_id is one.intent_id is one.price_id is None
        assert one.member_id not in life.gone or one.state == "ended", "somebody who left has one still"


def _given() -> list[Membership]:
    found = select(Membership).where(
        scoped(Membership), Membership.source == "complimentary", Membership.state != "ended"
    )
    return list(db.session.scalars(found.order_by(Membership.began_at, Membership.id)))
