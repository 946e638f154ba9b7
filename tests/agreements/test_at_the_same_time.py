"""What happens at once, on real connections: the last seat, two tabs, two workers."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from app.activity.models import Activity
from app.agreements import jobs
from app.agreements.models import Agreement
from app.agreements.queries import agreement_or_404
from app.applications.failures import AlreadyApplied
from app.applications.models import Application
from app.applications.raising import raise_hand
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict
from app.gigs.models import Gig
from tenants.models import Member
from tests.app_fixtures import sign_in
from tests.factories import a_member, a_published_gig, acting, an_agreement

ATTEMPTS = 200


def accept(agreement_id, delivery_id, by):
    agreement_or_404(agreement_id).accept(by=by, seen=delivery_id, now=clock.now())


def states(model):
    return Counter(db.session.scalars(select(model.state)))


@pytest.mark.slow
def test_of_two_hundred_who_agree_at_once_one_gets_the_last_seat(committing, busy_hall, roomy, at_once):
    gig = a_published_gig(by=a_member())
    clicks = []
    for number in range(ATTEMPTS):
        applicant = a_member(f"Applicant {number}")
        offer = an_agreement(gig=gig, applicant=applicant)
        browser = committing.test_client()
        sign_in(browser, applicant)
        clicks.append(partial(browser.post, f"/agreements/{offer.id}/consent", data={"seen": "1"}))

    answers = at_once(*clicks)

    assert Counter(answer.status_code for answer in answers) == {302: 1, 409: ATTEMPTS - 1}
    refusals = [answer.text for answer in answers if answer.status_code == 409]
    assert all("The last place on this gig has just been taken." in page for page in refusals)
    assert all("See how it stands" in page for page in refusals)
    db.session.expire_all()
    assert (gig.state, gig.seats_taken) == ("filled", 1)
    assert states(Agreement) == {"agreed": 1, "cancelled": ATTEMPTS - 1}
    assert states(Application) == {"accepted": 1, "closed": ATTEMPTS - 1}
    lapsed = select(func.count()).where(Activity.verb == "lapse", Activity.subject_kind == "agreement")
    assert db.session.scalar(lapsed) == ATTEMPTS - 1


def test_a_hand_raised_twice_at_once_counts_once(busy_hall, at_once):
    gig, sam = a_published_gig(by=a_member()), acting(a_member("Sam Reyes"))

    def raise_it():
        raise_hand(db.session.get_one(Gig, (gig_key)), by=sam, note="Me!", answers=[], now=clock.now())

    gig_key = (gig.tenant_id, gig.id)
    answers = at_once(*[raise_it] * 8)

    assert answers.count(None) == 1
    assert {type(answer) for answer in answers if answer is not None} == {AlreadyApplied}
    assert states(Application) == {"sent": 1}


def test_work_accepted_in_two_tabs_at_once_counts_once(busy_hall, at_once):
    agreement = an_agreement(state="delivered")
    client = acting(db.session.get_one(Member, (busy_hall.id, agreement.client_id)))
    delivery = agreement.waiting_delivery()

    answers = at_once(*[partial(accept, agreement.id, delivery.id, client)] * 6)

    assert answers.count(None) == 1
    assert {answer.message for answer in answers if answer is not None} == {"This stands at “Accepted” already."}
    assert set(db.session.scalars(select(Member.finished_count))) == {1}


def test_accepting_and_disputing_at_once_do_one_of_the_two(busy_hall, at_once):
    agreement = an_agreement(state="delivered")
    client = acting(db.session.get_one(Member, (busy_hall.id, agreement.client_id)))
    worker = acting(db.session.get_one(Member, (busy_hall.id, agreement.worker_id)))
    delivery, agreement_id = agreement.waiting_delivery(), agreement.id

    def dispute():
        agreement_or_404(agreement_id).dispute(by=worker, why="I get no answer.", now=clock.now())

    answers = at_once(partial(accept, agreement_id, delivery.id, client), dispute)

    assert answers.count(None) == 1
    assert all(answer is None or isinstance(answer, Conflict) for answer in answers)


def test_two_workers_remind_and_end_exactly_once(busy_hall, at_once):
    gig = a_published_gig(by=a_member(), seats=40)
    late = [an_agreement(gig=gig, applicant=a_member(f"Applicant {number}")) for number in range(12)]
    ids, now = [agreement.id for agreement in late], late[0].deadline_at + timedelta(minutes=1)

    def work():
        with clock.travel(to=now):
            jobs.remind(now=clock.now())
            db.session.commit()
            for agreement_id in ids:
                agreement_or_404(agreement_id).end_waiting(now=clock.now())
                db.session.commit()

    assert at_once(work, work, work) == [None, None, None]

    verbs = Counter(db.session.scalars(select(Activity.verb).where(Activity.subject_kind == "agreement")))
    assert verbs == {"propose": 12, "reminded": 12, "cancel": 12}


def test_a_gig_that_closes_while_others_apply_leaves_nobody_waiting(busy_hall, at_once):
    author = a_member()
    gig = a_published_gig(by=author)
    key = (gig.tenant_id, gig.id)
    hands = [acting(a_member(f"Applicant {number}")) for number in range(12)]

    def raise_it(by):
        raise_hand(db.session.get_one(Gig, key), by=by, note="Me!", answers=[], now=clock.now())

    def close():
        db.session.get_one(Gig, key).close(by=acting(author), why="Done otherwise.")

    answers = at_once(*(partial(raise_it, by) for by in hands[:6]), close, *(partial(raise_it, by) for by in hands[6:]))

    assert all(answer is None or isinstance(answer, Conflict) for answer in answers)
    assert set(states(Application)) <= {"closed"}
