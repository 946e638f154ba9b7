"""Two who redeem the same gift at the same moment: one has it. A leader who pays it back meanwhile: it is one or the other."""

from functools import partial

import pytest

from app.core import clock
from app.core.database import db
from app.memberships.models import Membership, Tier
from app.offers.buying_gifts import refund
from app.offers.failures import GiftGone, GiftUsed, NotUnredeemed
from app.offers.models import Gift
from app.offers.receiving import redeem
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tests.factories import a_leader, a_member, acting


@pytest.fixture
def gift(busy_hall):
    leader = acting(a_leader())
    tier = Tier.draft(by=leader, now=clock.now(), name="Journeyman")
    now = clock.now()
    paid = Gift(
        tier_id=tier.id, months=3, amount=2700, currency="EUR", member_id=leader.id, code_digest="one", account_id="acct_1",
        session_id="cs_1", charge_id="ch_1", state="paid", opened_at=now, paid_at=now,
    )  # fmt: skip
    db.session.add(paid)
    db.session.commit()
    return paid.id


def _redeem(gift_id, by):
    redeem(db.session.get_one(Gift, (current_tenant_id(), gift_id)), by=by, now=clock.now())


def _refund(gift_id, by):
    refund(db.session.get_one(Gift, (current_tenant_id(), gift_id)), by=by, now=clock.now())


def test_of_many_who_redeem_it_at_once_one_has_it(gift, at_once):
    people = [acting(a_member(f"Somebody Number{number}")) for number in range(6)]
    results = at_once(*(partial(_redeem, gift, one) for one in (*people, *people)))
    assert sorted(type(one).__name__ for one in results) == sorted(["GiftUsed"] * 11 + ["NoneType"])
    (had,) = db.session.query(Membership).filter(scoped(Membership)).all()
    assert db.session.get_one(Gift, (current_tenant_id(), gift)).membership_id == had.id


def test_paid_back_and_redeemed_at_once_it_is_one_of_both(gift, at_once):
    sam, leader = acting(a_member("Sam Reyes")), acting(a_leader("Orla Finch"))
    redeemed, refunded = at_once(partial(_redeem, gift, sam), partial(_refund, gift, leader))
    assert (redeemed is None) != (refunded is None)
    assert isinstance(redeemed or refunded, GiftGone | GiftUsed | NotUnredeemed)
    had = db.session.query(Membership).filter(scoped(Membership), Membership.state != "ended").count()
    assert had == (redeemed is None)
