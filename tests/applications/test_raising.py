"""Who may raise a hand, for which gig, and what they hear when they may not."""

import pytest

from app.activity.recording import history
from app.applications.failures import (
    AlreadyApplied,
    AnsweredBefore,
    KeptApart,
    NotTakingApplications,
    OwnGig,
    QuestionUnanswered,
)
from app.applications.raising import raise_hand
from app.core import clock
from app.core.database import db
from app.profiles.blocks import Block
from tenants.models import Member
from tests.factories import a_gig, a_member, a_published_gig, acting, an_agreement, an_application


def raises_hand(gig, by, answers=()):
    return raise_hand(gig, by=acting(by), note="I'd love to.", answers=list(answers), now=clock.now())


def test_a_raised_hand_waits_for_the_author(hall):
    gig, sam = a_published_gig(by=a_member()), a_member("Sam Reyes")

    application = raises_hand(gig, sam)

    assert application.state == "sent"
    assert application.deadline_at > application.remind_at > clock.now()
    db.session.flush()
    (fact,) = history("application", application.id)
    assert (fact.verb, fact.actor_id, fact.to_state) == ("apply", sam.id, "sent")
    assert fact.data["author_id"] == fact.data["other_id"] == str(gig.author_id)


def test_answers_are_kept_with_the_questions_as_they_were(hall):
    gig = a_published_gig(by=a_member(), questions=["When?", "Why you?"])

    application = raises_hand(gig, a_member("Sam Reyes"), ["Today.", "I can."])
    gig.questions = ["Something else?"]

    assert application.answers == [
        {"question": "When?", "answer": "Today."},
        {"question": "Why you?", "answer": "I can."},
    ]


@pytest.mark.parametrize("answers", [[], ["Today."], ["Today.", " "], ["a", "b", "c"]])
def test_every_question_wants_its_answer(hall, answers):
    gig = a_published_gig(by=a_member(), questions=["When?", "Why you?"])

    with pytest.raises(QuestionUnanswered):
        raises_hand(gig, a_member("Sam Reyes"), answers)


def test_nobody_applies_to_their_own_gig(hall):
    maya = a_member()

    with pytest.raises(OwnGig):
        raises_hand(a_published_gig(by=maya), maya)


def test_nobody_applies_twice(hall):
    gig, sam = a_published_gig(by=a_member()), a_member("Sam Reyes")
    raises_hand(gig, sam)

    with pytest.raises(AlreadyApplied):
        raises_hand(gig, sam)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda gig, author: gig.pause(by=author, why="A rest."), "paused"),
        (lambda gig, author: gig.close(by=author, why="Done."), "closed"),
        (lambda gig, author: gig.expire(), "run out"),
        (lambda gig, author: gig.stop_applications(by=author), "takes no applications"),
        (lambda gig, author: gig.take_seat(by=author), "Every place on this gig is taken"),
        (lambda gig, author: gig.remove(by=author, why="Rule 3."), "no longer here"),
    ],
)
def test_a_gig_that_takes_nobody_says_why(hall, change, words):
    maya = a_member()
    gig = a_published_gig(by=maya)
    change(gig, acting(maya))

    with pytest.raises(NotTakingApplications, match=words):
        raises_hand(gig, a_member("Sam Reyes"))


def test_a_draft_takes_nobody(hall):
    with pytest.raises(NotTakingApplications, match="not live yet"):
        raises_hand(a_gig(by=a_member()), a_member("Sam Reyes"))


@pytest.mark.parametrize("who_blocks", ["author", "applicant"])
def test_people_who_keep_apart_do_not_meet_over_a_gig(hall, who_blocks):
    maya, sam = a_member(), a_member("Sam Reyes")
    gig = a_published_gig(by=maya)
    one, other = (maya, sam) if who_blocks == "author" else (sam, maya)
    db.session.add(Block(blocker_id=one.id, blocked_id=other.id, created_at=clock.now()))
    db.session.flush()

    with pytest.raises(KeptApart):
        raises_hand(gig, sam)


def test_whoever_withdrew_may_come_back_and_whoever_was_declined_may_not(hall):
    gig, sam, noor = a_published_gig(by=a_member()), a_member("Sam Reyes"), a_member("Noor Haddad")
    an_application(to=gig, by=sam, state="withdrawn")
    an_application(to=gig, by=noor, state="declined")

    assert raises_hand(gig, sam).state == "sent"
    with pytest.raises(AnsweredBefore):
        raises_hand(gig, noor)


def test_whoever_had_a_cancelled_agreement_may_come_back(hall):
    agreement = an_agreement(state="cancelled")
    sam = db.session.get_one(Member, (hall.id, agreement.application.applicant_id))

    assert raises_hand(agreement.gig, sam).state == "sent"


def test_for_a_request_the_applicant_works_and_for_an_offer_receives(hall):
    maya = a_member()
    request = an_agreement(gig=a_published_gig(by=maya, direction="request"), applicant=a_member("Sam Reyes"))
    offer = an_agreement(gig=a_published_gig(by=maya, direction="offer"), applicant=a_member("Noor Haddad"))

    assert (request.client_id, request.worker_id) == (maya.id, request.application.applicant_id)
    assert (offer.client_id, offer.worker_id) == (offer.application.applicant_id, maya.id)
