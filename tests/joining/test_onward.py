"""Whoever comes to the door on the way to a page ends on that page."""

import re
from urllib.parse import quote, unquote

import pytest
from sqlalchemy import select, update

from app.accounts.models import User
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.core.local import local_path
from app.joining.models import Invitation, JoinRequest
from app.joining.onward import gig_at
from app.joining.rules import publish_rules
from tenants.context import acting_as, tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.accounts.walking import DESIGNERS, ID, Walker, code_for
from tests.factories import PASSWORD, a_leader, a_member, a_published_gig, a_user, acting

NAMED = {"name": "Sam Hill", "agreed": "y"}


@pytest.fixture
def walker(app, outbox):
    return Walker(app)


@pytest.fixture
def gig(hall):
    return a_published_gig(by=a_member("Maya Okafor"), title="Redraw a sign")


@pytest.fixture
def sam(app) -> User:
    user = a_user("Sam Hill", email="sam@example.org")
    user.choose_password(PASSWORD)
    db.session.commit()
    return user


def set_access(hall, **switches):
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(**switches))
    db.session.commit()


def hidden(page):
    """Return what the page's form says of the way on."""
    _, _, rest = page.text.partition('name="onward" value="')
    return rest.partition('"')[0]


def test_a_visitor_who_raises_a_hand_and_signs_in_and_joins_ends_on_the_gigs_form(walker, gig, sam):
    wanted = f"/gigs/{gig.id}/applications/new"
    walker.follow(walker.get(DESIGNERS + wanted))
    door = walker.sign_in("sam@example.org")
    assert (door.request.path, hidden(door)) == ("/join", wanted)
    refused = walker.post("/memberships", {"name": "", "onward": wanted})
    assert (refused.status_code, hidden(refused)) == (422, wanted)
    arrived = walker.follow(walker.post("/memberships", {**NAMED, "onward": hidden(refused)}))
    assert (arrived.status_code, arrived.request.path) == (200, wanted)


def test_a_visitor_with_a_new_account_ends_on_the_gig_of_a_hall_for_members_only(walker, hall, gig):
    set_access(hall, who_may_see="members")
    walker.follow(walker.get(f"{DESIGNERS}/gigs/{gig.id}"))
    walker.follow(walker.post(f"{ID}/sign-up", {"name": "Ana Ruiz", "email": "ana@example.org", "password": ""}))
    door = walker.type_code(code_for("ana@example.org"))
    arrived = walker.follow(walker.post("/memberships", {**NAMED, "onward": hidden(door)}))
    assert arrived.request.path == f"/gigs/{gig.id}"


def test_a_link_made_on_a_gigs_page_lets_somebody_in_and_leads_to_the_gig(walker, hall, gig, sam, browser):
    set_access(hall, who_may_see="members", who_may_join="invitation")
    moderator, page = browser(a_member("Ada Cole", roles=("moderator",))), f"/desk/invitations/gigs/{gig.id}"
    assert f'href="{page}"' in moderator.get(f"/gigs/{gig.id}").text
    assert moderator.post(page, data={"uses": 1, "days": 400}).status_code == 422
    moderator.post(page, data={"uses": 1, "days": 30})
    [address] = re.findall(r"<code>([^<]+)</code>", moderator.get(page).text)
    door = walker.follow(walker.get(address))
    walker.enter(onward=quote(f"{door.request.full_path}"))
    door = walker.sign_in("sam@example.org")
    arrived = walker.follow(walker.post("/memberships", {**NAMED, "onward": hidden(door)}))
    assert arrived.request.path == f"/gigs/{gig.id}"
    assert "1 came by it" in moderator.get(page).text


def test_only_who_may_invite_is_offered_a_link_to_a_gig_and_only_while_it_is_open(hall, gig, browser):
    page = f"/desk/invitations/gigs/{gig.id}"
    member, moderator = browser(a_member("Sam Reyes")), browser(a_member("Ada Cole", roles=("moderator",)))
    assert page not in member.get(f"/gigs/{gig.id}").text
    assert member.get(page).status_code == 403
    gig.close(by=db.session.get_one(Member, (hall.id, gig.author_id)), why="Done.")
    db.session.commit()
    assert page not in moderator.get(f"/gigs/{gig.id}").text
    assert (moderator.get(page).status_code, moderator.post(page, data={"uses": 1, "days": 9}).status_code) == (
        404,
        404,
    )


def test_the_links_that_every_page_shares_lead_back_to_the_page_they_were_on(walker, gig, sam):
    shown = f"{DESIGNERS}/gigs/{gig.id}"
    door = walker.get(f"{DESIGNERS}/join", headers={"Referer": shown})
    assert f"onward=/join?onward=/gigs/{gig.id}" in unquote(unquote(door.text))
    walker.follow(walker.get(f"{DESIGNERS}/enter", headers={"Referer": shown}))
    assert hidden(walker.sign_in("sam@example.org")) == f"/gigs/{gig.id}"


