"""The platform's own front page."""

import re

import pytest
from PIL import Image

from app.core.config import ROOT
from tests.factories import a_hall

STATIC = ROOT / "app" / "static"
SHOWN = sorted((STATIC / "pictures").glob("*.webp"))


@pytest.fixture
def front(browser):
    return browser(host="localhost").get("/")


def test_it_says_what_it_is_for_whom_and_for_how_much(front):
    for words in (
        "Your community’s own marketplace for work",
        "You lead a community",
        "You look for work, or for help",
        "You run a company",
        "Up to 100 members",
        'href="/open/"',
    ):
        assert words in front.text


def test_its_pictures_are_there_by_day_and_by_night_at_their_true_size(front, browser):
    pairs = re.findall(
        r'srcset="([^"]+-dark\.webp)"><img src="([^"]+-light\.webp)" alt="([^"]+)" width="(\d+)" height="(\d+)"',
        front.text,
    )
    assert len(pairs) == 6
    for dark, light, words, width, height in pairs:
        assert words
        for address in (dark, light):
            with Image.open(STATIC / "pictures" / address.rsplit("/", 1)[1]) as picture:
                assert abs(picture.width / picture.height - int(width) / int(height)) < 0.01
                assert abs(picture.width - int(width)) <= 1
            answer = browser(host="localhost").get(address)
            assert answer.status_code == 200
            assert answer.headers["Content-Type"] == "image/webp"
            assert "immutable" in answer.headers["Cache-Control"]
    assert front.text.count('loading="lazy"') == 4


def test_its_pictures_are_small():
    assert len(SHOWN) == 12
    assert max(path.stat().st_size for path in SHOWN) < 80_000
    assert sum(path.stat().st_size for path in SHOWN) < 700_000


def test_halls_that_are_here_can_be_visited_while_developing(app, browser):
    a_hall("designers", name="Ligature")
    a_hall("weavers", name="The Weavers")
    page = browser(host="localhost").get("/").text
    assert "<span>Visit Ligature</span>" in page
    assert "Visit Hillside" not in page
    assert page.count("The Weavers") == 1
