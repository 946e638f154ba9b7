"""Who may come into a tenant, and how."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.accounts.models import Tribe
from app.core import clock
from app.core.database import db
from app.joining.admission import AlreadyAMember, Banned, admit
from app.joining.models import AlreadyDecided, Invitation, InvitationLink, InvitationOver, JoinRequest, RulesAcceptance
from app.joining.rules import publish_rules, rules_in_force
from app.joining.tokens import new_link_token
from app.joining.ways_in import NoWayIn, ask_to_join, come_in, door_for
from tenants.context import Actor, tenant
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.factories import a_leader, a_member, a_user, acting


def set_access(**switches):
    db.session.execute(update(Tenant).where(Tenant.id == tenant.id).values(**switches))


@pytest.fixture
def leader(hall) -> Actor:
    return acting(a_leader())


def test_an_open_door_lets_anybody_in(hall):
    sam = a_user("Sam Hill")
    member = come_in(sam, door_for(sam, token=None, now=clock.now()), name="Sam", now=clock.now())
    assert member.is_active
    assert db.session.scalars(select(Tribe.member_id).where(Tribe.user_id == sam.id)).all() == [member.id]


def test_coming_in_twice_is_refused(hall):
    sam = a_user("Sam Hill")
    a_member(user=sam)
    with pytest.raises(AlreadyAMember):
        admit(sam, name="Sam")


def test_whoever_left_comes_back_as_the_same_member(hall):
    sam = a_user("Sam Hill")
    before = a_member(user=sam)
    before.standing = "left"
    db.session.execute(Tribe.__table__.delete().where(Tribe.member_id == before.id))
    assert admit(sam, name="Sam").id == before.id


def test_whoever_was_banned_finds_no_door(hall):
    sam = a_user("Sam Hill")
    a_member(user=sam).standing = "banned"
    with pytest.raises(Banned):
        door_for(sam, token=None, now=clock.now())


def test_without_an_invitation_a_closed_door_stays_closed(hall):
    set_access(who_may_join="invitation")
    sam = a_user("Sam Hill")
    door = door_for(sam, token=None, now=clock.now())
    with pytest.raises(NoWayIn):
        come_in(sam, door, name="Sam", now=clock.now())


def test_an_invitation_opens_a_closed_door_once_and_names_who_sent_it(hall, leader):
    set_access(who_may_join="invitation")
    invitation = Invitation.send("sam@example.org", by=leader, now=clock.now())
    sam = a_user("Sam Hill")
    door = door_for(sam, token=invitation.token, now=clock.now())
    assert door.inviter.id == leader.id
    come_in(sam, door, name="Sam", now=clock.now())
    with pytest.raises(InvitationOver):
        door_for(a_user("Second Sam"), token=invitation.token, now=clock.now())


def test_an_invitation_ends_after_two_weeks(hall, leader):
    set_access(who_may_join="invitation")
    invitation = Invitation.send("sam@example.org", by=leader, now=clock.now())
    with pytest.raises(InvitationOver):
        door_for(a_user("Sam Hill"), token=invitation.token, now=clock.now() + timedelta(days=15))


def test_a_revoked_invitation_lets_nobody_in(hall, leader):
    set_access(who_may_join="invitation")
    invitation = Invitation.send("sam@example.org", by=leader, now=clock.now())
    invitation.revoke(by=leader, now=clock.now())
    with pytest.raises(InvitationOver):
        door_for(a_user("Sam Hill"), token=invitation.token, now=clock.now())


def test_a_new_invitation_to_an_address_replaces_the_old_one(hall, leader):
    old = Invitation.send("sam@example.org", by=leader, now=clock.now())
    Invitation.send("Sam@Example.org", by=leader, now=clock.now())
    assert not old.is_open(now=clock.now())


def test_a_link_lets_in_as_many_as_it_has_uses_and_can_be_renewed(hall, leader):
    set_access(who_may_join="invitation")
    link = InvitationLink(
        token=new_link_token(),
        uses_left=1,
        created_by=leader.id,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=7),
    )
    db.session.add(link)
    db.session.flush()
    first, second = a_user("First"), a_user("Second")
    come_in(first, door_for(first, token=link.token, now=clock.now()), name="First", now=clock.now())
    with pytest.raises(InvitationOver):
        door_for(second, token=link.token, now=clock.now())
    link.renew(uses=5, until=clock.now() + timedelta(days=7), by=leader)
    assert door_for(second, token=link.token, now=clock.now()).way == "link"


def test_a_proved_address_of_the_domain_opens_the_door(hall):
    set_access(who_may_join="invitation", join_domains=["northwind.example"])
    proved = a_user("In House", email="in@northwind.example")
    unproved = a_user("Not Yet", email="not@northwind.example", email_verified_at=None)
    outside = a_user("Out Side", email="out@notnorthwind.example")
    assert [door_for(one, token=None, now=clock.now()).way for one in (proved, unproved, outside)] == [
        "domain",
        "none",
        "none",
    ]


def test_by_approval_a_person_asks_answers_and_is_let_in(hall, leader):
    set_access(who_may_join="approval", join_questions=["What do you make?"])
    sam = a_user("Sam Hill")
    door = door_for(sam, token=None, now=clock.now())
    request = ask_to_join(sam, door, name="Sam", answers=["Signs"], now=clock.now())
    assert (
        ask_to_join(sam, door_for(sam, token=None, now=clock.now()), name="Sam", answers=["x"], now=clock.now())
        is request
    )
    member = request.approve(sam, by=leader, now=clock.now())
    assert member.is_active
    with pytest.raises(AlreadyDecided):
        request.refuse(by=leader, why="Too late", now=clock.now())


def test_a_refused_request_says_why(hall, leader):
    set_access(who_may_join="approval")
    sam = a_user("Sam Hill")
    request = ask_to_join(sam, door_for(sam, token=None, now=clock.now()), name="Sam", answers=[], now=clock.now())
    request.refuse(by=leader, why="Members work in Leeds", now=clock.now())
    door = door_for(sam, token=None, now=clock.now())
    assert (door.request.state, door.request.reason) == ("refused", "Members work in Leeds")
    assert (
        db.session.scalar(select(func.count()).select_from(Member).where(scoped(Member), Member.user_id == sam.id)) == 0
    )


def test_new_rules_ask_everybody_again_but_not_their_author(hall, leader, browser):
    maya = a_member("Maya Okafor")
    publish_rules(terms="Be fair.", guidelines="Be kind.", note="First version", by=leader, now=clock.now())
    db.session.commit()
    page = browser(maya).get("/gigs-that-do-not-matter")
    assert page.status_code == 404
    assert rules_in_force().version == 1
    accepted = db.session.scalars(select(RulesAcceptance.member_id).where(scoped(RulesAcceptance))).all()
    assert accepted == [leader.id]


def test_requests_wait_once_per_person(hall, leader):
    set_access(who_may_join="approval")
    sam = a_user("Sam Hill")
    for _ in range(2):
        ask_to_join(sam, door_for(sam, token=None, now=clock.now()), name="Sam", answers=[], now=clock.now())
    assert db.session.scalar(select(func.count()).select_from(JoinRequest).where(scoped(JoinRequest))) == 1
