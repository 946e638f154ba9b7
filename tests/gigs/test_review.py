"""What is reviewed before it goes live, and that no edit gets around it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.recording import history
from app.core import clock
from app.core.database import db
from app.gigs.models import AlreadyDecided, GigEdit, NotEditable, NotReady, ReasonMissing
from app.gigs.models.columns import SKILLS, TERMS, WORDS
from tenants.models import Role, Tenant
from tests.factories import a_category, a_category_leader, a_gig, a_leader, a_member, a_published_gig


@pytest.fixture
def reviewed_hall(hall):
    db.session.get_one(Tenant, hall.id).who_may_post = "reviewed"
    db.session.flush()
    return hall


def test_where_gigs_are_reviewed_publishing_asks_for_review(reviewed_hall):
    maya = a_member()
    gig = a_gig(by=maya)

    gig.publish(by=maya)

    assert (gig.state, gig.published_at) == ("in_review", None)


def test_an_approved_gig_goes_live_for_its_full_span(reviewed_hall):
    maya, leader = a_member(), a_leader()
    gig = a_published_gig(by=maya)

    gig.approve(by=leader)

    assert gig.is_open
    assert gig.published_at is not None
    assert gig.expires_at > clock.now() + timedelta(days=59)


def test_a_gig_that_is_handed_back_is_a_draft_with_the_reason(reviewed_hall):
    gig = a_published_gig(by=a_member())

    gig.hand_back(by=a_leader(), why="Say what it pays.")

    assert (gig.state, gig.state_reason) == ("draft", "Say what it pays.")


def test_a_category_that_is_reviewed_asks_for_review_in_an_open_hall(hall):
    maya, category = a_member(), a_category("Type", posting_rule="reviewed")

    assert a_published_gig(by=maya, category=category).state == "in_review"
    assert a_published_gig(by=maya).state == "open"


def test_experts_post_at_once_where_the_category_trusts_them(hall):
    maya, category = a_member(), a_category("Type", posting_rule="experts")
    assert a_published_gig(by=maya, category=category).state == "in_review"

    db.session.add(Role(member_id=maya.id, role="expert", category_id=category.id))

    assert a_published_gig(by=maya, category=category).state == "open"


def test_who_may_approve_posts_at_once(reviewed_hall):
    category = a_category("Type", posting_rule="reviewed")

    assert a_published_gig(by=a_category_leader(category), category=category).state == "open"
    assert a_published_gig(by=a_leader(), category=category).state == "open"


def test_leading_another_category_does_not_help(reviewed_hall):
    tomasz = a_category_leader(a_category("Print"))

    assert a_published_gig(by=tomasz, category=a_category("Type")).state == "in_review"


def test_a_draft_without_a_title_is_not_published(hall):
    maya = a_member()

    with pytest.raises(NotReady):
        a_published_gig(by=maya, title=" ")


CHANGES = {
    "direction": "offer",
    "kind": "mentorship",
    "settlement": "none",
    "category_id": "elsewhere",
    "audience": "members",
    "seats": 5,
    "due_on": clock.today("UTC") + timedelta(days=30),
    "starts_on": clock.today("UTC"),
    "ends_on": clock.today("UTC") + timedelta(days=9),
    "effort_span": "week",
    "effort_minutes": 600,
    "remote": False,
    "place": "Leeds",
    "pay_kind": "hourly",
    "pay_min": 100,
    "pay_max": 90000,
    "currency": "GBP",
    "credits_minutes": 60,
    "favour": "A cake.",
}


@pytest.mark.parametrize("name", TERMS)
def test_a_new_term_of_an_approved_gig_waits_while_the_gig_stays_as_it_was(reviewed_hall, name):
    maya, leader = a_member(), a_leader()
    gig = an_approved_gig(by=maya, approver=leader, settlement="money")
    value = a_category("Print").id if name == "category_id" else CHANGES[name]
    before = getattr(gig, name)

    edit = gig.revise({name: value}, by=maya)

    assert gig.is_open
    assert getattr(gig, name) == before != value
    assert edit.values == {name: value}

    gig.approve_edit(by=leader)

    assert getattr(gig, name) == value
    assert edit.state == "approved"


@pytest.mark.parametrize("name", [name for name in WORDS if name != "questions"])
def test_its_author_may_always_put_it_better(reviewed_hall, name):
    maya = a_member()
    gig = an_approved_gig(by=maya, approver=a_leader())

    assert gig.revise({name: "In better words"}, by=maya) is None

    assert getattr(gig, name) == "In better words"
    assert history("gig", gig.id)[-1].data["changed"] == [name]


def test_skills_are_words_as_well(reviewed_hall):
    maya = a_member()
    gig = an_approved_gig(by=maya, approver=a_leader())

    assert gig.revise({key: ["Lettering"] for key in SKILLS}, by=maya) is None

    assert gig.skills("needed") == gig.skills("gained") == ["Lettering"]


def test_words_are_in_force_at_once_while_terms_of_the_same_edit_wait(reviewed_hall):
    maya = a_member()
    gig = an_approved_gig(by=maya, approver=a_leader())

    edit = gig.revise({"title": "Paint our sign", "seats": 4}, by=maya)

    assert (gig.title, gig.seats) == ("Paint our sign", 1)
    assert edit.values == {"seats": 4}


def test_a_rested_or_expired_gig_is_no_way_around_review(reviewed_hall):
    maya = a_member()
    gig = an_approved_gig(by=maya, approver=a_leader())

    gig.pause(by=maya, why="Away.")
    assert gig.revise({"seats": 4}, by=maya) is not None
    gig.expire()
    assert gig.revise({"seats": 5}, by=maya) is not None
    gig.renew(by=maya)

    assert gig.seats == 1


def test_moving_an_open_gig_into_a_reviewed_category_waits(hall):
    maya, type_design = a_member(), a_category("Type", posting_rule="reviewed")
    gig = a_published_gig(by=maya)

    assert gig.revise({"category_id": type_design.id}, by=maya) is not None
    assert gig.category_id != type_design.id


def test_where_nothing_is_reviewed_an_edit_is_in_force_at_once(hall):
    maya = a_member()
    gig = a_published_gig(by=maya)

    assert gig.revise({"seats": 4}, by=maya) is None
    assert gig.seats == 4


def test_a_later_edit_replaces_the_one_that_waits(reviewed_hall):
    maya = a_member()
    gig = an_approved_gig(by=maya, approver=a_leader())

    first = gig.revise({"seats": 4}, by=maya)
    second = gig.revise({"seats": 5}, by=maya)

    assert (first.state, second.state) == ("withdrawn", "waiting")
    assert gig.revise({"seats": 5}, by=maya) is second


def test_going_back_to_the_approved_terms_withdraws_the_edit(reviewed_hall):
    maya = a_member()
    gig = an_approved_gig(by=maya, approver=a_leader())
    edit = gig.revise({"seats": 4}, by=maya)

    assert gig.revise({"seats": 1}, by=maya) is None
    assert edit.state == "withdrawn"


def test_an_edit_is_decided_once(reviewed_hall):
    maya, leader = a_member(), a_leader()
    gig = an_approved_gig(by=maya, approver=leader)
    edit = gig.revise({"seats": 4}, by=maya)

    gig.hand_back_edit(by=leader, why="The room holds two.")

    assert (edit.state, edit.reason, gig.seats) == ("returned", "The room holds two.", 1)
    with pytest.raises(AlreadyDecided):
        gig.approve_edit(by=leader)
    with pytest.raises(AlreadyDecided):
        gig.withdraw_edit(by=maya)


def test_an_edit_is_not_turned_down_without_a_reason(reviewed_hall):
    maya, leader = a_member(), a_leader()
    gig = an_approved_gig(by=maya, approver=leader)
    gig.revise({"seats": 4}, by=maya)

    with pytest.raises(ReasonMissing):
        gig.hand_back_edit(by=leader, why=" ")


def test_what_ends_leaves_no_edit_to_review(reviewed_hall):
    maya = a_member()
    gig = an_approved_gig(by=maya, approver=a_leader())
    edit_id = gig.revise({"seats": 4}, by=maya).id

    gig.close(by=maya, why="Done.")

    assert db.session.scalars(select(GigEdit.state).where(GigEdit.id == edit_id)).one() == "withdrawn"


@pytest.mark.parametrize("state", ["in_review", "closed", "removed"])
def test_what_is_being_looked_at_or_over_cannot_be_changed(hall, state):
    maya = a_member()
    gig = a_published_gig(by=maya)
    gig.state = state

    with pytest.raises(NotEditable):
        gig.revise({"title": "Something else"}, by=maya)


def an_approved_gig(*, by, approver, **columns):
    gig = a_published_gig(by=by, **columns)
    gig.approve(by=approver)
    db.session.commit()
    return gig
