"""Payments fail and come, leaders give and ask, the clock moves: gigs are listed exactly when their author may post."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.access.lapsing import settle
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.memberships.access import who_lacks
from app.memberships.models import Membership
from tenants.context import current_tenant_id, tenant_context
from tests.access.arranging import DAY, a_subscription, a_tier, needing
from tests.factories import a_hall, a_member, a_published_gig

pytestmark = pytest.mark.slow

_numbers = count()
_SECOND = timedelta(seconds=1)


class History(RuleBasedStateMachine):
    """One member with a live gig and at most one subscription and one gift, beside somebody who never had either."""

    @initialize()
    def opens(self):
        self.left = tenant_context(a_hall(f"hall{next(_numbers)}"))
        self.left.__enter__()
        number = next(_numbers)
        self.sam, self.ada = a_member(f"Sam {number}"), a_member(f"Ada {number}")
        self.tier = a_tier()
        self.now = clock.now()
        self.gig, self.other = a_published_gig(by=self.sam), a_published_gig(by=self.ada)
        # Long enough for all that happens here.
        self.gig.expires_at = self.now + 2000 * DAY
        self.dates = self.gig.expires_at, self.gig.published_at
        self.bought = self.given = None
        self.asked = False
        db.session.commit()

    @rule(who=st.sampled_from(["everybody", "plain", "expert"]), left=st.sampled_from(["others", "see", "nothing"]))
    def the_leader_asks(self, who, left):
        needing(left, post=who)
        self.asked = who != "expert"

    @rule()
    def the_leader_asks_no_more(self):
        needing()
        self.asked = False

    @precondition(lambda self: self.bought is None)
    @rule()
    def buys(self):
        self.bought = a_subscription(self.sam, self.tier, began_at=self.now, paid_until=self.now + 30 * DAY)

    @precondition(lambda self: self.bought is not None and self.bought.state == "active")
    @rule(grace=st.integers(0, 14))
    def a_payment_fails(self, grace):
        self.bought.state, self.bought.paid_until = "past_due", self.now
        self.bought.grace_until = self.now + grace * DAY

    @precondition(lambda self: self.bought is not None and self.bought.state == "past_due")
    @rule()
    def it_is_paid(self):
        self.bought.state, self.bought.grace_until, self.bought.paid_until = "active", None, self.now + 30 * DAY

    @precondition(lambda self: self.bought is not None)
    @rule()
    def it_ends(self):
        self.bought.end(now=self.now)
        db.session.flush()
        self.bought = None

    @precondition(lambda self: self.given is None)
    @rule(days=st.none() | st.integers(1, 20))
    def is_given_one(self, days):
        until = self.now + days * DAY if days else None
        self.given = Membership(member_id=self.sam.id, tier_id=self.tier.id, source="complimentary")
        db.session.add(self.given)
        self.given.begin(now=self.now, until=until)

    @precondition(lambda self: self.given is not None)
    @rule()
    def it_is_taken_back(self):
        self.given.end(now=self.now)
        db.session.flush()
        self.given = None

    @rule(hours=st.integers(1, 400))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)

    @rule(just=st.sampled_from([-_SECOND, timedelta(), _SECOND]))
    def it_is_about_when_grace_ends(self, just):
        if self.bought is not None and self.bought.grace_until and self.bought.grace_until + just > self.now:
            self.now = self.bought.grace_until + just

    @invariant()
    def gigs_are_listed_exactly_when_their_author_may_post(self):
        if not hasattr(self, "gig"):
            return
        with clock.travel(to=self.now):
            settle(now=self.now)
            settle(now=self.now)
            db.session.flush()
            living = [one for one in (self.bought, self.given) if one is not None]
            has_one = any(one.gives_access(now=self.now) for one in living)
            assert bool(who_lacks("post", {self.sam.id}, now=self.now)) is (self.asked and not has_one)
        gig = db.session.get_one(Gig, (current_tenant_id(), self.gig.id))
        had_one = db.session.query(Membership).filter_by(tenant_id=current_tenant_id(), member_id=self.sam.id).count()
        rests = bool(self.asked and not has_one and had_one)
        assert (gig.state, gig.held_at is not None) == (("paused", True) if rests else ("open", False))
        assert (gig.expires_at, gig.published_at) == self.dates
        assert self.other.state == "open"

    def teardown(self):
        if hasattr(self, "left"):
            db.session.rollback()
            self.left.__exit__(None, None, None)


def test_gigs_are_listed_exactly_when_their_author_may_post_whatever_happens(app):
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
