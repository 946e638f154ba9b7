"""Moderators end a membership."""

import pytest
from sqlalchemy import select

from app.activity.models import Activity
from app.agreements.models import Agreement
from app.core import clock
from app.core.database import db
from app.departures.departure import AlreadyGone, NotBanned, ban, lift_ban, remove
from app.departures.failures import YourOwnAgreement
from app.gigs.models import Gig
from app.joining.admission import Banned
from app.joining.models import Invitation
from app.joining.rules import publish_rules
from app.joining.ways_in import Removed, come_in, door_for
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import a_hall, a_leader, a_member, a_published_gig, a_user, acting, an_agreement, run_jobs
from tests.people.arranging import somebody

RULE = {"rule": "Credit the maker", "why": "The third piece is somebody else's."}
FORM = {"to": "removed", "rule": "Advertising or spam", "why": "Nine copies of one gig.", "sure": "y"}


@pytest.fixture
def leader(hall):
    return a_leader()


@pytest.fixture
def sam(leader):
    return somebody("Sam Reyes", headline="Gilder")


def gone(member):
    return db.session.get_one(Member, (member.tenant_id, member.id))


def test_a_moderator_removes_a_member_with_a_rule_and_a_reason(sam, browser):
    mod = a_member("Ada Byron", roles=("moderator",))
    answer = browser(mod).post(f"/desk/members/{sam.id}/removal", data=FORM)
    assert answer.location == f"/people/{sam.id}"
    assert (gone(sam).standing, gone(sam).name) == ("removed", "Former member")
    fact = db.session.scalars(select(Activity).where(scoped(Activity), Activity.verb == "removed")).one()
    assert (fact.actor_id, fact.reason, fact.data["rule"]) == (mod.id, FORM["why"], FORM["rule"])


