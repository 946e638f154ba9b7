"""Leaving a marketplace oneself."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select, text

from app.accounts.models import HallSession, IdentitySession, Tribe, User
from app.accounts.tribes import tribes_of
from app.activity.models import Activity
from app.agreements.models import Agreement
from app.applications.models import Application
from app.core import clock, pictures
from app.core.database import db
from app.core.errors import NotFound
from app.departures.departure import leave
from app.departures.failures import AlreadyGone, StillNeeded
from app.departures.forgetting import own_columns
from app.gigs.models import Gig
from app.imports.models import Import
from app.joining.models import Invitation, JoinRequest
from app.metadata import metadata
from app.profiles.models import Profile
from app.reviews.models import Review
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Role
from tests.factories import (
    a_gig,
    a_hall,
    a_leader,
    a_member,
    a_published_gig,
    a_user,
    acting,
    an_agreement,
    an_application,
    run_jobs,
)
from tests.people.arranging import somebody

SURE = {"sure": "y"}


@pytest.fixture
def leader(hall):
    return a_leader()


def going(member):
    leave(acting(member), now=clock.now())
    db.session.commit()
    return db.session.get_one(Member, (member.tenant_id, member.id))


def count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(scoped(model), *conditions))


def test_the_page_says_what_will_happen(leader, browser):
    sam = somebody("Sam Reyes", pieces=2)
    a_published_gig(by=sam)
    a_gig(by=sam)
    page = browser(sam).get("/settings/departure").text
    for words in ("1 of your gigs closes", "1 draft", "2 pieces of work", "nobody can bring this back"):
        assert words in page


def test_nobody_leaves_by_mistake(leader, browser):
    sam = a_member("Sam Reyes")
    answer = browser(sam).post("/settings/departure", data={})
    assert answer.status_code == 422
    assert "Please tick this" in answer.text
    assert db.session.get_one(Member, (sam.tenant_id, sam.id)).is_active


def test_whoever_left_is_a_visitor_at_once_on_every_device(leader, browser):
    sam = a_member("Sam Reyes")
    one, other = browser(sam), browser(sam)
    answer = one.post("/settings/departure", data=SURE)
    assert answer.location == "/"
    assert "You have left Designers" in one.get("/").text
    assert other.get("/profile").location.startswith("/enter")
    assert count(HallSession, HallSession.user_id == sam.user_id) == 0


def test_a_second_tab_cannot_leave_again(leader, browser):
    sam = a_member("Sam Reyes")
    actor = acting(sam)
    going(sam)
    with pytest.raises(AlreadyGone):
        leave(actor, now=clock.now())


def test_the_member_is_nobody_afterwards(leader):
    sam = somebody("Sam Reyes", headline="Gilder", held=("Gilding",))
    user_id = sam.user_id
    gone = going(sam)
    assert (gone.name, gone.user_id, gone.picture, gone.standing) == ("Former member", None, None, "left")
    assert count(Profile, Profile.member_id == sam.id) == 0
    assert db.session.get(User, user_id).name == "Sam Reyes"


def test_pictures_leave_no_file(leader, browser, outbox):
    sam = a_member("Sam Reyes")
    content = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "PNG")
    me = browser(sam)
    for path, data in (("/profile/picture", {}), ("/profile/portfolio", {"title": "Sign"})):
        me.post(path, data={**data, "picture": (BytesIO(content.getvalue() + path.encode()), "a.png")})
    names = [
        db.session.get_one(Member, (sam.tenant_id, sam.id)).picture,
        db.session.execute(text("SELECT picture FROM portfolio_items")).scalar_one(),
    ]
    going(sam)
    run_jobs()
    for name in names:
        with pytest.raises(NotFound):
            pictures.respond(sam.tenant_id, name, "small")


def test_live_gigs_close_and_drafts_are_deleted(leader):
    sam = a_member("Sam Reyes")
    live, paused = a_published_gig(by=sam), a_published_gig(by=sam)
    a_gig(by=sam, title="A draft that nobody saw")
    paused.pause(by=sam, why="A week away.")
    db.session.commit()
    going(sam)
    assert {gig.id: gig.state for gig in db.session.scalars(select(Gig).where(scoped(Gig)))} == {
        live.id: "closed",
        paused.id: "closed",
    }


def test_whoever_applied_gets_an_answer(leader):
    application = an_application()
    author = db.session.get_one(Member, (application.tenant_id, application.gig.author_id))
    going(author)
    found = db.session.get_one(Application, (application.tenant_id, application.id))
    assert found.state == "closed"
    assert "left the marketplace" in found.reason


def test_open_applications_are_taken_back(leader):
    application = an_application(state="shortlisted")
    going(db.session.get_one(Member, (application.tenant_id, application.applicant_id)))
    assert db.session.get_one(Application, (application.tenant_id, application.id)).state == "closed"


@pytest.mark.parametrize("side", ["client_id", "worker_id"])
@pytest.mark.parametrize("state", ["proposed", "countered"])
def test_offers_still_talked_about_are_called_off(leader, side, state):
    agreement = an_agreement(state=state)
    going(db.session.get_one(Member, (agreement.tenant_id, getattr(agreement, side))))
    assert db.session.get_one(Agreement, (agreement.tenant_id, agreement.id)).state == "cancelled"
    assert count(Application, Application.state.in_(("sent", "shortlisted", "offered", "accepted"))) == 0


@pytest.mark.parametrize("side", ["client_id", "worker_id"])
@pytest.mark.parametrize("state", ["agreed", "active", "paused", "delivered", "changes_requested", "disputed"])
def test_nobody_leaves_while_somebody_counts_on_them(leader, browser, side, state):
    agreement = an_agreement(state=state)
    member = db.session.get_one(Member, (agreement.tenant_id, getattr(agreement, side)))
    me = browser(member)
    for answer in (me.get("/settings/departure"), me.post("/settings/departure", data=SURE)):
        assert "You cannot leave yet" in answer.text
        assert f"/agreements/{agreement.id}" in answer.text
    assert answer.status_code == 409
    assert db.session.get_one(Member, (member.tenant_id, member.id)).is_active


@pytest.mark.parametrize("state", ["accepted", "reviewed", "cancelled", "resolved"])
def test_finished_work_keeps_nobody(leader, state):
    agreement = an_agreement(state=state)
    assert going(db.session.get_one(Member, (agreement.tenant_id, agreement.worker_id))).standing == "left"
    assert db.session.get_one(Agreement, (agreement.tenant_id, agreement.id)).state == state


def test_the_only_leader_stays(leader, browser):
    me = browser(leader)
    assert "You are the only leader" in me.get("/settings/departure").text
    assert me.post("/settings/departure", data=SURE).status_code == 409
    a_leader("Ada Byron")
    assert me.post("/settings/departure", data=SURE).status_code == 302
    assert count(Role, Role.member_id == leader.id) == 0


def test_whoever_runs_an_import_waits_for_it(leader, browser):
    sam = a_member("Sam Reyes")
    running = Import(kind="gigs", file_name="gigs.csv", state="running", started_by=sam.id, created_at=clock.now())
    db.session.add(running)
    db.session.commit()
    with pytest.raises(StillNeeded):
        leave(acting(sam), now=clock.now())
    db.session.rollback()
    assert "import of yours still running" in browser(sam).get("/settings/departure").text


def test_reviews_and_the_other_side_s_history_stay(leader):
    agreement = an_agreement(state="reviewed")
    worker = db.session.get_one(Member, (agreement.tenant_id, agreement.worker_id))
    before = count(Review), count(Activity)
    going(worker)
    assert count(Review) == before[0]
    assert count(Activity) > before[1]


def test_invitations_sent_by_whoever_left_no_longer_open_a_door(leader):
    sam = a_member("Sam Reyes")
    invitation = Invitation.send("friend@example.org", by=acting(sam), now=clock.now())
    db.session.commit()
    going(sam)
    assert not db.session.get_one(Invitation, (sam.tenant_id, invitation.id)).is_open(now=clock.now())


def test_requests_and_invitations_name_the_person_no_longer(leader):
    user = a_user("Sam Reyes", email="sam@example.org")
    Invitation.send("Sam@Example.org", by=acting(leader), now=clock.now(), name="Sam")
    db.session.add(
        JoinRequest(user_id=user.id, name="Sam Reyes", email=user.email, state="approved", asked_at=clock.now())
    )
    sam = a_member("Sam Reyes", user=user)
    going(sam)
    assert count(JoinRequest) == 0
    assert db.session.scalars(select(Invitation.email).where(scoped(Invitation))).one() == ""


def test_whoever_comes_again_comes_as_somebody_new(leader, browser):
    user = a_user("Sam Reyes")
    sam = a_member("Sam Reyes", user=user)
    going(sam)
    again = a_member("Sam R.", user=db.session.get(User, user.id))
    assert again.id != sam.id
    assert db.session.get_one(Member, (sam.tenant_id, sam.id)).name == "Former member"


def test_other_tribes_never_notice(app, browser):
    here, there = a_hall("designers"), a_hall("hillside")
    user = a_user("Sam Reyes")
    with tenant_context(there):
        other = a_member("Sam at the hill", user=user)
        other_id = other.id
        db.session.commit()
    with tenant_context(here):
        a_leader()
        sam = a_member("Sam Reyes", user=user)
        going(sam)
        assert [card.slug for card in tribes_of(user.id)] == ["hillside"]
        db.session.commit()
    with tenant_context(there):
        found = db.session.get_one(Member, (there.id, other_id))
        assert (found.name, found.standing, found.user_id) == ("Sam at the hill", "active", user.id)
        assert count(Tribe, Tribe.user_id == user.id) == 1


def test_a_letter_confirms_it(leader, outbox):
    sam = a_member("Sam Reyes", user=a_user("Sam Reyes", email="sam@example.org"))
    going(sam)
    run_jobs()
    assert outbox.to("sam@example.org").subject == "You have left Designers"


def test_what_came_in_after_the_door_closed_is_settled_too(leader, outbox):
    sam = a_member("Sam Reyes")
    going(sam)
    # As a request would that began before, in another tab.
    late = Gig.begin(by=sam, title="Late", settlement="favour")
    late.publish(by=sam)
    db.session.add(Profile(member_id=sam.id, headline="Gilder"))
    db.session.commit()
    with clock.travel(to=clock.now() + timedelta(hours=1)):
        run_jobs()
    assert db.session.get_one(Gig, (sam.tenant_id, late.id)).state == "closed"
    assert count(Profile, Profile.member_id == sam.id) == 0


#: Rows that point at a member and stay when the member goes: they are others' history as well.
SHARED = {
    # Hours move between two people: the other's statement keeps what the leaver's account did.
    ("credit_accounts", "member_id"),
    ("credit_transfers", "by_id"),
    # What was paid stays in the books with who paid it.
    ("gig_purchases", "member_id"),
    ("activities", "actor_id"),
    # Who acted for whom, and that they did, is part of the other's history.
    *(
        (table, "helper_id")
        for table in ("activities", "gigs", "applications", "terms_rounds", "messages", "notifications")
    ),
    *(("mandates", column) for column in ("helper_id", "assisted_id", "witness_id")),
    ("agreements", "asked_id"),
    ("agreements", "client_id"),
    ("agreements", "ended_by"),
    ("agreements", "worker_id"),
    ("applications", "applicant_id"),
    # What was decided about somebody is answered for, by whoever decided it.
    ("appeals", "answered_by"),
    ("appeals", "decided_by"),
    ("appeals", "member_id"),
    ("measures", "member_id"),
    ("measures", "taken_by"),
    # Whose review a moderator took down is not to bring it again, whoever that moderator was.
    ("carried_reviews", "dropped_by"),
    ("attachments", "uploaded_by"),
    ("blocks", "blocked_id"),
    ("connections", "begun_by"),
    ("payment_shares", "party_id"),
    ("payments", "client_id"),
    # Who led a project until when stays with it.
    ("project_handovers", "asked_by"),
    ("project_handovers", "from_id"),
    ("project_handovers", "to_id"),
    ("payments", "worker_id"),
    ("payout_accounts", "member_id"),
    ("deliveries", "delivered_by"),
    # What was answered for everybody is read by everybody, whoever asked it.
    ("expert_questions", "answered_by"),
    ("expert_questions", "holder_id"),
    ("expert_questions", "member_id"),
    ("front_pages", "changed_by"),
    # What is read in a category, and who decided on whom as an expert, stays true without them.
    ("category_posts", "author_id"),
    ("vetting_opinions", "decider_id"),
    # A review that went along stays its subject's; their own name does not (tests/attestations).
    ("attestations", "author_id"),
    # What was given, and what made it cheaper, is in the books; words and names on it are forgotten.
    ("discounts", "created_by"),
    ("gifts", "member_id"),
    ("gifts", "redeemed_by"),
    # A project is its client's, its coordinator's and everybody's in it.
    ("gigs", "coordinator_id"),
    # What everybody said of a project is the others' to read as well.
    ("project_reviews", "author_id"),
    ("project_reviews", "coordinator_id"),
    ("project_notes", "author_id"),
    ("project_notes", "done_by"),
    ("project_notes", "for_id"),
    ("project_files", "uploaded_by"),
    ("project_roles", "worker_id"),
    ("projects", "client_id"),
    ("projects", "coordinator_id"),
    ("delegations", "given_by"),
    ("gig_edits", "proposed_by"),
    ("gig_merges", "asked_by"),
    ("gig_suggestions", "suggested_by"),
    ("gigs", "author_id"),
    ("hall_pictures", "kept_by"),
    ("imports", "started_by"),
    ("invitation_links", "created_by"),
    ("invitations", "accepted_by"),
    ("invitations", "invited_by"),
    ("join_requests", "decided_by"),
    ("ledger_entries", "party_id"),
    ("membership_customers", "member_id"),
    ("membership_payments", "member_id"),
    ("membership_purchases", "member_id"),
    ("memberships", "member_id"),
    ("messages", "author_id"),
    ("notifications", "actor_id"),
    ("page_versions", "written_by"),
    ("pages", "changed_by"),
    ("reports", "handled_by"),
    ("reports", "reporter_id"),
    ("reviews", "author_id"),
    ("reviews", "subject_id"),
    ("rules", "published_by"),
    ("terms_rounds", "proposed_by"),
    ("theme_versions", "made_by"),
    ("threads", "high_id"),
    ("threads", "low_id"),
}


def test_every_row_that_points_at_a_member_is_either_their_own_or_shared_with_others():
    """Whoever adds a table decides: rows that are a member's own hang on them by a key that cascades."""
    pointing = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for key in table.foreign_key_constraints
        if key.referred_table.name == "members"
        for column in key.columns
        if column.name != "tenant_id"
    }
    own = {(column.table.name, column.name) for column in own_columns()}
    assert own & SHARED == set()
    assert pointing - own - SHARED == set()


def test_an_identity_session_goes_on(leader):
    sam = a_member("Sam Reyes")
    session = IdentitySession(
        token_hash="x" * 64,
        user_id=sam.user_id,
        created_at=clock.now(),
        last_seen_at=clock.now(),
        expires_at=clock.now() + timedelta(days=1),
    )
    db.session.add(session)
    db.session.commit()
    going(sam)
    assert db.session.get(IdentitySession, "x" * 64).revoked_at is None
