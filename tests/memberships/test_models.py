"""What counts of what a member has, and how long it gives access."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.database import db
from app.memberships.models import Membership, Tier, TierPrice, current_membership
from tests.factories import a_member


def a_tier(name="Journeyman", position=1, **columns):
    tier = Tier(name=name, position=position, state="selling", created_at=clock.now(), **columns)
    db.session.add(tier)
    db.session.flush()
    return tier


def a_price(tier, interval="month", amount=900, currency="EUR"):
    price = TierPrice(tier_id=tier.id, interval=interval, amount=amount, currency=currency, created_at=clock.now())
    db.session.add(price)
    db.session.flush()
    return price


def given(member, tier, **columns):
    kept = {"source": "complimentary", "state": "active", "began_at": clock.now()} | columns
    membership = Membership(member_id=member.id, tier_id=tier.id, **kept)
    db.session.add(membership)
    db.session.flush()
    return membership


def test_of_two_the_later_tier_counts_and_what_is_owed_for_comes_last(hall):
    sam, first, second = a_member("Sam Reyes"), a_tier(), a_tier("Master", 2)
    assert current_membership(sam.id) is None
    low = given(sam, first)
    assert current_membership(sam.id) is low
    high = given(sam, second)
    assert current_membership(sam.id) is high
    high.state, high.grace_until = "past_due", clock.now() + timedelta(days=1)
    assert current_membership(sam.id) is low
    low.state, low.ended_at = "ended", clock.now()
    assert current_membership(sam.id) is high


def test_access_lasts_as_long_as_it_is_paid_for_or_until_its_grace_ends(hall):
    sam, tier, now = a_member("Sam Reyes"), a_tier(), clock.now()
    soon, ago = now + timedelta(hours=1), now - timedelta(hours=1)
    good = given(sam, tier)
    assert good.gives_access(now=now)
    good.paid_until = ago
    assert not good.gives_access(now=now)
    good.paid_until = soon
    assert good.gives_access(now=now)
    good.state, good.grace_until = "past_due", soon
    assert good.gives_access(now=now)
    assert not good.gives_access(now=soon)
    good.state, good.grace_until, good.ended_at = "ended", None, now
    assert not good.gives_access(now=now)
    # Stripe renews it; that we have not heard of it yet is not its member's fault.
    bought = Membership(source="bought", state="active", subscription_id="sub_1", paid_until=ago)
    assert bought.gives_access(now=now)
    bought.cancels_at = ago
    assert not bought.gives_access(now=now)


def test_the_database_keeps_one_bought_membership_for_each_member(hall):
    sam, tier = a_member("Sam Reyes"), a_tier()
    price = a_price(tier)
    given(sam, tier, source="bought", price_id=price.id, subscription_id="sub_1")
    with pytest.raises(IntegrityError, match="memberships_one_bought_idx"), db.session.begin_nested():
        given(sam, tier, source="bought", price_id=price.id, subscription_id="sub_2")
    given(sam, tier)


def test_a_tier_has_one_price_for_an_interval_in_a_currency(hall):
    tier = a_tier()
    old = a_price(tier)
    a_price(tier, "year", 9000)
    a_price(tier, currency="USD")
    with pytest.raises(IntegrityError, match="tier_prices_one_idx"), db.session.begin_nested():
        a_price(tier, amount=1000)
    old.archived_at = clock.now()
    a_price(tier, amount=1000)
