"""Who is told what of what happens: walked through with the product's own verbs."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.models import Activity
from app.activity.recording import record
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.departures.departure import leave
from app.joining.admission import admit
from app.joining.models import Invitation, JoinRequest
from app.joining.roles import give_roles
from app.joining.rules import publish_rules
from app.messages.models import Report
from app.notifications.models import Notification
from app.notifications.telling import tell
from app.notifications.waiting import remind
from app.reviews.publishing import review
from tenants.context import tenant, tenant_context
from tenants.isolation import scoped
from tests.factories import (
    a_category,
    a_category_leader,
    a_gig,
    a_leader,
    a_member,
    a_published_gig,
    a_user,
    acting,
    an_agreement,
    an_application,
)
from tests.notifications.telling import reasons, subjects, told, unread

TITLE = "“Redraw our bakery's sign lettering”"


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


@pytest.fixture
def sam(hall):
    return a_member("Sam Reyes")


def test_a_newcomer_is_welcomed_and_nobody_else_is_told(hall, outbox):
    leader, noor = a_leader(), admit(a_user("Noor Hadid"), name="Noor Hadid")
    assert told(noor) == ["Welcome to Designers"]
    assert unread(noor) == 1
    assert told(leader) == []
    assert "Fill in your profile" in outbox.to("noor-hadid@example.org").html


def test_a_raised_hand_is_told_to_the_author_alone(maya, sam, outbox):
    an_application(to=a_published_gig(by=maya), by=sam, note="I letter signs.")
    assert told(maya) == [f"Sam Reyes raised a hand for {TITLE}"]
    assert told(sam) == []
    mail = outbox.to("maya-okafor@example.org")
    assert mail.subject == f"Sam Reyes raised a hand for {TITLE}"
    assert "> I letter signs." in mail.text
    assert "http://designers.localhost:8000/applications/" in mail.text


def test_everybody_who_waits_gets_one_kind_answer_when_a_gig_fills(maya, sam, outbox):
    gig = a_published_gig(by=maya)
    others = [a_member(name) for name in ("Ada Cole", "Ben Ruiz", "Cleo Marsh")]
    for other in others:
        an_application(to=gig, by=other)
    an_agreement(state="agreed", gig=gig, applicant=sam)
    for other in others:
        assert told(other) == [f"{TITLE} takes no more applications"]
        assert subjects(outbox, other) == [f"{TITLE} takes no more applications"]
    assert told(sam) == [f"Maya Okafor offers you {TITLE}"]
    assert told(maya)[-1] == f"Sam Reyes agreed to your terms for {TITLE}"
    mail = outbox.to("ada-cole@example.org")
    assert "The last place has been taken. Thank you for raising your hand." in " ".join(mail.text.split())


def test_the_whole_story_of_a_gig_is_told_step_by_step(maya, sam, outbox):
    an_agreement(state="reviewed", gig=a_published_gig(by=maya), applicant=sam)
    assert told(maya) == [
        f"Sam Reyes raised a hand for {TITLE}",
        f"Sam Reyes agreed to your terms for {TITLE}",
        f"Sam Reyes began with {TITLE}",
        f"Sam Reyes handed over {TITLE}",
        f"A review of you is out: {TITLE}",
    ]
    assert told(sam) == [
        f"Maya Okafor offers you {TITLE}",
        f"Maya Okafor accepted {TITLE}",
        f"A review of you is out: {TITLE}",
    ]


def test_a_review_that_waits_for_the_other_is_announced(maya, sam, outbox):
    agreement = an_agreement(state="accepted", gig=a_published_gig(by=maya), applicant=sam)
    told(sam)
    review(agreement, by=acting(maya), rating=5, now=clock.now())
    assert told(sam)[-1] == f"Maya Okafor wrote about working with you on {TITLE}"


@pytest.mark.parametrize(
    ("state", "mayas", "sams"),
    [
        ("countered", f"Sam Reyes proposes other terms for {TITLE}", f"Maya Okafor offers you {TITLE}"),
        ("paused", f"Sam Reyes paused {TITLE}", f"Maya Okafor offers you {TITLE}"),
        ("changes_requested", f"Sam Reyes handed over {TITLE}", f"Maya Okafor asks for changes to {TITLE}"),
        ("cancelled", f"Sam Reyes began with {TITLE}", f"Maya Okafor cancelled {TITLE}"),
        ("disputed", f"Sam Reyes began with {TITLE}", f"Maya Okafor asks somebody neutral to look at {TITLE}"),
    ],
)
def test_the_last_step_reaches_the_other_side(maya, sam, outbox, state, mayas, sams):
    an_agreement(state=state, gig=a_published_gig(by=maya), applicant=sam)
    assert (told(maya)[-1], told(sam)[-1]) == (mayas, sams)


def test_a_dispute_reaches_those_who_can_settle_it_and_its_outcome_both_sides(maya, sam, outbox):
    leader = a_leader("Ines Moreau")
    an_agreement(state="resolved", gig=a_published_gig(by=maya), applicant=sam)
    assert told(leader)[-1] == f"{TITLE} needs somebody neutral"
    for side in (maya, sam):
        assert told(side)[-1] == f"Petra Lindqvist settled what you disagreed about in {TITLE}"


def test_a_proposal_that_is_turned_down_is_told_once(maya, sam, outbox):
    agreement = an_agreement(gig=a_published_gig(by=maya), applicant=sam)
    agreement.cancel(by=acting(sam), why="The dates don't fit.", now=clock.now())
    assert told(maya)[1:] == [f"Sam Reyes will not go on with {TITLE}"]
    assert "> The dates don't fit." in outbox.to("maya-okafor@example.org").text


def test_what_the_clock_ends_is_told_to_both_without_a_name(maya, sam, outbox):
    agreement = an_agreement(gig=a_published_gig(by=maya), applicant=sam)
    later = clock.now() + timedelta(days=9)
    with clock.travel(to=later):
        agreement.end_waiting(now=later)
        assert told(maya)[-1] == told(sam)[-1] == f"The terms for {TITLE} were not answered in time"


def test_a_gig_that_waits_for_approval_is_told_to_its_categorys_leaders(maya, outbox):
    signs = a_category("Signs", posting_rule="reviewed")
    leader, somebody = a_category_leader(signs), a_leader()
    gig = a_gig(by=maya, category=signs)
    gig.publish(by=maya)
    assert told(leader) == [f"Maya Okafor would like {TITLE} to go live"]
    assert told(somebody) == []
    gig.hand_back(by=leader, why="Say what it pays.")
    assert told(maya) == [f"Tomasz Nowak handed {TITLE} back to you"]
    assert "> Say what it pays." in outbox.to("maya-okafor@example.org").text


def test_where_a_category_has_no_leader_the_moderators_look(maya, outbox):
    leader = a_leader()
    gig = a_gig(by=maya, category=a_category("Signs", posting_rule="reviewed"))
    gig.publish(by=maya)
    assert told(leader) == [f"Maya Okafor would like {TITLE} to go live"]


def test_a_change_of_terms_reaches_those_who_wait(maya, sam, outbox):
    gig = a_published_gig(by=maya)
    an_application(to=gig, by=sam)
    gig.revise({"summary": "Said better."}, by=maya)
    assert told(sam) == []
    gig.revise({"seats": 3}, by=maya)
    assert told(sam) == [f"{TITLE} has changed since you raised your hand"]


def test_an_expired_gig_is_told_to_its_author(maya, outbox):
    a_published_gig(by=maya).expire()
    assert told(maya) == [f"{TITLE} has run out"]


def test_a_gig_that_is_taken_down_says_why(maya, outbox):
    a_published_gig(by=maya).remove(by=acting(a_leader()), why="It asks for free work.")
    assert told(maya) == ["Something of yours was taken out of sight"]
    assert "> It asks for free work." in outbox.to("maya-okafor@example.org").text


def test_new_rules_are_told_to_everybody_but_whoever_wrote_them(maya, sam, outbox):
    leader = a_leader()
    publish_rules(terms="One", guidelines="", note="", by=acting(leader), now=clock.now())
    assert told(maya) == []
    publish_rules(terms="Two", guidelines="", note="Be kinder.", by=acting(leader), now=clock.now())
    assert told(maya) == told(sam) == ["The rules of Designers have changed"]
    assert told(leader) == []
    assert "> Be kinder." in outbox.to("maya-okafor@example.org").text


def test_a_large_marketplace_is_told_in_parts(maya, sam, outbox, monkeypatch):
    monkeypatch.setattr("app.notifications.telling.BATCH", 2)
    people = [maya, sam, *(a_member(f"Person {number}") for number in range(5))]
    leader = acting(a_leader())
    for words in ("One", "Two"):
        publish_rules(terms=words, guidelines="", note="", by=leader, now=clock.now())
    for person in people:
        assert told(person)[-1] == "The rules of Designers have changed"


def test_a_new_role_is_told_in_words(maya, outbox):
    give_roles(maya, ["moderator", "admin"], by=acting(a_leader()))
    assert told(maya) == ["Ines Moreau changed what you look after here"]
    assert "You are an admin and a moderator now." in outbox.to("maya-okafor@example.org").text


def test_a_report_goes_to_the_desk_and_its_answer_back(maya, sam, outbox):
    leader = a_leader()
    report = Report.file("member", sam.id, rule="spam", words="Adverts.", by=acting(maya), now=clock.now())
    assert told(leader) == ["Maya Okafor reports something"]
    assert told(sam) == []
    report.uphold(by=acting(leader), answer="You are right.", now=clock.now())
    assert told(maya) == ["Ines Moreau agrees with what you reported"]
    assert "> You are right." in outbox.to("maya-okafor@example.org").text


def test_a_request_to_join_goes_to_those_who_decide_and_they_are_reminded_once(maya, outbox):
    leader, moderator = a_leader(), a_member("Mo Adams", roles=("moderator",))
    noor = a_user("Noor Hadid")
    request = JoinRequest(user_id=noor.id, name="Noor Hadid", email=noor.email, state="asked", asked_at=clock.now())
    db.session.add(request)
    db.session.flush()
    record("asked_to_join", request, by=None, kind="join_request", to="asked", name="Noor Hadid")
    assert told(leader) == ["Noor Hadid asks to join"]
    assert told(moderator) == []
    assert remind(now=clock.now()) == 0
    with clock.travel(to=clock.now() + timedelta(days=3)):
        assert remind(now=clock.now()) == 1
        assert remind(now=clock.now()) == 0
        assert told(leader)[-1] == "Noor Hadid still waits to be let in"


def test_whoever_is_turned_away_hears_why_by_mail(maya, outbox):
    noor = a_user("Noor Hadid")
    request = JoinRequest(user_id=noor.id, name="Noor Hadid", email=noor.email, state="asked", asked_at=clock.now())
    db.session.add(request)
    db.session.flush()
    request.refuse(by=acting(a_leader()), why="We are full this year.", now=clock.now())
    run_due()
    mail = outbox.to(noor)
    assert mail.subject == "Designers has answered your request"
    assert "> We are full this year." in mail.text


def test_an_invitation_is_a_mail_from_whoever_invited(hall, outbox):
    invitation = Invitation.send("noor@example.org", by=acting(a_leader()), note="Come!", now=clock.now())
    run_due()
    mail = outbox.to("noor@example.org")
    assert mail.subject == "Ines Moreau invites you to Designers"
    assert f"http://designers.localhost:8000/invitations/{invitation.token}" in mail.text
    assert "> Come!" in mail.text


def test_an_invitation_that_was_taken_back_is_not_mailed(hall, outbox):
    leader = acting(a_leader())
    invitation = Invitation.send("noor@example.org", by=leader, now=clock.now())
    invitation.revoke(by=leader, now=clock.now())
    run_due()
    assert [mail for mail in outbox.all if mail.to == "noor@example.org"] == []


def test_whoever_invited_somebody_hears_that_they_came(hall, outbox):
    leader = a_leader()
    admit(a_user("Noor Hadid"), name="Noor Hadid", by=leader.id, how="invitation")
    assert told(leader)[-1] == "Noor Hadid joined on your invitation"


def test_whoever_opens_a_marketplace_hears_where_it_is(hall, outbox):
    leader = a_leader()
    told(leader)
    record("opened", leader, by=leader.id, kind="tenant", to="active", name="Designers")
    assert told(leader)[-1] == "Designers is open"


def test_somebody_who_was_removed_hears_it_by_mail(sam, outbox):
    sam.standing = "removed"
    record("removed", sam, by=a_leader().id, to="removed", why="Three warnings.")
    run_due()
    assert outbox.to("sam-reyes@example.org").subject == "Your membership of Designers has ended"


def test_telling_twice_tells_once(maya, sam, outbox):
    an_application(to=a_published_gig(by=maya), by=sam)
    told(maya)
    activity = db.session.scalars(select(Activity).where(scoped(Activity), Activity.verb == "apply")).one()
    again = tell(activity, now=clock.now())
    assert again.dispatches == []
    assert len(told(maya)) == unread(maya) == 1


def test_what_is_told_late_is_listed_but_not_mailed(maya, sam, outbox):
    an_application(to=a_published_gig(by=maya), by=sam)
    with clock.travel(to=clock.now() + timedelta(days=8)):
        assert len(told(maya)) == 1
        assert reasons(maya) == []


def test_nobody_who_has_gone_is_told(maya, sam, outbox):
    an_application(to=a_published_gig(by=maya), by=sam)
    maya.standing = "left"
    assert told(maya) == []


def test_what_is_undone_is_not_told(maya, sam, outbox):
    gig = a_published_gig(by=maya)
    told(maya)
    db.session.begin_nested()
    gig.expire()
    db.session.rollback()
    assert told(maya) == []


def test_a_title_with_braces_stays_as_it_was_typed(maya, sam, outbox):
    an_application(to=a_published_gig(by=maya, title="{hall} {0} %s <b>"), by=sam)
    assert told(maya) == ["Sam Reyes raised a hand for “{hall} {0} %s <b>”"]


def test_a_tenant_is_told_nothing_of_another(maya, sam, other_hall, outbox):
    db.session.commit()
    an_application(to=a_published_gig(by=maya), by=sam)
    told(maya)
    here = tenant.id
    db.session.commit()
    with tenant_context(other_hall):
        assert db.session.scalars(select(Notification)).all() == []
        db.session.commit()
    assert here != other_hall.id


def test_a_request_names_nobody_who_was_forgotten(maya, outbox):
    leader, user = a_leader(), a_user("Noor Hadid")
    request = JoinRequest(user_id=user.id, name="Noor Hadid", email=user.email, state="asked", asked_at=clock.now())
    db.session.add(request)
    db.session.flush()
    record("asked_to_join", request, by=None, kind="join_request", to="asked", name="Noor Hadid")
    noor = request.approve(user, by=acting(leader), now=clock.now())
    assert told(leader) == ["Noor Hadid asks to join"]
    leave(acting(noor), now=clock.now())
    assert told(leader) == []
    assert unread(leader) == 0
