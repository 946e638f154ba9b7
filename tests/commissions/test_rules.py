"""The nearest rule counts for each side; what both saw when terms were put forward stays, whatever becomes of the rules."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.agreements.terms import MilestoneTerms
from app.commissions.keeping import kept, kept_with, terms_of
from app.commissions.models import FEES, CommissionRule, RuleExists
from app.commissions.rules import applied, rules
from app.commissions.split import FREE, NOTHING, Fee
from app.commissions.wording import account_of, rule_in_words, whom
from app.core import clock
from app.core.database import db
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.access.arranging import DAY, a_membership, a_tier
from tests.factories import a_category, a_category_leader, a_leader, a_member, a_published_gig, acting, an_agreement

PAID = {"settlement": "money", "pay_kind": "fixed", "pay_min": 40_000, "pay_max": 40_000, "currency": "EUR"}


def somebody(name="Ines Moreau"):
    """Return whoever is called so as the one who acts, made when nobody is."""
    found = db.session.scalars(select(Member).where(scoped(Member), Member.name == name)).first()
    return acting(found or a_leader(name))


def a_rule(*, people="everybody", category=None, currency="EUR", tier=None, **fees):
    found = CommissionRule.add(
        dict.fromkeys(FEES, NOTHING) | fees,
        people="tier" if tier else people,
        tier_id=tier.id if tier else None,
        category_id=category.id if category else None,
        currency=currency,
        by=somebody(),
        now=clock.now(),
    )
    db.session.commit()
    return found


def let_it_say(rule, **fees):
    """Change what a rule takes."""
    rule.revise(
        dict.fromkeys(FEES, NOTHING) | fees,
        people=rule.people,
        category_id=rule.category_id,
        currency="EUR",
        by=somebody(),
    )
    db.session.commit()


def between(client, worker, category=None, currency="EUR"):
    return applied(
        category_id=category.id if category else None, currency=currency, client_id=client.id, worker_id=worker.id
    )


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def sam(hall):
    found = a_member("Sam Reyes")
    found.finished_count = 3
    db.session.commit()
    return found


def test_without_rules_nothing_is_taken(maya, sam):
    assert between(maya, sam).terms == FREE
    assert not between(maya, sam).terms


def test_for_each_side_the_nearest_rule_counts(maya, sam):
    design = a_category("Design")
    tomasz = a_category_leader(design)
    a_rule(client=Fee(points=500), worker=Fee(points=500))
    a_rule(category=design, client=Fee(points=700), worker=Fee(points=700), leader=Fee(points=2500))
    a_rule(people="newcomers", client=Fee(points=100), worker=Fee(points=100))
    a_rule(people="experts", category=design, worker=Fee(points=300))
    # Maya is new here, Sam is not.
    assert (between(maya, sam).terms.client.points, between(maya, sam).terms.worker.points) == (100, 500)
    in_design = between(sam, sam, design)
    assert (in_design.terms.client.points, in_design.terms.worker.points) == (700, 700)
    assert in_design.terms.leader_ids == (tomasz.id,)
    assert (in_design.why.client, in_design.why.led) == (("everybody", "Design"), "Design")
    tomasz.finished_count = 1
    db.session.commit()
    assert between(sam, tomasz, design).terms.worker.points == 300
    assert between(sam, tomasz).terms.worker.points == 500


def test_fixed_amounts_count_in_their_own_currency_alone(maya, sam):
    a_rule(client=Fee(200, 500, 300, 900))
    assert between(maya, sam, currency="USD").terms.client == Fee(points=500)


def test_a_second_rule_for_the_same_is_refused(hall):
    first = a_rule(worker=Fee(points=500))
    with pytest.raises(RuleExists):
        a_rule(worker=Fee(points=600))
    other = a_rule(people="team")
    same = {"people": "everybody", "category_id": None, "currency": "EUR"}
    with pytest.raises(RuleExists):
        other.revise(dict.fromkeys(FEES, NOTHING), **same, by=somebody())
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text("UPDATE commission_rules SET people = 'everybody'"))
    first.remove(by=somebody())
    assert [one.group for one in rules()] == ["team"]


def test_rules_are_seen_by_their_own_marketplace_alone(hall, other_hall):
    a_rule(worker=Fee(points=500))
    with tenant_context(other_hall):
        assert rules() == []
        db.session.rollback()


def test_what_is_not_paid_keeps_no_terms(hall):
    a_rule(worker=Fee(points=500))
    assert kept(an_agreement()).terms == FREE


def test_a_rule_reads_as_sentences(hall):
    a_rule(client=Fee(100, 250, 200, 5_000), leader=Fee(points=2500))
    (rule,) = rules()
    assert rule_in_words(rule) == [
        "On top of the price the client pays €1 and 2.5%, from €2 to €50.",
        "Of what the marketplace takes, the leaders of the category get 25%.",
    ]


def test_both_sides_read_what_they_pay_and_get(maya, sam):
    design = a_category("Design")
    a_category_leader(design)
    a_rule(client=Fee(points=500), worker=Fee(points=500), leader=Fee(points=2500))
    agreement = an_agreement(gig=a_published_gig(by=maya, category=design, **PAID), applicant=sam)
    terms = agreement.terms_on_the_table()
    said = account_of(terms, kept(agreement), side="client", client="Maya", worker="Sam")
    assert said.rows == [
        ("You pay", "€420"), ("Sam gets", "€380"), ("The marketplace keeps", "€30"), ("The leader of Design gets", "€10"),
    ]  # fmt: skip
    assert said.why[0] == "You pay 5% on top of the price: the rule “Everybody”."
    parts = replace(terms, milestones=(MilestoneTerms("One", 15_000), MilestoneTerms("Two", 25_000)))
    assert account_of(parts, kept(agreement), side="worker", client="Maya", worker="Sam").rows[1] == ("You get", "€380")


def test_the_database_lets_nobody_change_what_was_kept(hall):
    an_agreement(gig=a_published_gig(by=a_member(), **PAID))
    for change in ("UPDATE commission_terms SET round = 9", "DELETE FROM commission_terms"):
        with pytest.raises(DBAPIError, match="permission denied"), db.session.begin_nested():
            db.session.execute(text(change))


_SHARES = st.builds(Fee, fixed=st.integers(0, 500), points=st.integers(0, 3_000))
_CHANGES = st.lists(st.tuples(st.sampled_from(["everybody", "newcomers", "team"]), _SHARES, _SHARES), max_size=5)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_SHARES, later=_CHANGES)
def test_a_later_change_of_the_rules_touches_nothing_that_was_put_forward(hall, first, later):
    maya, sam = (somebody(name).id for name in ("Maya Okafor", "Sam Reyes"))
    members = {one.id: one for one in db.session.scalars(select(Member).where(scoped(Member)))}
    db.session.execute(delete(CommissionRule))
    a_rule(worker=first)
    agreement = an_agreement(state="agreed", gig=a_published_gig(by=members[maya], **PAID), applicant=members[sam])
    agreed = terms_of(agreement)
    assert agreed.worker == first
    for people, client, worker in later:
        rule = db.session.scalars(select(CommissionRule).where(CommissionRule.people == people)).first()
        if rule is None:
            a_rule(people=people, client=client, worker=worker)
        else:
            let_it_say(rule, client=client, worker=worker)
    assert terms_of(agreement) == kept_with(agreement.id, 1).terms == agreed


def test_a_counter_proposal_is_under_the_rules_of_its_own_day(maya, sam):
    rule = a_rule(worker=Fee(points=500))
    agreement = an_agreement(gig=a_published_gig(by=maya, **PAID), applicant=sam)
    let_it_say(rule, worker=Fee(points=900))
    assert terms_of(agreement).worker.points == 500
    other = replace(agreement.terms_on_the_table(), amount=50_000)
    agreement.counter(other, by=acting(sam), seen=1, now=clock.now())
    assert terms_of(agreement).worker.points == 900
    assert kept_with(agreement.id, 1).terms.worker.points == 500


def test_what_a_tier_promises_comes_before_every_other_group_and_the_largest_tier_first(hall, maya, sam):
    small, large = a_tier("Supporter", position=1), a_tier("Studio", position=2)
    category = a_category("Printing")
    a_rule(worker=Fee(points=1000))
    a_rule(category=category, worker=Fee(points=800))
    a_rule(tier=small, worker=Fee(points=500))
    a_rule(tier=large, worker=Fee(points=200))
    assert between(maya, sam, category).terms.worker == Fee(points=800)
    a_membership(sam, small)
    found = between(maya, sam, category)
    assert found.terms.worker == Fee(points=500)
    assert found.why.worker == ("tier Supporter", "")
    a_membership(sam, large)
    assert between(maya, sam, category).terms.worker == Fee(points=200)
    a_membership(maya, large, paid_until=clock.now() - DAY)
    assert between(sam, maya, category).terms.worker == Fee(points=800), "what is over promises nothing"


def test_a_rule_for_a_tier_is_kept_with_the_terms_by_the_name_that_it_had(hall, maya, sam):
    tier = a_tier("Studio")
    a_membership(sam, tier)
    a_rule(tier=tier, worker=Fee(points=300))
    with pytest.raises(RuleExists):
        a_rule(tier=tier, worker=Fee(points=100))
    agreement = an_agreement(gig=a_published_gig(by=maya, **PAID), applicant=sam)
    tier.name = "Atelier"
    db.session.commit()
    assert kept(agreement).why.worker == ("tier Studio", "")
    assert whom(*kept(agreement).why.worker) == "Members with Studio"
