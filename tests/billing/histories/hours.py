"""Hours that are reserved, given, handed back and put right: no Stripe is asked, but the same processes die."""

import random
from uuid import UUID

from sqlalchemy import select

from app.agreements.models import Agreement
from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.credits.correcting import correct, give_back
from app.credits.models import CreditAccount, CreditTransfer
from app.credits.settling import reserved_for
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member
from tests.billing.histories.life import Life
from tests.billing.histories.telling import happens, holds
from tests.factories import acting


def _agreement(life: Life) -> Agreement:
    return db.session.get_one(Agreement, (current_tenant_id(), life.hours_id), populate_existing=True)


def _side(member_id: UUID) -> Actor:
    return acting(db.session.get_one(Member, (current_tenant_id(), member_id)))


@happens(5)
def work_for_hours_is_handed_over_and_accepted(life: Life, chance: random.Random) -> None:
    def deliver() -> bool:
        agreement = _agreement(life)
        agreement.deliver(by=_side(agreement.worker_id), note="Here.", now=clock.now())
        return True

    def accept() -> bool:
        agreement = _agreement(life)
        waiting = agreement.waiting_delivery()
        if waiting is not None:
            agreement.accept(by=_side(agreement.client_id), seen=waiting.id, now=clock.now())
        return True

    for deed in (deliver, accept)[: chance.choice((1, 2, 2))]:
        life.tries(deed)


@happens(2)
def work_for_hours_is_called_off(life: Life, chance: random.Random) -> None:
    agreement = _agreement(life)
    by = _side(chance.choice((agreement.client_id, agreement.worker_id)))
    life.tries(lambda: _agreement(life).cancel(by=by, why="It ends here.", now=clock.now()))


@happens(3)
def hours_are_given_back(life: Life, chance: random.Random) -> None:
    by, minutes = _side(_agreement(life).worker_id), chance.choice((10, 180))
    for _ in range(chance.choice((1, 2))):
        life.tries(lambda: give_back(_agreement(life), minutes, why="It broke.", by=by, now=clock.now()))


@happens(3)
def the_leader_puts_hours_right(life: Life, chance: random.Random) -> None:
    somebody, minutes, key = life.somebody(chance), chance.choice((-400, -30, 45)), new_id()
    if somebody is not None:
        # The page is sent twice.
        for _ in range(2):
            life.tries(lambda: correct(somebody.id, minutes, key=key, why="So it is.", by=life.leader, now=clock.now()))


@holds
def hours_sum_to_nothing(life: Life) -> None:
    """Each account is what its transfers come to, nobody owes more than they may, nothing is reserved for what is over."""
    accounts = db.session.scalars(select(CreditAccount).where(scoped(CreditAccount))).all()
    transfers = db.session.scalars(select(CreditTransfer).where(scoped(CreditTransfer))).all()
    moved = dict.fromkeys((one.id for one in accounts), 0)
    for one in transfers:
        moved[one.from_id] -= one.minutes
        moved[one.to_id] += one.minutes
    assert moved == {one.id: one.balance for one in accounts}
    assert sum(moved.values()) == 0
    assert all(one.balance >= -one.may_owe for one in accounts if one.kind != "hall")
    corrections = [one.source for one in transfers if one.kind == "correction"]
    assert len(corrections) == len(set(corrections))
    agreement = _agreement(life)
    runs = agreement.state in ("agreed", "active", "delivered", "paused", "changes_requested")
    assert reserved_for(agreement) == (180 if runs else 0)
