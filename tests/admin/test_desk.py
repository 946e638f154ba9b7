"""The leader's desk: who may open it, and that what is settled there is kept."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.joining.models import Invitation, InvitationLink, JoinRequest, Rules
from app.joining.roles import LastLeader, give_roles, hall_roles_of
from app.joining.ways_in import Door, ask_to_join, door_for
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.factories import a_gig, a_leader, a_member, a_user, acting

PAGES = [f"/desk/{page}" for page in ("", *"settings access look members requests invitations rules".split())]


@pytest.fixture
def desk(hall, browser):
    return browser(a_leader())


@pytest.mark.parametrize("path", PAGES)
def test_a_leader_opens_every_page(desk, path):
    assert desk.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_member_opens_none(hall, browser, path):
    assert browser(a_member()).get(path).status_code == 403


def test_a_moderator_may_invite_but_not_settle(hall, browser):
    moderator = browser(a_member(roles=("moderator",)))
    assert moderator.get("/desk/invitations").status_code == 200
    assert moderator.get("/desk/settings").status_code == 403


def test_the_desk_shows_its_parts_and_the_pages_of_the_one_in_which_one_is(desk, browser):
    def rows(page):
        return [
            re.findall(r'<a href="([^"]+)"', row) for row in re.findall(r'<nav class="tabs".*?</nav>', page, re.DOTALL)
        ]

    parts, pages = rows(desk.get("/desk/requests").text)
    assert parts == [
        "/desk/",
        "/desk/members",
        "/desk/reports",
        "/desk/skills",
        "/desk/settings",
        "/desk/look",
        "/desk/money",
    ]
    assert pages == ["/desk/members", "/desk/requests", "/desk/invitations"]
    moderator = browser(a_member("Mo Idris", roles=("moderator",)))
    assert rows(moderator.get("/desk/reports").text) == [
        ["/desk/", "/desk/invitations", "/desk/reports"],
        ["/desk/reports", "/desk/moderation", "/disputes", "/reviews/notes"],
    ]


def test_settings_are_kept_and_written_down(desk, hall):
    answer = desk.post("/desk/settings", data={
        "name": "Letterform",
        "time_zone": "Europe/London", "locale": "de", "currency": "GBP", "gig_days": "30",
    })  # fmt: skip
    assert answer.status_code == 302
    row = db.session.get_one(Tenant, hall.id)
    assert (row.name, row.time_zone, row.currency, row.gig_days) == ("Letterform", "Europe/London", "GBP", 30)


def test_bad_settings_are_told_and_what_was_typed_is_kept(desk):
    answer = desk.post(
        "/desk/settings",
        data={"name": "", "gig_days": "soon", "time_zone": "Mars", "currency": "XXX"},
    )
    assert answer.status_code == 422
    assert "A marketplace needs a name." in answer.text
    assert "soon" in answer.text


def test_access_switches_are_kept(desk, hall):
    answer = desk.post("/desk/access", data={
        "who_may_see": "members", "who_may_join": "approval", "who_may_post": "reviewed",
        "join_domains": "Northwind.example", "join_questions": "What do you make?\n\nWho sent you?",
    })  # fmt: skip
    assert answer.status_code == 302
    row = db.session.get_one(Tenant, hall.id)
    assert (row.who_may_see, row.who_may_join, row.who_may_post) == ("members", "approval", "reviewed")
    assert (row.join_domains, row.join_questions) == (["northwind.example"], ["What do you make?", "Who sent you?"])


def test_invitations_go_out_one_for_each_address(desk):
    answer = desk.post(
        "/desk/invitations", data={"addresses": "a@example.org, b@example.org\na@example.org", "note": "Come!"}
    )
    assert answer.status_code == 302
    assert sorted(db.session.scalars(select(Invitation.email).where(scoped(Invitation)))) == [
        "a@example.org",
        "b@example.org",
    ]


def test_an_address_that_is_none_is_named_and_nothing_is_sent(desk):
    answer = desk.post("/desk/invitations", data={"addresses": "a@example.org, nonsense"})
    assert answer.status_code == 422
    assert "nonsense" in answer.text
    assert db.session.scalars(select(Invitation.id).where(scoped(Invitation))).all() == []


def test_an_invitation_can_be_taken_back(desk):
    desk.post("/desk/invitations", data={"addresses": "a@example.org"})
    invitation = db.session.scalars(select(Invitation).where(scoped(Invitation))).one()
    assert desk.post(f"/desk/invitations/{invitation.id}/revocation").status_code == 302
    assert desk.post(f"/desk/invitations/{invitation.id}/revocation").status_code == 410


def test_a_link_is_made_stopped_and_renewed(desk):
    assert desk.post("/desk/links", data={"uses": "5", "days": "7", "note": "Meet-up"}).status_code == 302
    link = db.session.scalars(select(InvitationLink).where(scoped(InvitationLink))).one()
    desk.post(f"/desk/links/{link.id}/revocation")
    assert not link.is_open(now=clock.now())
    desk.post(f"/desk/links/{link.id}/renewal")
    assert link.is_open(now=clock.now())


def test_a_request_is_approved_once(desk, hall):
    db.session.get_one(Tenant, hall.id).who_may_join = "approval"
    sam = a_user("Sam Hill")
    request = ask_to_join(sam, door_for(sam, token=None, now=clock.now()), name="Sam", answers=[], now=clock.now())
    assert desk.post(f"/desk/requests/{request.id}/approval").status_code == 302
    assert db.session.scalars(select(Member.name).where(scoped(Member), Member.user_id == sam.id)).one() == "Sam"
    assert desk.post(f"/desk/requests/{request.id}/approval").status_code == 409


def test_a_refusal_needs_a_reason(desk, hall):
    db.session.get_one(Tenant, hall.id).who_may_join = "approval"
    sam = a_user("Sam Hill")
    request = ask_to_join(sam, door_for(sam, token=None, now=clock.now()), name="Sam", answers=[], now=clock.now())
    assert desk.post(f"/desk/requests/{request.id}/refusal", data={"reason": " "}).status_code == 422
    assert desk.post(f"/desk/requests/{request.id}/refusal", data={"reason": "Not in Leeds"}).status_code == 302
    assert db.session.get_one(JoinRequest, (hall.id, request.id)).reason == "Not in Leeds"


def test_rules_are_published_in_versions(desk):
    for number in (1, 2):
        desk.post("/desk/rules", data={"guidelines": f"Be kind {number}", "terms": "Be fair", "note": "Clearer"})
    assert db.session.scalars(select(Rules.version).where(scoped(Rules)).order_by(Rules.version)).all() == [1, 2]
    assert "Be kind 2" in desk.get("/rules").text


def test_a_member_who_has_not_accepted_the_rules_is_asked_first(desk, hall, browser):
    maya = a_member("Maya Okafor", roles=("moderator",))
    desk.post("/desk/rules", data={"guidelines": "Be kind", "terms": "", "note": "First"})
    page = browser(maya)
    assert page.get("/desk/invitations").headers["Location"].startswith("/rules/acceptance")
    assert (
        page.post("/rules/acceptance", data={"onward": "/desk/invitations"}).headers["Location"] == "/desk/invitations"
    )
    assert page.get("/desk/invitations").status_code == 200


def test_the_way_onward_never_leaves_the_hall(desk):
    for hostile in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/a\r\nX: y"):
        assert desk.post("/rules/acceptance", data={"onward": hostile}).headers["Location"] == "/"


def test_roles_are_given_and_taken(desk, hall):
    maya = a_member("Maya Okafor")
    desk.post(f"/desk/members/{maya.id}/roles", data={"roles": ["admin", "moderator"]})
    assert hall_roles_of(maya) == ["admin", "moderator"]
    desk.post(f"/desk/members/{maya.id}/roles", data={"roles": ["moderator"]})
    assert hall_roles_of(maya) == ["moderator"]


def test_the_last_leader_stays_one(hall):
    ines = a_leader()
    with pytest.raises(LastLeader):
        give_roles(ines, ["admin"], by=acting(ines))


def test_only_leaders_give_roles(hall, browser):
    admin = a_member("Ada Min", roles=("admin",))
    assert browser(admin).post(f"/desk/members/{admin.id}/roles", data={"roles": ["leader"]}).status_code == 403


def test_the_desk_names_what_waits_the_longest_first_and_only_what_its_reader_decides(desk, hall, browser):
    author = a_member("Maya Okafor")
    with clock.travel(to=clock.now() - timedelta(days=2)):
        a_gig(by=author, title="Letter a boat").submit(by=acting(author))
        db.session.commit()
    ask_to_join(a_user("Sam Hill"), Door("approval"), name="Sam Hill", answers=[], now=clock.now())
    page = desk.get("/desk/").text
    assert page.index("Letter a boat") < page.index("Sam Hill asks to join")
    assert "Maya Okafor" in page
    moderated = browser(a_member("Mo", roles=("moderator",))).get("/desk/").text
    assert "Letter a boat" in moderated
    assert "Sam Hill" not in moderated


def test_an_empty_desk_says_what_to_do(desk):
    assert "Nothing waits for you" in desk.get("/desk/").text
