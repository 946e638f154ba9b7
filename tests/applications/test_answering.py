"""Nobody is left unanswered."""

import pytest

from app.activity.recording import history
from app.activity.stateful import NotYours, ReasonMissing
from app.agreements.answering import binding_agreements, leave_the_table, part_ways
from app.applications import jobs
from app.applications.answering import step_back
from app.applications.states import APPLICATION
from app.core import clock
from app.core.database import db
from app.core.transitions import WrongState
from tenants.models import Member
from tests.factories import a_leader, a_member, a_published_gig, acting, an_agreement, an_application, run_jobs

VERBS = {
    "shortlist": lambda a, by: a.shortlist(by=by, now=clock.now()),
    "unlist": lambda a, by: a.unlist(by=by, now=clock.now()),
    "decline": lambda a, by: a.decline(by=by, why="Not this time.", now=clock.now()),
    "withdraw": lambda a, by: a.withdraw(by=by, now=clock.now()),
}


def person(member_id):
    return acting(db.session.query(Member).filter_by(id=member_id).one())


@pytest.mark.parametrize("state", ["sent", "shortlisted", "declined", "withdrawn"])
def test_only_who_the_table_names_answers(hall, state):
    maya, sam = a_member(), a_member("Sam Reyes")
    application = an_application(to=a_published_gig(by=maya), by=sam, state=state)
    cast = {"gig's author": acting(maya), "applicant": acting(sam), "leader": acting(a_leader())}

    for verb, call in VERBS.items():
        rows = [row for row in APPLICATION.transitions if row.verb == verb and state in row.from_]
        for role, actor in cast.items():
            attempt = db.session.begin_nested()
            if rows and rows[0].by == role:
                call(application, actor)
                assert application.state == rows[0].to
            else:
                with pytest.raises((WrongState, NotYours)):
                    call(application, actor)
            attempt.rollback()
            assert application.state == state


def test_a_no_needs_words(hall):
    application = an_application()

    with pytest.raises(ReasonMissing):
        application.decline(by=person(application.gig.author_id), why="  ", now=clock.now())


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (lambda gig, author: gig.close(by=author, why="We did it ourselves."), "We did it ourselves."),
        (lambda gig, author: gig.expire(), "ran out"),
        (lambda gig, author: gig.remove(by=author, why="Rule 3."), "taken down"),
        (lambda gig, author: gig.take_seat(by=author), "last place has been taken"),
    ],
)
def test_when_a_gig_ends_everybody_hears_at_once(hall, end, words):
    maya = a_member()
    gig = a_published_gig(by=maya)
    people = [a_member(name) for name in ("Sam Reyes", "Noor Haddad", "Ada Lind")]
    sent = an_application(to=gig, by=people[0])
    listed = an_application(to=gig, by=people[1], state="shortlisted")
    offered = an_agreement(gig=gig, applicant=people[2])

    end(gig, acting(maya))

    assert {sent.state, listed.state, offered.application.state} == {"closed"}
    assert offered.state == "cancelled"
    assert all(words in one.reason for one in (sent, listed, offered.application, offered))
    db.session.flush()
    assert history("application", sent.id)[-1].reason == sent.reason


def test_agreements_that_stand_go_on_when_their_gig_closes(hall):
    agreement = an_agreement(state="active", gig=a_published_gig(by=a_member(), seats=2))

    agreement.gig.close(by=person(agreement.gig.author_id), why="Enough.")

    assert (agreement.state, agreement.application.state) == ("active", "accepted")


def test_when_the_last_seat_is_taken_the_others_are_answered_and_the_first_is_not(hall):
    gig = a_published_gig(by=a_member())
    waiting = an_application(to=gig, by=a_member("Noor Haddad"))

    agreement = an_agreement(state="agreed", gig=gig, applicant=a_member("Sam Reyes"))

    db.session.refresh(waiting)
    assert (gig.state, gig.seats_taken) == ("filled", 1)
    assert (agreement.application.state, waiting.state) == ("accepted", "closed")


def test_a_seat_that_is_freed_opens_the_gig_again(hall):
    agreement = an_agreement(state="active")
    assert agreement.gig.state == "filled"

    agreement.cancel(by=person(agreement.worker_id), why="I have to leave town.", now=clock.now())

    assert (agreement.gig.state, agreement.gig.seats_taken) == ("open", 0)


def test_an_offer_that_is_taken_back_leaves_its_person_on_the_short_list(hall):
    agreement = an_agreement()

    agreement.cancel(by=person(agreement.gig.author_id), why="I was too quick.", now=clock.now())

    assert agreement.application.state == "shortlisted"


def test_a_no_to_an_offer_ends_the_application(hall):
    agreement = an_agreement()

    agreement.cancel(by=person(agreement.application.applicant_id), why="Too soon for me.", now=clock.now())

    assert agreement.application.state == "withdrawn"


def test_the_clock_answers_where_the_author_did_not(hall, outbox):
    application = an_application()

    with clock.travel(to=application.deadline_at):
        jobs.tick()
        run_jobs()

    assert application.state == "closed"
    assert "did not answer in time" in application.reason
    assert outbox.to("sam-reyes@example.org")


def test_an_author_is_reminded_once_for_each_gig(hall):
    gig = a_published_gig(by=a_member(), seats=5)
    waiting = [an_application(to=gig, by=a_member(name)) for name in ("Sam Reyes", "Noor Haddad", "Ada Lind")]

    with clock.travel(to=waiting[-1].remind_at):
        assert jobs.remind(now=clock.now()) == 1
        assert jobs.remind(now=clock.now()) == 0

    db.session.flush()
    fact = history("application", waiting[0].id)[-1]
    assert fact.verb == "reminded"
    assert fact.data["owner_ids"] == [str(gig.author_id)]
    assert len(fact.data["application_ids"]) == 3


def test_whoever_leaves_takes_their_hand_down_and_leaves_the_table(hall):
    sam = a_member("Sam Reyes")
    waiting = an_application(to=a_published_gig(by=a_member()), by=sam)
    talked = an_agreement(gig=a_published_gig(by=a_member("Ada Lind")), applicant=sam)
    now = clock.now()

    assert binding_agreements(sam.id) == []
    assert leave_the_table(acting(sam), why="I leave.", now=now) == 1
    assert step_back(sam.id, by=acting(sam), why="Sam has left.", now=now) == 1

    assert (waiting.state, talked.state, talked.application.state) == ("closed", "cancelled", "withdrawn")


def test_a_live_agreement_keeps_a_member_and_a_leader_can_end_it(hall):
    agreement = an_agreement(state="active")
    assert binding_agreements(agreement.worker_id) == [agreement]

    ended = part_ways(agreement.worker_id, by=acting(a_leader()), why="Removed for rule 3.", now=clock.now())

    assert ended == 1
    assert (agreement.state, agreement.gig.seats_taken) == ("cancelled", 0)
    assert agreement.reviews_until is not None
