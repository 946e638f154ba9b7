"""Two people cannot take the last place."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.core.database import db
from app.factory import create_app
from app.gigs.models import Gig, GigClosed, NoSeatLeft, NoSeatTaken, TooFewSeats
from tenants.context import tenant_context
from tests.app_fixtures import settings_for
from tests.factories import a_hall, a_member, a_published_gig, acting


def test_the_last_seat_fills_a_gig_and_a_freed_one_opens_it_again(hall):
    maya, sam = a_member(), a_member("Sam Hill")
    gig = a_published_gig(by=maya, seats=2)

    gig.take_seat(by=sam)
    assert (gig.state, gig.seats_left) == ("open", 1)
    gig.take_seat(by=sam)
    assert (gig.state, gig.seats_left) == ("filled", 0)
    with pytest.raises(NoSeatLeft):
        gig.take_seat(by=sam)
    gig.free_seat(by=sam, why="Something came up.")
    assert (gig.state, gig.seats_left) == ("open", 1)


def test_a_closed_gig_gives_no_seat(hall):
    maya = a_member()
    gig = a_published_gig(by=maya)
    gig.close(by=maya, why="We do it ourselves.")

    with pytest.raises(GigClosed):
        gig.take_seat(by=maya)


def test_a_seat_nobody_holds_cannot_be_freed(hall):
    maya = a_member()

    with pytest.raises(NoSeatTaken):
        a_published_gig(by=maya).free_seat(by=maya)


def test_seats_cannot_be_fewer_than_are_taken(hall):
    maya = a_member()
    gig = a_published_gig(by=maya, seats=3)
    gig.take_seat(by=maya)
    gig.take_seat(by=maya)

    with pytest.raises(TooFewSeats):
        gig.revise({"seats": 1}, by=maya)


def test_more_seats_open_a_filled_gig_and_fewer_fill_an_open_one(hall):
    maya = a_member()
    gig = a_published_gig(by=maya)
    gig.take_seat(by=maya)

    gig.revise({"seats": 2}, by=maya)
    assert gig.state == "open"
    gig.revise({"seats": 1}, by=maya)
    assert gig.state == "filled"


@pytest.mark.slow
def test_of_many_who_grab_the_last_seat_at_once_one_gets_it(fresh_database, tmp_path):
    people = 40
    application = create_app(settings_for(fresh_database, tmp_path), engine_options={"pool_size": people})
    with application.app_context():
        hall = a_hall("designers")
        with tenant_context(hall):
            maya = acting(a_member())
            gig_id = a_published_gig(by=maya).id
        db.session.remove()
    start = Barrier(people)

    def grab(_: int) -> str:
        with application.app_context(), tenant_context(hall):
            gig = db.session.get_one(Gig, (hall.id, gig_id))
            start.wait()
            try:
                gig.take_seat(by=maya)
                db.session.commit()
            except NoSeatLeft:
                return "refused"
            else:
                return "seated"
            finally:
                db.session.remove()

    with ThreadPoolExecutor(people) as crowd:
        outcomes = list(crowd.map(grab, range(people)))

    assert sorted(outcomes) == ["refused"] * (people - 1) + ["seated"]
    with application.app_context(), tenant_context(hall):
        gig = db.session.get_one(Gig, (hall.id, gig_id))
        assert (gig.state, gig.seats_taken) == ("filled", 1)
        db.session.remove()
        db.engine.dispose()
