"""Work to show."""

from io import BytesIO

import pytest
from PIL import Image

from app.core import clock, pictures
from app.core.database import db
from app.core.errors import NotFound
from app.profiles.models import PortfolioFull, PortfolioItem
from app.profiles.models.portfolio import MOST
from tenants.context import tenant_context
from tests.factories import a_hall, a_member, run_jobs


@pytest.fixture
def maya(hall):
    return a_member("Maya Okafor")


def a_picture(colour="teal"):
    bytes_ = BytesIO()
    Image.new("RGB", (300, 200), colour).save(bytes_, "PNG")
    bytes_.seek(0)
    return bytes_, "work.png"


def a_piece(member, title="Shopfront"):
    piece = PortfolioItem.add(member.id, now=clock.now(), title=title)
    db.session.commit()
    return piece


def titles(member):
    return [piece.title for piece in PortfolioItem.of(member.id)]


def test_a_piece_is_added_with_its_picture_and_what_it_shows(maya, browser):
    answer = browser(maya).post(
        "/profile/portfolio",
        data={"title": "Shopfront", "text": "Enamel.", "picture": a_picture(), "picture_alt": "A red sign", "url": ""},
    )
    assert answer.location == "/profile/portfolio"
    (piece,) = PortfolioItem.of(maya.id)
    assert (piece.title, piece.picture_alt, piece.picture_width, piece.picture_height) == (
        "Shopfront",
        "A red sign",
        300,
        200,
    )


def test_a_refused_piece_keeps_its_words(maya, browser):
    answer = browser(maya).post(
        "/profile/portfolio", data={"title": "Shopfront", "text": "Enamel.", "picture": (BytesIO(b"no"), "a.png")}
    )
    assert answer.status_code == 422
    assert "Enamel." in answer.text
    assert titles(maya) == []


def test_pieces_change_places(maya, browser):
    first, second, third = (a_piece(maya, title) for title in ("one", "two", "three"))
    me = browser(maya)
    me.post(f"/profile/portfolio/{third.id}/position", data={"way": "up"})
    assert titles(maya) == ["one", "three", "two"]
    me.post(f"/profile/portfolio/{first.id}/position", data={"way": "down"})
    assert titles(maya) == ["three", "one", "two"]
    me.post(f"/profile/portfolio/{second.id}/position", data={"way": "down"})
    assert titles(maya) == ["three", "one", "two"]


def test_a_piece_taken_out_leaves_no_file(maya, browser):
    me = browser(maya)
    me.post("/profile/portfolio", data={"title": "Shopfront", "picture": a_picture()})
    (piece,) = PortfolioItem.of(maya.id)
    name = piece.picture
    me.post(f"/profile/portfolio/{piece.id}/removal")
    run_jobs()
    assert titles(maya) == []
    with pytest.raises(NotFound):
        pictures.respond(maya.tenant_id, name, "medium")


def test_a_picture_shown_twice_outlives_one_of_its_pieces(maya, browser):
    me = browser(maya)
    for title in ("one", "two"):
        me.post("/profile/portfolio", data={"title": title, "picture": a_picture()})
    one, two = PortfolioItem.of(maya.id)
    name = two.picture
    me.post(f"/profile/portfolio/{one.id}/removal")
    run_jobs()
    assert me.get(pictures.path(name, "small")).status_code == 200


def test_a_second_tab_is_told_that_a_piece_is_gone(maya, browser):
    piece, me = a_piece(maya), browser(maya)
    address = f"/profile/portfolio/{piece.id}"
    me.post(f"{address}/removal")
    for answer in (me.post(f"{address}/removal"), me.post(address, data={"title": "x"}), me.get(address)):
        assert answer.status_code == 404
        assert "no longer in your portfolio" in answer.text


def test_nobody_changes_somebody_else_s_pieces(maya, browser):
    piece, sam = a_piece(maya), browser(a_member("Sam Reyes"))
    address = f"/profile/portfolio/{piece.id}"
    assert sam.get(address).status_code == 403
    assert sam.post(f"{address}/removal").status_code == 403
    assert titles(maya) == ["Shopfront"]


def test_another_hall_s_pieces_are_not_there(app, browser):
    here, there = a_hall("designers"), a_hall("hillside")
    with tenant_context(there):
        address = f"/profile/portfolio/{a_piece(a_member('Sam Reyes')).id}"
        db.session.commit()
    with tenant_context(here):
        me = browser(a_member("Maya Okafor", roles=("leader",)))
        assert me.get(address).status_code == 404
        assert me.post(f"{address}/removal").status_code == 404


def test_a_full_portfolio_says_so(maya, browser):
    for number in range(MOST):
        a_piece(maya, f"piece {number}")
    me = browser(maya)
    assert me.get("/profile/portfolio/new").status_code == 409
    assert "as many as fit" in me.get("/profile/portfolio").text
    with pytest.raises(PortfolioFull):
        PortfolioItem.add(maya.id, now=clock.now(), title="one too many")
