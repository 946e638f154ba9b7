"""Whatever the people of a project do in whatever order: the budget is never overdrawn, every role's money is its agreements', no
agreement stands beside the project, whoever was replaced keeps their record, and fees and shares sum to the cent.
"""

import itertools
import os
from contextlib import ExitStack
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.agreements.models import Agreement, Milestone
from app.agreements.states import BINDING
from app.applications.models import Application
from app.commissions.models import CommissionRule
from app.commissions.split import NOTHING, Fee
from app.core import clock
from app.core.database import db
from app.factory import Guildhall
from app.payments.models import Payment, Share
from app.projects.models.budget import Sums, budget_of, sums_of
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Role
from tests.credits.arranging import the_rules
from tests.factories import a_category, a_category_leader, a_hall, a_member, a_published_gig, acting
from tests.money_fixtures import SECRETS, Money
from tests.payments.arranging import balances
from tests.projects.arranging import a_project_of
from tests.projects.history import History
from tests.stripe.nearby import nearby
from tests.stripe.server import a_fake
from tests.stripe.world import PLATFORM

pytestmark = pytest.mark.slow

FEES = {
    "client": Fee(fixed=30, points=300),
    "worker": Fee(points=500),
    "leader": Fee(points=2500),
    "coordinator": NOTHING,
}
# The first role is agreed on when a history begins.
ROLES, PEOPLE = st.sampled_from((0, 0, 1, 1, 2)), st.integers(0, 2)
AMOUNTS = st.sampled_from((20_001, 40_000, 99_999))
SPARE = st.sampled_from((0, 5_001, 60_000))
WHOM = st.tuples(PEOPLE, AMOUNTS, SPARE)
NONE = st.none()


def _does(name, one=NONE, other=NONE):
    return st.tuples(st.just(name), one, other)


OUTCOMES = st.sampled_from(("finished", "partly", "ended", "again"))
LESS = st.sampled_from((1, 4_999))
STAFFING = st.one_of(
    _does("role"),
    _does("ask", ROLES, WHOM),
    _does("yes", ROLES),
    _does("no", ROLES),
    _does("step back", ROLES),
    _does("staff", ROLES, WHOM),
    _does("offer", st.sampled_from((0, 777, 1_000)), SPARE),
    _does("take back"),
    _does("counter"),
    _does("take"),
    _does("replace", ROLES),
    _does("drop", ROLES),
)
WORK = st.one_of(
    _does("fund", ROLES, st.sampled_from((0, 1))),
    _does("deliver", ROLES),
    _does("accept", ROLES),
    _does("changes", ROLES),
    _does("a part of it", ROLES, LESS),
    _does("finish a part", ROLES),
    _does("pay and finish a part", ROLES, st.sampled_from((0, 1))),
    _does("deliver for less", ROLES, LESS),
    _does("hand back", ROLES, st.sampled_from((1, 4_321, None))),
    _does("tip", ROLES, st.sampled_from((100, 12_345))),
    _does("bank", ROLES, st.booleans()),
    _does("dispute", ROLES),
    _does("settle", ROLES, OUTCOMES),
    _does("pay and dispute", ROLES, OUTCOMES),
    _does("cancel", ROLES, st.sampled_from(("client", "worker"))),
    _does("onboard", st.integers(0, 4)),
)
LEADING = st.one_of(
    _does("hand over", st.sampled_from((0, 1))),
    _does("lead on", st.sampled_from(("take on", "decline", "take back"))),
    _does("pass on", st.sampled_from((0, 1))),
)
WHOLE = st.one_of(
    _does("rest"),
    _does("resume"),
    _does("resume"),
    _does("give up"),
    _does("end"),
    _does("finish"),
    _does("days", st.sampled_from((1, 11, 45))),
)
AGREED = st.one_of(_does("agree on all", ROLES, WHOM), _does("spend the reserve", ROLES, WHOM))
# What ends a project comes seldom, or nothing else would ever happen.
ACTIONS = st.one_of(STAFFING, STAFFING, WORK, WORK, WORK, AGREED, AGREED, LEADING, WHOLE)
KINDS = st.sampled_from(("money", "money", "money", "credits", "none"))
_numbers = itertools.count()


