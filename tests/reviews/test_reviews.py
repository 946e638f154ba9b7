"""Reviews: two-way, blind until both are in or the time is over, published together."""

from datetime import timedelta

import pytest

from app.activity.recording import history
from app.activity.stateful import NotYours
from app.core import clock
from app.core.database import db
from app.reviews import jobs
from app.reviews.failures import AlreadyReviewed, NotToBeReviewed, UnknownRating
from app.reviews.models import reviews_of_agreement
from app.reviews.publishing import review
from app.reviews.queries import as_shown, reviews_about
from tenants.models import Member
from tenants.names import slug_from
from tests.factories import a_leader, acting, an_agreement, run_jobs


def member(member_id):
    return db.session.query(Member).filter_by(id=member_id).one()


def reviews(agreement, by, **more):
    return review(agreement, by=acting(member(by)), now=clock.now(), **{"rating": 5, "text": "Calm and exact."} | more)


def test_one_review_alone_is_read_by_nobody(hall):
    agreement = an_agreement(state="accepted")

    reviews(agreement, agreement.client_id)

    assert not reviews_about(agreement.worker_id)
    assert agreement.state == "accepted"


def test_with_the_second_both_are_published_and_the_agreement_is_over(hall):
    agreement = an_agreement(state="accepted")
    reviews(agreement, agreement.client_id)
    reviews(agreement, agreement.worker_id, rating=3, text="Fine.")

    (about_worker,) = reviews_about(agreement.worker_id)
    (about_client,) = reviews_about(agreement.client_id)
    assert (about_worker.rating, about_client.rating) == (5, 3)
    assert (agreement.state, agreement.reviews_until) == ("reviewed", None)


def test_when_the_time_is_over_the_one_review_comes_out(hall, outbox):
    agreement = an_agreement(state="accepted")
    reviews(agreement, agreement.client_id)

    with clock.travel(to=agreement.reviews_until + timedelta(minutes=1)):
        jobs.tick()
        jobs.tick()
        run_jobs()

    assert len(reviews_about(agreement.worker_id)) == 1
    assert agreement.state == "reviewed"
    facts = [fact.verb for one in reviews_of_agreement(agreement.id) for fact in history("review", one.id)]
    assert facts == ["write", "publish"]
    assert outbox.to(f"{slug_from(member(agreement.worker_id).name)}@example.org")


def test_an_agreement_without_reviews_is_over_as_well(hall, outbox):
    agreement = an_agreement(state="resolved")

    with clock.travel(to=agreement.reviews_until + timedelta(minutes=1)):
        jobs.tick()
        run_jobs()

    assert agreement.state == "reviewed"


def test_after_that_nobody_can_write(hall):
    agreement = an_agreement(state="accepted")

    with clock.travel(to=agreement.reviews_until + timedelta(minutes=1)), pytest.raises(NotToBeReviewed):
        reviews(agreement, agreement.client_id)


@pytest.mark.parametrize("state", ["proposed", "agreed", "active", "delivered", "disputed"])
def test_work_that_is_not_over_is_not_reviewed(hall, state):
    agreement = an_agreement(state=state)

    with pytest.raises(NotToBeReviewed):
        reviews(agreement, agreement.client_id)


def test_work_that_was_begun_and_cancelled_can_be_reviewed_and_stays_cancelled(hall):
    agreement = an_agreement(state="cancelled")
    reviews(agreement, agreement.client_id, rating=2)
    reviews(agreement, agreement.worker_id, rating=2)

    assert agreement.state == "cancelled"
    assert [row.rating for row in reviews_about(agreement.worker_id)] == [2]


def test_an_offer_that_came_to_nothing_is_not_reviewed(hall):
    agreement = an_agreement()
    agreement.cancel(by=acting(member(agreement.client_id)), why="Plans changed.", now=clock.now())

    with pytest.raises(NotToBeReviewed):
        reviews(agreement, agreement.client_id)


def test_nobody_reviews_twice_and_no_stranger_at_all(hall):
    agreement = an_agreement(state="accepted")
    reviews(agreement, agreement.client_id)

    with pytest.raises(AlreadyReviewed):
        reviews(agreement, agreement.client_id)
    with pytest.raises(NotYours):
        reviews(agreement, a_leader().id)


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_is_one_to_five(hall, rating):
    agreement = an_agreement(state="accepted")

    with pytest.raises(UnknownRating):
        reviews(agreement, agreement.client_id, rating=rating)


def test_both_sides_count_accepted_work_as_finished(hall):
    agreement = an_agreement(state="accepted")

    assert {member(side).finished_count for side in (agreement.client_id, agreement.worker_id)} == {1}


def test_whoever_has_not_written_is_reminded(hall):
    agreement = an_agreement(state="accepted")
    reviews(agreement, agreement.client_id)

    jobs.remind(now=agreement.remind_at)

    db.session.flush()
    fact = history("agreement", agreement.id)[-1]
    assert (fact.verb, fact.data["what"], fact.data["owner_ids"]) == ("reminded", "review", [str(agreement.worker_id)])


def test_the_words_of_somebody_who_left_stay_as_a_former_members(hall):
    agreement = an_agreement(state="reviewed")
    member(agreement.client_id).standing = "left"
    db.session.flush()

    shown = as_shown(reviews_about(agreement.worker_id)[0])

    assert (shown["author"].name, shown["author"].href) == ("Former member", None)
    assert shown["text"] == "Calm and exact."


def test_what_is_for_the_leaders_is_read_by_leaders_alone(hall, browser):
    agreement = an_agreement(state="accepted")
    reviews(agreement, agreement.client_id, private_note="They asked for money in cash.")
    reviews(agreement, agreement.worker_id)
    worker = browser(member(agreement.worker_id))

    assert "in cash" not in worker.get(f"/agreements/{agreement.id}").text
    assert worker.get("/reviews/notes").status_code == 403
    assert "in cash" in browser(a_leader()).get("/reviews/notes").text


def test_a_fact_about_a_blind_review_tells_nothing_of_it(hall):
    agreement = an_agreement(state="accepted")
    written = reviews(agreement, agreement.client_id, rating=1, text="Never again.")

    db.session.flush()
    (fact,) = history("review", written.id)
    assert "rating" not in fact.data
    assert "Never again." not in f"{fact.data} {fact.reason}"
