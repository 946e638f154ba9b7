"""The leader's pages of commission, and what both sides find on theirs."""

import pytest

from app.commissions.rules import rules
from app.core.database import db
from tests.factories import (
    a_category,
    a_category_leader,
    a_leader,
    a_member,
    a_published_gig,
    an_agreement,
    an_application,
)

PAID = {"settlement": "money", "pay_kind": "fixed", "pay_min": 40_000, "pay_max": 40_000, "currency": "EUR"}
RULES = "/desk/money/commission"


@pytest.fixture
def desk(hall, browser):
    return browser(a_leader())


def a_rule_typed(desk, **answers):
    typed = {"people": "everybody", "client_points": "5 %", "worker_points": "2,5", "worker_fixed": "1"}
    return desk.post(f"{RULES}/rules", data=typed | answers)


def test_a_leader_makes_changes_and_removes_a_rule(desk):
    assert "Nothing is taken here" in desk.get(RULES).text
    assert a_rule_typed(desk).status_code == 302
    (rule,) = rules()
    assert (rule.client.points, rule.worker.points, rule.worker.fixed, rule.worker.most) == (500, 250, 100, None)
    assert "From the worker&#39;s pay the marketplace keeps €1 and 2.5%." in desk.get(RULES).text
    # Another begins with what everybody pays.
    assert 'value="2.5"' in desk.get(f"{RULES}/rules/new").text
    at = f"{RULES}/rules/{rule.id}"
    assert desk.post(at, data={"people": "team", "worker_points": "3"}).status_code == 302
    assert (rules()[0].group, rules()[0].client.points) == ("team", 0)
    assert desk.post(f"{at}/removal").status_code == 302
    assert rules() == []
    db.session.rollback()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"client_points": "101"}, "at most 100"),
        ({"client_points": "half"}, "not a percentage"),
        ({"client_least": "5", "client_most": "4"}, "less than the least"),
        ({"people": "nobody"}, "not one of the choices"),
    ],
)
def test_what_cannot_be_is_told_in_words(desk, typed, told):
    answer = a_rule_typed(desk, **typed)
    assert (answer.status_code, told in answer.text) == (422, True)


def test_a_second_rule_for_the_same_people_is_told_in_words(desk):
    a_rule_typed(desk)
    answer = a_rule_typed(desk)
    assert (answer.status_code, "change that one" in answer.text) == (422, True)


def test_an_example_says_what_each_side_pays_and_gets_and_by_which_rule(desk):
    a_rule_typed(desk)
    a_rule_typed(desk, people="newcomers", worker_points="", worker_fixed="")
    page = desk.get(f"{RULES}?amount=400&client=everybody&worker=newcomers").text
    assert all(amount in page for amount in ("€420", "€400", "€20"))
    assert "For the worker the rule “Newcomers” is the nearest." in page
    assert "such as 1250" in desk.get(f"{RULES}?amount=lots").text


def test_only_leaders_see_the_rules(hall, browser):
    sam = browser(a_member("Sam Reyes"))
    assert {sam.get(path).status_code for path in (RULES, f"{RULES}/rules/new")} == {403}


def test_both_sides_see_what_they_pay_and_get_before_they_agree(desk, browser):
    design = a_category("Design")
    a_category_leader(design)
    a_rule_typed(desk, worker_points="5", worker_fixed="", leader_points="25")
    maya, sam = a_member(), a_member("Sam Reyes")
    gig = a_published_gig(by=maya, category=design, **PAID)
    gig_id = gig.id
    author, applicant = browser(maya), browser(sam)
    assert (
        "At €400 you pay €420: €380 for the worker and €40 for the marketplace." in author.get(f"/gigs/{gig_id}").text
    )
    assert "At €400 you get €380." in applicant.get(f"/gigs/{gig_id}").text
    application = an_application(to=gig, by=sam)
    assert "€420" in author.get(f"/applications/{application.id}/offers/new").text


def test_an_agreement_shows_what_was_kept_with_it(desk, browser):
    a_rule_typed(desk)
    maya, sam = a_member(), a_member("Sam Reyes")
    agreement = an_agreement(gig=a_published_gig(by=maya, **PAID), applicant=sam)
    at, (rule,) = f"/agreements/{agreement.id}", rules()
    db.session.rollback()
    desk.post(f"{RULES}/rules/{rule.id}", data={"people": "everybody", "client_points": "50"})
    for who, own in ((maya, "You pay"), (sam, "You get")):
        page = browser(who).get(at).text
        assert own in page
        assert "€420" in page
        assert "€389" in page
    assert "€600" in browser(sam).get(f"{at}/counter-proposals/new").text