@pytest.mark.parametrize(
    "referrer", ["https://evil.example/gigs/1", "http://hillside.localhost:8000/gigs", f"{DESIGNERS}/arrive?code=x",
                 f"{DESIGNERS}/join?onward=/x", f"{DESIGNERS}//evil.example/", f"{DESIGNERS}/nowhere"]
)  # fmt: skip
def test_a_page_of_somebody_else_or_a_door_is_nowhere_to_lead_back_to(walker, hall, sam, referrer):
    walker.follow(walker.get(f"{DESIGNERS}/enter", headers={"Referer": referrer}))
    assert hidden(walker.sign_in("sam@example.org")) == ""


def test_an_invitation_link_leads_to_the_gig_that_it_names(walker, hall, gig, sam):
    set_access(hall, who_may_join="invitation")
    invitation = Invitation.send("sam@example.org", by=acting(a_leader()), now=clock.now())
    db.session.commit()
    walker.get(f"{DESIGNERS}/invitations/{invitation.token}?onward=/gigs/{gig.id}")
    walker.enter(onward=quote(f"/join?onward=/gigs/{gig.id}"))
    door = walker.sign_in("sam@example.org")
    arrived = walker.follow(walker.post("/memberships", {**NAMED, "onward": hidden(door)}))
    assert arrived.request.path == f"/gigs/{gig.id}"
    again = walker.follow(walker.get(f"/invitations/{invitation.token}?onward=/gigs/{gig.id}"))
    assert again.request.path == f"/gigs/{gig.id}", "a member goes straight there"


def test_by_approval_the_mail_that_says_you_are_in_leads_to_the_gig(walker, hall, gig, sam, outbox):
    set_access(hall, who_may_join="approval")
    leader = acting(a_leader())
    db.session.commit()
    door = _ask(walker, gig.id)
    assert "where you came from" in door.text
    _approve(sam, leader)
    _run_jobs(hall)
    told = outbox.to(sam)
    assert told.subject == "You are in: welcome to Designers"
    assert f"{DESIGNERS}/gigs/{gig.id}" in told.text
    assert "Redraw a sign" in told.text
    assert walker.follow(walker.get(f"/join?onward=/gigs/{gig.id}")).request.path == f"/gigs/{gig.id}"


def test_the_mail_leads_to_ones_profile_where_the_gig_is_another_tenants(walker, hall, other_hall, sam, outbox):
    set_access(hall, who_may_join="approval")
    leader = acting(a_leader())
    db.session.commit()
    with tenant_context(other_hall):
        theirs = a_published_gig(by=a_member("Rosa Lind"), title="Mend a fence").id
        db.session.commit()
    _ask(walker, theirs)
    _approve(sam, leader)
    _run_jobs(hall)
    assert outbox.to(sam).subject == "Welcome to Designers"
    assert "Mend a fence" not in outbox.to(sam).text


def test_a_member_accepts_new_rules_and_goes_on_to_the_gig(walker, hall, gig, sam):
    a_member("Sam Hill", user=sam)
    publish_rules(terms="", guidelines="Be kind.", note="", by=acting(a_leader()), now=clock.now())
    db.session.commit()
    wanted = f"/gigs/{gig.id}/applications/new"
    walker.follow(walker.get(DESIGNERS + wanted))
    asked = walker.sign_in("sam@example.org")
    assert (asked.request.path, hidden(asked)) == ("/rules/acceptance", wanted)
    assert walker.follow(walker.post("/rules/acceptance", {"onward": wanted})).request.path == wanted


@pytest.mark.parametrize(
    "evil",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\tevil", "javascript:alert(1)", "/" + "x" * 2000],
)
def test_nobody_is_led_to_another_host(walker, hall, sam, evil):
    walker.enter()
    walker.sign_in("sam@example.org")
    assert hidden(walker.get(f"{DESIGNERS}/join?onward={quote(evil, safe='')}")) == ""
    joined = walker.post("/memberships", {**NAMED, "onward": evil})
    assert joined.location == "/"
    assert walker.get(f"/join?onward={quote(evil, safe='')}").location == "/"
    assert walker.get(f"/invitations/x?onward={quote(evil, safe='')}").location == "/join"
    assert local_path(evil) == "/"


def test_joining_twice_from_two_tabs_leads_on_both_times(walker, gig, sam):
    walker.enter()
    walker.sign_in("sam@example.org")
    for _ in range(2):
        sent = walker.post("/memberships", {**NAMED, "onward": f"/gigs/{gig.id}"})
        assert sent.location == f"/gigs/{gig.id}"


@pytest.mark.parametrize("path", ["/", "/gigs", "/gigs/new", "/gigs/x", "/people/01a1fffd-4811-7381-a636-ba5fb571dd14"])
def test_only_a_gigs_address_is_one(path):
    assert gig_at(path) is None
    assert gig_at("/gigs/01a1fffd-4811-7381-a636-ba5fb571dd14/applications/new") is not None


def _ask(walker, gig_id):
    walker.enter(onward=f"/gigs/{gig_id}")
    door = walker.sign_in("sam@example.org")
    return walker.follow(walker.post("/memberships", {**NAMED, "onward": hidden(door)}))


def _approve(user, leader):
    request = db.session.scalars(select(JoinRequest).where(scoped(JoinRequest))).one()
    request.approve(user, by=leader, now=clock.now())
    db.session.commit()


def _run_jobs(hall):
    with acting_as(None), tenant_context(hall):
        run_due()
