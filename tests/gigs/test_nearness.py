"""What is near: circles around a town, their counts, the order, and places that nobody knows."""

import pytest

from app.core.database import db
from app.core.whereabouts import located
from app.gigs import facets, jobs, locating
from app.gigs.models import Gig
from app.gigs.queries import open_gigs
from tests.factories import a_gig, a_member, a_published_gig
from tests.gigs.test_listing import link, titles
from tests.people.arranging import somebody
from tests.search.test_pages import count

# From Leeds, on the map: Bradford 14 km, York 35 km, Sheffield 46 km, Manchester 58 km, London 270 km.
PLACES = ("London", "Bradford", "Kelham Island, Sheffield", "Leeds", "Manchester", "York")


@pytest.fixture
def north(hall):
    maya = a_member()
    for place in PLACES:
        a_published_gig(by=maya, title=f"In {place}", place=place, remote=place == "York")
    a_published_gig(by=maya, title="Anywhere", remote=True)
    a_published_gig(by=maya, title="At nowhere", place="Old Mill by the brook", remote=False)
    return maya


def test_a_place_is_known_as_people_write_it(app):
    leeds = located("Leeds", zone="Europe/London")
    assert leeds is not None
    assert abs(leeds.latitude - 53_800) < 50
    for written in ("leeds, on the canal", "12 Mill Street, Leeds", "Leeds city centre", "near Leeds", "LEEDS"):
        assert located(written, zone="Europe/London") == leeds, written
    assert located("Springfield, Illinois", zone="Europe/London") != located(
        "Springfield, Missouri", zone="Europe/London"
    )
    for unknown in ("", "  ", "Old Mill by the brook", "x" * 5_000, "\0", "%", "(" * 300):
        assert located(unknown, zone="Europe/London") is None, unknown


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("5", ["Leeds"]),
        ("25", ["Leeds", "Bradford"]),
        ("50", ["Leeds", "Bradford", "York", "Kelham Island, Sheffield"]),
        ("100", ["Leeds", "Bradford", "York", "Kelham Island, Sheffield", "Manchester"]),
    ],
)
def test_a_list_reaches_so_far_and_stands_by_distance(north, client, within, expected):
    page = client.get(f"/gigs?near=Leeds&within={within}")
    assert titles(page) == [f"In {place}" for place in expected]
    assert f"{len(expected)} open gig" in page.text
    # Around the same place the circles are counted without the one that was chosen.
    assert [count(page, f"Within {reach} km") for reach in (5, 10, 25, 50, 100)] == [1, 1, 2, 4, 5]


def test_without_a_circle_what_is_nowhere_comes_last(north, client):
    page = client.get("/gigs?near=Leeds")
    nearest_first = ("Leeds", "Bradford", "York", "Kelham Island, Sheffield", "Manchester", "London")
    assert titles(page)[:6] == [f"In {place}" for place in nearest_first]
    assert set(titles(page)[6:]) == {"Anywhere", "At nowhere"}
    assert "Leeds, right there" in page.text
    assert "Bradford, about 15 km" in page.text
    assert "Old Mill by the brook</li>" in page.text


def test_distance_goes_together_with_words_and_other_filters(north, client):
    assert titles(client.get("/gigs?q=york&near=Leeds&within=50")) == ["In York"]
    assert titles(client.get("/gigs?near=Leeds&within=50&where=remote")) == ["In York"]
    page = client.get("/gigs?near=Leeds&within=50&where=remote")
    assert (count(page, "Within 25 km"), count(page, "Within 50 km"), count(page, "On site")) == (None, 1, 4)
    assert titles(client.get("/gigs?near=Leeds&within=25&sort=newest")) == ["In Leeds", "In Bradford"]


def test_pages_of_what_is_near_join_without_a_gap(hall, client):
    maya = a_member()
    for number in range(30):
        a_published_gig(by=maya, title=f"Gig {number}", place=PLACES[number % 6])
    first = client.get("/gigs?near=Leeds")
    rest = client.get(link(first, "next"))
    assert len({*titles(first), *titles(rest)}) == len(titles(first)) + len(titles(rest)) == 30
    assert titles(client.get(link(rest, "prev"))) == titles(first)


def test_a_place_that_nobody_knows_narrows_nothing_and_says_so(north, client):
    page = client.get("/gigs?near=Xyzzyville&within=5&sort=near")
    assert len(titles(page)) == 8
    assert "No town called “Xyzzyville” is known here." in page.text
    assert len(titles(client.get("/gigs?within=5"))) == 8
    for strange in ("%00", "x" * 390, "%F0%9F%96%8C", "near=&near=Leeds"):
        assert client.get(f"/gigs?near={strange}&within=5").status_code == 200


def test_a_member_measures_from_their_own_place(north, browser, client):
    sam = browser(somebody("Sam Reyes", place="York"))
    answer = sam.get("/gigs?near=me&within=50")
    assert answer.location == "/gigs?near=York&within=50"
    assert titles(sam.get(answer.location)) == ["In York", "In Leeds", "In Bradford"]
    for stranger in (client, browser(somebody("Ada Byron"))):
        answer = stranger.get("/gigs?near=me&sort=near")
        assert answer.location == "/gigs?sort=near"
        assert "Your profile names no town yet" in stranger.get(answer.location).text


def test_a_gig_moves_with_its_place_and_old_ones_are_found_out(hall):
    maya = a_member()
    gig, old = a_gig(by=maya, place="Leeds"), a_published_gig(by=maya, place="York")
    lost = a_published_gig(by=maya, place="Old Mill by the brook")
    assert gig.latitude is not None
    gig.place = "Old Mill by the brook"
    assert (gig.latitude, gig.longitude) == (None, None)
    old.latitude = old.longitude = None
    db.session.commit()
    assert jobs.locate_everywhere.name == "gigs.locate_everywhere"
    locating.locate(after=None)
    db.session.expire_all()
    assert db.session.get_one(Gig, (old.tenant_id, old.id)).latitude == 53_958
    assert db.session.get_one(Gig, (lost.tenant_id, lost.id)).latitude is None


@pytest.mark.parametrize("order", ["near", "newest"])
def test_its_statements_can_be_prepared_by_name(app, order):
    """A request that changes nothing reads outside of any transaction, by parameters with names: none may be nameless."""
    shape = ("near", "within_25", "known_yes")
    keyset = open_gigs._keyset(shape, order, True, False)
    readings = (keyset._first, keyset._after, keyset._before, facets._statement(shape, True, False))
    assert all(name.isidentifier() for reading in readings for name, _ in reading._parameters)
