"""Who needs a membership for what: the rule, and what the first read of a request tells of a member."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import DateTime, bindparam, select

from app.core import clock
from app.core.database import db
from app.memberships.models import Membership
from tenants.covers import covers
from tenants.isolation import scoped
from tenants.models import Member
from tenants.needs import Cover, Needs
from tests.access.arranging import a_subscription, a_tier
from tests.factories import a_member

GOLD, SILVER = UUID(int=1), UUID(int=2)
MEMBER = frozenset({"member"})


def of(**groups):
    return Needs.read({purpose: {"groups": list(who)} for purpose, who in groups.items()})


def test_nobody_lacks_anything_where_nothing_is_asked_for():
    assert of().lacking(MEMBER, Cover()) == frozenset()
    assert of().lacking_outside() == frozenset()


@pytest.mark.parametrize("role", ["leader", "admin", "moderator", "category_leader"])
def test_whoever_runs_the_marketplace_is_never_shut_out(role):
    everything = Needs.read({one: {"groups": ["everybody"]} for one in ("see", "post", "apply", "contact")}, "nothing")
    assert everything.lacking(frozenset({role, "member"}), Cover(lapsed=True, had=True)) == frozenset()


def test_a_need_of_one_group_asks_nobody_else():
    needs = of(contact=["recruiter", "customer"], post=["plain"])
    assert needs.lacking(frozenset({"recruiter", "member"}), Cover()) == {"contact"}
    assert needs.lacking(MEMBER, Cover()) == {"post"}
    assert needs.lacking(frozenset({"expert", "member"}), Cover()) == frozenset()


def test_any_tier_is_enough_unless_some_are_named():
    named = Needs.read({"post": {"groups": ["everybody"], "tiers": [str(GOLD)]}, "see": {"groups": ["everybody"]}})
    assert named.lacking(MEMBER, Cover(tiers=frozenset({SILVER}))) == {"post"}
    assert named.lacking(MEMBER, Cover(tiers=frozenset({SILVER, GOLD}))) == frozenset()


def test_visitors_lack_what_members_without_a_role_lack():
    assert of(see=["plain"], post=["recruiter"]).lacking_outside() == {"see"}


def test_after_a_lapse_as_much_is_left_as_the_leader_chose():
    asked = {"post": {"groups": ["everybody"]}}
    lapsed = Cover(lapsed=True, had=True)
    left = {name: Needs.read(asked, name).lacking(MEMBER, lapsed) for name in ("others", "see", "nothing")}
    assert left == {
        "others": {"post"},
        "see": {"post", "apply", "contact"},
        "nothing": {"see", "post", "apply", "contact"},
    }
    assert Needs.read({}, "nothing").lacking(MEMBER, lapsed) == frozenset(), "whoever needs none loses nothing"


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
moments = st.integers(-40, 40).map(lambda days: NOW + timedelta(days=days))
perhaps = st.none() | moments


@st.composite
def histories(draw):
    """What may stand in a member's rows, as the table's own constraints have it."""
    rows = []
    for _ in range(draw(st.integers(0, 4))):
        state = draw(st.sampled_from(["trialing", "active", "past_due", "ended"]))
        rows.append(
            {
                "state": state,
                "began_at": draw(moments),
                "paid_until": draw(perhaps),
                "grace_until": draw(moments) if state == "past_due" else None,
                "ended_at": draw(moments) if state == "ended" else None,
                "cancels_at": draw(perhaps),
                "subscription_id": draw(st.sampled_from([None, "sub"])),
                "tier": draw(st.integers(0, 1)),
            }
        )
    return rows


@pytest.fixture
def somebody(hall):
    return a_member(), [a_tier("Silver"), a_tier("Gold", position=1)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), at=moments)
def test_the_first_read_gives_access_exactly_where_a_membership_does(somebody, history, at):
    """For any history and moment: no access without payment, gift or grace, and none lost with it."""
    member, tiers = somebody
    undone = db.session.begin_nested()
    rows = [_row(member, tiers, number, told) for number, told in enumerate(history)]
    cover = _cover(member, at)
    giving = [row for row in rows if row.gives_access(now=at)]
    assert cover.tiers == {row.tier_id for row in giving}
    assert cover.had is bool(rows)
    assert (cover.grace_until is not None) is (bool(giving) and all(row.grace_until for row in giving))
    assert not (cover.lapsed and giving), "whoever has access has not lapsed"
    undone.rollback()


def _row(member, tiers, number, told):
    columns = {name: value for name, value in told.items() if name != "tier"}
    columns["subscription_id"] = f"sub_{number}" if told["subscription_id"] else None
    row = Membership(member_id=member.id, tier_id=tiers[told["tier"]].id, source="complimentary", **columns)
    db.session.add(row)
    db.session.flush()
    return row


def _cover(member, at):
    written = covers(Member.tenant_id, Member.id, bindparam("now", at, DateTime(timezone=True)))
    return Cover.read(
        db.session.scalar(select(written).select_from(Member).where(scoped(Member), Member.id == member.id))
    )


def test_a_payment_that_was_missed_is_told_from_a_membership_that_was_given_up(hall):
    paid, gave_up = a_member("Sam Reyes"), a_member("Ada Lind")
    now = clock.now()
    day = timedelta(days=1)
    a_subscription(paid, state="ended", paid_until=now - 20 * day, ended_at=now - 5 * day)
    a_subscription(gave_up, state="ended", paid_until=now - 5 * day, ended_at=now - 5 * day, cancels_at=now - 5 * day)
    assert _cover(paid, now).lapsed
    assert not _cover(gave_up, now).lapsed