@settings(
    max_examples=int(os.environ.get("HISTORIES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(actions=st.lists(ACTIONS, min_size=10, max_size=40), kind=KINDS)
def test_whatever_happens_a_project_adds_up(committing, outbox, actions, kind):
    """`HISTORIES=500` tries so many; one in five is about hours, and one is unpaid."""

    def browser(*, host):
        client = committing.test_client()
        client.host = host
        return client

    guildhall = committing.extensions["guildhall"]
    with nearby(a_fake()) as fake, tenant_context(a_hall(f"hall{next(_numbers)}")), ExitStack() as travels:
        of_this = replace(
            guildhall.config, stripe_key="sk_test_fake", stripe_url=fake.world.base, webhook_secrets=SECRETS
        )
        committing.extensions["guildhall"] = Guildhall(of_this)
        history = _begun(Money(fake, committing, browser, travels), kind=kind)
        try:
            for action in [
                ("role", None, None),
                ("agree on all", 0, (0, 40_000, 5_001)),
                ("role", None, None),
                *actions,
            ]:
                history.do(*action)
                _adds_up(history)
                _nobody_is_lost(history)
            history.money.arrive()
            db.session.expire_all()
            _books_say_the_same(history)
        finally:
            # The next history begins with nothing open and nothing waiting.
            db.session.rollback()
            db.session.execute(text("DELETE FROM procrastinate_jobs"))
            db.session.commit()


def _begun(money, *, kind):
    """Return a project of a new hall: three people may play its roles, and the hall and its leaders have their shares."""
    number = next(_numbers)
    leader = the_rules(opening=0, may_owe=20 * 60)
    CommissionRule.add(FEES, people="everybody", category_id=None, currency="EUR", by=leader, now=clock.now())
    category = a_category("Printing")
    coordinator, owner = a_category_leader(category, f"Tomasz {number}"), a_member(f"Maya {number}")
    pays: dict[str, dict[str, object]] = {
        "credits": {"credits_minutes": 600},
        "money": {"pay_kind": "fixed", "pay_min": 100_000, "currency": "EUR"},
        "none": {},
    }
    gig = a_published_gig(by=owner, category=category, title="A spring fair", settlement=kind, **pays[kind])
    team = a_project_of(gig, coordinator, owner)
    people = [acting(a_member(f"{name} {number}")) for name in ("Sam", "Odile", "Kwabena")]
    db.session.commit()
    other = a_member(f"Yara {number}")
    db.session.add(Role(member_id=other.id, category_id=category.id, role="expert", granted_at=clock.now()))
    db.session.commit()
    return History(money, team, people, leader, [acting(other)])


def _adds_up(history):
    """The budget covers everything, and every role's money is that of its agreements."""
    db.session.expire_all()
    project, roles = history.project, history.project.roles()
    budget = budget_of(project, roles)
    # Nothing is agreed before the client took an offer, and then nothing that it does not cover.
    assert budget.left >= 0 or (project.accepted_at is None and not history.agreed)
    if project.settlement == "none":
        assert (budget.total, budget.sums) == (0, Sums())
    assert budget.total == budget.left + budget.sums.agreed
    for milestone in _all(Milestone, Milestone.state == "accepted"):
        history.earned_by.setdefault(milestone.id, project.coordinator_id)
    # Of work that a leader found to be done in part, what the two agreed on is shared out without being accepted.
    for payment in _all(Payment, Payment.kind == "work", Payment.released > 0):
        history.earned_by.setdefault(payment.milestone_id, project.coordinator_id)
    for role in roles:
        assert budget.roles[role.id] == sum((sums_of(one) for one in role.agreements()), Sums())
    for agreement in _all(Agreement, Agreement.id.in_(history.agreed)):
        line, points = history.agreed[agreement.id]
        sums = sums_of(agreement)
        payments = _all(Payment, Payment.agreement_id == agreement.id, Payment.kind == "work")
        assert all(part >= 0 for part in (sums.price, sums.hall, sums.coordinator))
        assert 0 <= sums.paid <= sums.funded <= sums.agreed
        assert sums.paid <= sums.earned <= sums.agreed <= line["cost"]
        if project.is_paid:
            assert sums.funded == sum(one.held for one in payments) + sums.paid
            shares = _all(Share, Share.payment_id.in_([one.id for one in payments]))
            assert sums.paid == sum(share.left for share in shares)
            _fees_are_as_agreed(history, shares, points)
        if agreement.is_binding and not any(one.released for one in payments):
            assert sums.agreed == line["cost"]


def _fees_are_as_agreed(history, shares, points):
    """Of every payment that was shared out the coordinator has the fee of the offer, rounded down, and nothing is lost."""
    for payment in _all(Payment, Payment.id.in_({share.payment_id for share in shares})):
        mine = [share for share in shares if share.payment_id == payment.id]
        fees = [share.amount for share in mine if share.kind == "coordinator"]
        assert sum(fees) == payment.price_done * points // 10_000
        whose = {history.earned_by[payment.milestone_id]}
        assert {share.party_id for share in mine if share.kind == "coordinator"} <= whose
        assert sum(share.amount for share in mine) == payment.released == payment.shared().client_pays


def _nobody_is_lost(history):
    """No agreement stands beside the project, and whoever was replaced has agreement and application still."""
    project, roles = history.project, history.project.roles()
    by_gig = {role.gig_id: role for role in roles}
    agreements = _all(Agreement)
    assert {one.id for one in agreements} == set(history.agreed)
    assert {one.gig_id for one in agreements} <= set(by_gig)
    assert all(one.client_id == project.client_id for one in agreements)
    assert {one.worker_id for one in agreements} <= project.team()
    applications = {one.id: one for one in _all(Application)}
    for role in roles:
        held = [one for one in role.agreements() if one.state in BINDING]
        assert len(held) <= 1
        assert role.gig.seats_taken >= len(held)
    for agreement in agreements:
        assert agreement.settlement == project.settlement
        assert applications[agreement.application_id].applicant_id == agreement.worker_id
        assert agreement.was_agreed
    assert {role.gig.coordinator_id for role in roles if role.dropped_at is None} <= {project.coordinator_id}
    if project.state in ("finished", "ended"):
        assert project.open_offer() is None
        assert project.open_handover() is None
        assert not [role for role in roles if role.gig.is_open]
        assert not [one for one in applications.values() if one.is_unanswered and one.gig_id in by_gig]
        assert not [one for one in agreements if one.is_binding and one.state != "disputed"]


def _books_say_the_same(history):
    """What is held, and who has what, is what the books and Stripe say."""
    payments, shares = _all(Payment), _all(Share)
    booked = balances()
    assert booked.get("held.gigs", 0) == -sum(one.held for one in payments)
    assert booked.get("commissions", 0) == -sum(one.left for one in shares if one.party_id is None)
    assert booked.get("held.cash", 0) == history.money.fake.world.balance(PLATFORM, "eur", available=False)
    sums = budget_of(history.project, history.project.roles()).sums
    if history.project.is_paid:
        assert sums.funded - sums.paid == sum(one.held for one in payments)


def _all(model, *conditions):
    db.session.expire_all()
    return list(db.session.scalars(select(model).where(scoped(model), *conditions)))