def test_the_marketplace_s_own_rules_are_offered(sam, leader, browser):
    publish_rules(
        terms="", guidelines="1. **Say the money.** Every gig.\n2. **Answer people.** Yes or no.", note="",
        by=acting(leader), now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    boss = browser(db.session.get_one(Member, (leader.tenant_id, leader.id)))
    page = boss.get(f"/desk/members/{sam.id}/removal").text
    for words in ("Say the money", "Answer people", "Another rule"):
        assert words in page


@pytest.mark.parametrize("missing", ["to", "rule", "why", "sure"])
def test_nothing_happens_while_something_is_missing(sam, leader, browser, missing):
    answer = browser(leader).post(f"/desk/members/{sam.id}/removal", data={**FORM, missing: ""})
    assert answer.status_code == 422
    assert gone(sam).is_active
    if missing != "why":
        assert FORM["why"] in answer.text


@pytest.mark.parametrize(
    ("by", "whom", "status"),
    [
        ((), (), 403),
        (("moderator",), (), 200),
        (("moderator",), ("moderator",), 403),
        (("moderator",), ("admin",), 403),
        (("admin",), ("moderator",), 200),
        (("admin",), ("admin",), 403),
        (("leader",), ("admin",), 200),
        (("leader",), ("leader",), 403),
    ],
)
def test_who_may_remove_whom(leader, browser, by, whom, status):
    one, other = a_member("Ada Byron", roles=by), a_member("Zoe Roe", roles=whom)
    me = browser(one)
    assert me.get(f"/desk/members/{other.id}/removal").status_code == status
    assert ("Remove …" in me.get(f"/people/{other.id}").text) == (status == 200)


def test_nobody_removes_themselves(leader, browser):
    assert browser(leader).post(f"/desk/members/{leader.id}/removal", data=FORM).status_code == 403


def test_live_agreements_end_with_words_and_a_free_seat(leader):
    agreement = an_agreement(state="active")
    remove(agreement.worker_id, by=acting(leader), now=clock.now(), **RULE)
    db.session.commit()
    found = db.session.get_one(Agreement, (agreement.tenant_id, agreement.id))
    assert (found.state, found.reason) == ("cancelled", "They are no longer a member here.")
    assert db.session.get_one(Gig, (found.tenant_id, found.gig_id)).seats_taken == 0


def test_the_gigs_of_whoever_is_removed_close(sam, leader):
    gig = a_published_gig(by=sam)
    ban(sam.id, by=acting(leader), now=clock.now(), **RULE)
    db.session.commit()
    assert db.session.get_one(Gig, (gig.tenant_id, gig.id)).state == "closed"


def test_a_moderator_with_an_agreement_of_their_own_leaves_it_to_others(leader):
    agreement = an_agreement(state="active")
    worker = db.session.get_one(Member, (agreement.tenant_id, agreement.worker_id))
    actor = acting(worker)
    with pytest.raises(YourOwnAgreement):
        remove(agreement.client_id, by=actor, now=clock.now(), **RULE)


def test_a_banned_person_finds_the_door_closed_to_everything(leader):
    user = a_user("Sam Reyes", email="sam@example.org")
    member = a_member("Sam Reyes", user=user)
    ban(member.id, by=acting(leader), now=clock.now(), **RULE)
    invitation = Invitation.send(user.email, by=acting(leader), now=clock.now())
    db.session.commit()
    for token in (None, invitation.token):
        with pytest.raises(Banned):
            door_for(user, token=token, now=clock.now())


def test_a_removed_person_comes_back_by_an_invitation_alone(leader):
    user = a_user("Sam Reyes", email="sam@example.org")
    member = a_member("Sam Reyes", user=user)
    old = Invitation.send("sam@example.org", by=acting(leader), now=clock.now())
    remove(member.id, by=acting(leader), now=clock.now(), **RULE)
    db.session.commit()
    for token in (None, old.token):
        with pytest.raises(Removed):
            door_for(user, token=token, now=clock.now())
    new = Invitation.send("sam@example.org", by=acting(leader), now=clock.now())
    db.session.commit()
    again = come_in(user, door_for(user, token=new.token, now=clock.now()), name="Sam R.", now=clock.now())
    assert (again.id, again.name, again.standing, again.standing_reason) == (member.id, "Sam R.", "active", "")


def test_whoever_is_removed_reads_the_rule_and_the_reason(leader, outbox):
    sam = a_member("Sam Reyes", user=a_user("Sam Reyes", email="sam@example.org"))
    remove(sam.id, by=acting(leader), now=clock.now(), **RULE)
    db.session.commit()
    run_jobs()
    letter = outbox.to("sam@example.org")
    for words in RULE.values():
        assert words in letter.text


def test_a_removed_persons_pages_ask_to_sign_in_again(sam, leader, browser):
    me = browser(sam)
    remove(sam.id, by=acting(leader), now=clock.now(), **RULE)
    db.session.commit()
    assert me.get("/profile").status_code == 302


def test_a_ban_can_be_lifted_and_then_an_invitation_counts_again(sam, leader, browser):
    ban(sam.id, by=acting(leader), now=clock.now(), **RULE)
    db.session.commit()
    boss, path = browser(leader), f"/desk/members/{sam.id}/pardon"
    assert "Sam Reyes" in boss.get(path).text
    assert boss.post(path, data={}).status_code == 422
    assert boss.post(path, data={"why": "It was somebody else."}).location == f"/people/{sam.id}"
    assert gone(sam).standing == "removed"
    assert boss.post(path, data={"why": "Twice."}).status_code == 409
    with pytest.raises(NotBanned):
        lift_ban(sam.id, by=acting(leader), why="x", now=clock.now())


def test_only_moderators_read_whom_they_sent_away(sam, leader, browser):
    remove(sam.id, by=acting(leader), now=clock.now(), **RULE)
    db.session.commit()
    page = browser(leader).get(f"/people/{sam.id}").text
    for words in ("Sam Reyes", *RULE.values()):
        assert words.replace("'", "&#39;") in page
    for looks in (browser(a_member("Ada Byron")), browser()):
        page = looks.get(f"/people/{sam.id}").text
        assert "Sam" not in page
        assert "Credit" not in page
    assert "Sam Reyes" in browser(leader).get("/desk/members?standing=removed").text


def test_two_moderators_at_once_remove_somebody_once(sam, leader, browser):
    remove(sam.id, by=acting(leader), now=clock.now(), **RULE)
    db.session.commit()
    with pytest.raises(AlreadyGone):
        ban(sam.id, by=acting(leader), now=clock.now(), **RULE)
    db.session.rollback()
    answer = browser(leader).post(f"/desk/members/{sam.id}/removal", data=FORM)
    assert answer.status_code == 409
    assert "no longer a member" in browser(leader).get(f"/desk/members/{sam.id}/removal").text


def test_members_of_other_halls_cannot_be_removed(leader, browser):
    db.session.commit()
    with tenant_context(a_hall("hillside")):
        stranger = a_member("Sam Reyes").id
        db.session.commit()
    for path in (f"/desk/members/{stranger}/removal", f"/desk/members/{stranger}/pardon"):
        assert browser(leader).get(path).status_code == 404
        assert browser(leader).post(path, data=FORM).status_code == 404


def test_the_desk_leads_there(sam, leader, browser):
    page = browser(leader).get("/desk/members").text
    assert f"/desk/members/{sam.id}/removal" in page
    assert f"/desk/members/{leader.id}/removal" not in page
