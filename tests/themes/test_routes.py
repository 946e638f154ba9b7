"""A theme's addresses answer on every host and may be kept for ever."""

import gzip
from xml.etree import ElementTree

import pytest

from themes.icon import icon_url
from themes.stylesheet import stylesheet, stylesheet_url
from themes.theme import theme

ATELIER = stylesheet_url("atelier", "#a8322a")


@pytest.mark.parametrize("host", ["designers.localhost", "id.localhost", "localhost"])
def test_the_stylesheet_is_served_on_every_host(hall, browser, host):
    answer = browser(host=host).get(ATELIER)
    assert answer.status_code == 200
    assert answer.text == stylesheet(theme("atelier", "#a8322a"))
    assert answer.content_type == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers


def test_a_sheet_asked_for_by_an_older_page_is_served_but_not_kept(hall, client):
    answer = client.get("/theme-atelier.a8322a.00000000.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("written", ["nowhere.a8322a.00000000", "atelier.red.00000000", "atelier", "x%3B%7D"])
def test_what_names_no_theme_is_not_found(hall, client, written):
    assert client.get(f"/theme-{written}.css").status_code == 404


def test_a_sheet_is_sent_compressed_to_those_who_can_read_it(hall, client):
    answer = client.get(ATELIER, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < 1500
    assert gzip.decompress(answer.data).decode() == stylesheet(theme("atelier", "#a8322a"))


def test_a_look_that_is_being_chosen_is_shown_before_it_is_saved(hall, client):
    answer = client.get("/theme-preview?preset=harbour&brand_colour=%230B6BCB&name=Tidewater+%26+%3CSons%3E")
    assert answer.json["stylesheet"] == stylesheet_url("harbour", "#0b6bcb")
    picture = client.get(answer.json["specimen"])
    assert picture.content_type == "image/svg+xml; charset=utf-8"
    assert "Tidewater &amp; &lt;Sons&gt;" in picture.text
    ElementTree.fromstring(picture.text)


def test_the_picture_of_a_look_speaks_the_language_of_whoever_chooses_it(app, browser):
    platform = browser(host="localhost")
    chosen = "/theme-preview?preset=harbour&brand_colour=%230B6BCB&name=Tidewater"
    pictures = {
        code: platform.get(platform.get(chosen, headers={"Accept-Language": code}).json["specimen"]).text
        for code in ("en", "de", "ar")
    }
    assert "Work among people" in pictures["en"]
    assert "Offene Gigs" in pictures["de"]
    assert "direction" not in pictures["de"]
    assert 'direction="rtl"' in pictures["ar"]
    ElementTree.fromstring(pictures["ar"])


@pytest.mark.parametrize("asked", ["", "preset=harbour&brand_colour=red", "preset=x&brand_colour=%23000000"])
def test_a_look_that_does_not_exist_cannot_be_previewed(hall, client, asked):
    assert client.get(f"/theme-preview?{asked}").status_code == 422


def test_a_stylesheet_asks_the_database_for_nothing_but_the_host(hall, client, statements):
    client.get(ATELIER)
    assert len(statements) <= 1


def test_a_hall_has_an_icon_of_its_own(hall, client):
    answer = client.get(icon_url(hall.name, hall.brand_colour))
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    assert hall.brand_colour in answer.text
    assert "immutable" in answer.headers["Cache-Control"]


def test_another_halls_icon_is_not_kept_as_this_ones(hall, client):
    answer = client.get(icon_url("Another", "#123456"))
    assert "#123456" not in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_page_of_the_hall_links_its_theme_and_its_icon(hall, client):
    page = client.get("/nowhere-at-all").text
    assert stylesheet_url(hall.preset, hall.brand_colour) in page
    assert icon_url(hall.name, hall.brand_colour) in page
    assert 'class="crest"' in page
