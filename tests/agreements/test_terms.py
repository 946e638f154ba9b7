"""Terms as a value: taken from a gig, kept as JSON, compared, fixed once agreed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreements.failures import SameTerms, TermsAreFixed, UnusableTerms
from app.agreements.models import Agreement
from app.agreements.terms import MilestoneTerms, Terms
from app.agreements.wording import compared, in_words, marked, pay_in_words
from app.core import clock
from app.core.database import db
from tenants.models import Member
from tests.factories import a_member, a_published_gig, acting, an_agreement, an_application

TODAY = date(2026, 11, 22)
PAID = Terms(title="A sign", settlement="money", pay_kind="fixed", amount=48000, currency="GBP")


def person(member_id):
    return acting(db.session.query(Member).filter_by(id=member_id).one())


def test_the_first_proposal_says_what_the_gig_says(hall):
    gig = a_published_gig(
        by=a_member(),
        settlement="money",
        pay_kind="hourly",
        pay_min=3200,
        pay_max=4000,
        currency="GBP",
        effort_span="week",
        effort_minutes=300,
        due_on=date(2027, 1, 20),
        place="Leeds",
    )

    terms = Terms.of_gig(gig, currency="EUR")

    assert (terms.title, terms.scope) == (gig.title, gig.description)
    assert (terms.pay_kind, terms.amount, terms.currency) == ("hourly", 3200, "GBP")
    assert (terms.effort_span, terms.effort_minutes, terms.due_on) == ("week", 300, date(2027, 1, 20))
    assert (terms.place, terms.remote) == ("Leeds", gig.remote)


@given(
    st.builds(
        Terms,
        title=st.text(min_size=1, max_size=20),
        scope=st.text(max_size=20),
        settlement=st.sampled_from(["money", "credits", "favour", "none"]),
        amount=st.none() | st.integers(0, 10**9),
        due_on=st.none() | st.dates(),
        starts_on=st.none() | st.dates(),
        remote=st.booleans(),
        milestones=st.lists(
            st.builds(MilestoneTerms, st.text(max_size=9), st.none() | st.integers(0, 10**6), st.none() | st.dates()),
            max_size=3,
        ).map(tuple),
    )
)
def test_terms_come_back_from_json_as_they_went(terms):
    assert Terms.from_json(terms.as_json()) == terms


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": " "}, "title", "fill this in"),
        ({"amount": None}, "amount", "how much"),
        ({"settlement": "credits"}, "credits_minutes", "hours of credit"),
        ({"starts_on": date(2026, 12, 2), "due_on": date(2026, 12, 1)}, "due_on", "before the work starts"),
        ({"milestones": (MilestoneTerms("a", 100),)}, "milestones", "do not add up"),
        ({"milestones": (MilestoneTerms("a", 100), MilestoneTerms("b"))}, "milestones", "every milestone its amount"),
        (
            {"due_on": date(2026, 12, 1), "milestones": (MilestoneTerms("a", None, date(2026, 12, 2)),)},
            "milestones",
            "after the whole work",
        ),
        ({"milestones": tuple(MilestoneTerms(str(n)) for n in range(13))}, "milestones", "At most 12"),
    ],
)
def test_terms_that_do_not_fit_say_where(changes, field, words):
    faults = list(replace(PAID, **changes).faults())

    assert [name for name, _ in faults] == [field]
    assert words in faults[0][1]


def test_milestones_paid_by_the_hour_need_not_add_up():
    hourly = replace(PAID, pay_kind="hourly", amount=3200, milestones=(MilestoneTerms("a", 25600),))

    assert not list(hourly.faults())


def test_nobody_proposes_terms_that_do_not_fit(hall):
    application = an_application()

    with pytest.raises(UnusableTerms):
        Agreement.propose(
            application, replace(PAID, amount=None), by=person(application.gig.author_id), now=clock.now()
        )


def test_a_counter_proposal_is_different_and_keeps_how_it_is_settled(hall):
    agreement = an_agreement()
    terms, worker = agreement.terms_on_the_table(), person(agreement.worker_id)
    with pytest.raises(SameTerms):
        agreement.counter(terms, by=worker, seen=1, now=clock.now())

    other = replace(terms, settlement="money", currency="EUR", conditions="A ladder.")
    agreement.counter(other, by=worker, seen=1, now=clock.now())

    assert (agreement.settlement, agreement.conditions, agreement.round) == ("favour", "A ladder.", 2)
    assert [one.terms["conditions"] for one in agreement.rounds()] == ["", "A ladder."]


def test_what_was_agreed_stays_whatever_happens_to_the_gig(hall):
    agreement = an_agreement(state="agreed")
    agreement.gig.title = "Something else entirely"
    db.session.flush()
    db.session.refresh(agreement)

    assert agreement.title == "Redraw our bakery's sign lettering"
    with pytest.raises(TermsAreFixed):
        agreement.title = "Something else entirely"
    with pytest.raises(TermsAreFixed):
        agreement.amount = 1


def test_milestones_become_rows_when_both_agree(hall):
    parts = (MilestoneTerms("Sketch", due_on=date(2027, 1, 1)), MilestoneTerms("Outlines"))

    assert an_agreement(milestones=parts).milestones() == []


def test_milestones_are_handed_over_and_accepted_one_by_one(hall):
    parts = (MilestoneTerms("Sketch"), MilestoneTerms("Outlines"))
    agreement = an_agreement(state="active", milestones=parts)
    client, worker = person(agreement.client_id), person(agreement.worker_id)

    for expected in ("active", "accepted"):
        delivery = agreement.deliver(by=worker, note="A part.", now=clock.now())
        agreement.accept(by=client, seen=delivery.id, now=clock.now())
        assert agreement.state == expected

    assert [part.state for part in agreement.milestones()] == ["accepted", "accepted"]


def test_a_milestone_that_was_sent_back_comes_first(hall):
    parts = (MilestoneTerms("Sketch"), MilestoneTerms("Outlines"))
    agreement = an_agreement(state="changes_requested", milestones=parts)
    sketch, outlines = agreement.milestones()
    worker = person(agreement.worker_id)

    from app.agreements.failures import NoSuchMilestone

    with pytest.raises(NoSuchMilestone):
        agreement.deliver(by=worker, note="Outlines.", milestone_id=outlines.id, now=clock.now())
    assert agreement.deliver(by=worker, note="Mended.", now=clock.now()).milestone_id == sketch.id


def test_words_for_terms():
    terms = replace(PAID, effort_minutes=900, effort_span="total", due_on=date(2026, 12, 12), place="Leeds")

    assert in_words(terms, TODAY) == [
        ("Title", "A sign"),
        ("Pay", "£480"),
        ("Effort", "15\u00a0h in all"),
        ("Due", "12 December"),
        ("Where", "Leeds or remote"),
    ]


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (replace(PAID, pay_kind="hourly", amount=3200), "£32 an hour"),
        (Terms(title="x", settlement="credits", credits_minutes=90), "1\u00a0h\u00a030\u00a0min of credit"),
        (Terms(title="x", settlement="favour", favour="A cake"), "A cake"),
        (Terms(title="x", settlement="favour"), "A favour in return"),
        (Terms(title="x"), "No pay"),
    ],
)
def test_words_for_pay(terms, words):
    assert pay_in_words(terms) == words


def test_a_comparison_shows_what_it_was_also_where_something_is_gone():
    before = replace(PAID, due_on=date(2026, 12, 12))
    after = replace(PAID, amount=50000)

    changed = [row for row in compared(after, before, TODAY) if len(row) == 3]

    assert changed == [("Pay", "£500", "£480"), ("Due", "–", "12 December")]


def test_changed_words_are_marked_and_what_people_typed_stays_harmless():
    shown = marked("Two rounds of <b>changes</b>.", "One round of <b>changes</b>.")

    assert shown == "<del>One round</del> <ins>Two rounds</ins> of &lt;b&gt;changes&lt;/b&gt;. "
