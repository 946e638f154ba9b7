"""What is offered while a member types: this hall's words and places, then towns of the world; never another hall's."""

from types import SimpleNamespace

import pytest

from app.core.towns import folded, towns
from tenants.context import tenant_context
from tests.factories import a_gig, a_member, a_published_gig
from tests.people.arranging import somebody


@pytest.fixture
def maya(hall):
    return a_member()


@pytest.fixture
def offered(maya, browser):
    """What Maya is offered for what she types."""
    mayas = browser(maya)

    def ask(kind, typed):
        answer = mayas.get(f"/suggestions/{kind}", query_string={"typed": typed})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, max-age=60"
        return [one["value"] for one in answer.json]

    return ask


def test_a_skill_is_offered_by_the_beginning_of_any_of_its_words(offered):
    somebody("Sam Reyes", held=("Hand lettering", "Letterpress", "Leather work", "Bookbinding"))
    somebody("Orla Finch", held=("Letterpress",))
    assert offered("skills", "LET") == ["Letterpress", "Hand lettering"]
    assert offered("skills", "ettering") == []
    assert offered("skills", "")[0] == "Letterpress"


def test_signs_that_mean_something_to_a_database_are_letters(offered):
    somebody("Sam Reyes", held=("100% wool", "C++"))
    assert offered("skills", "c++") == ["C++"]
    for typed in ("%", "\\", "'", "\x00 or", "x" * 5000):
        assert offered("skills", typed) == []


def test_nobody_is_offered_the_words_of_another_hall(offered, other_hall):
    with tenant_context(other_hall):
        stranger = somebody("Sam Reyes", held=("Lettering in secret",), place="Letterham")
        a_published_gig(by=stranger, place="Letterton")
    assert offered("skills", "letter") == []
    assert not {"Letterham", "Letterton"} & set(offered("places", "letter"))


def test_places_of_this_hall_come_before_those_of_the_world(offered, maya):
    somebody("Sam Reyes", place="Leeds, on the canal")
    a_published_gig(by=maya, place="Upper Leeming")
    a_gig(by=maya, place="Leek, a draft nobody saw")
    found = offered("places", "lee")
    assert found[:2] == ["Leeds, on the canal", "Upper Leeming"]
    assert "Leeds, United Kingdom" in found or "Leeds" in found
    assert len(found) == 8
    assert "Leek, a draft nobody saw" not in found


def test_one_letter_asks_nothing_of_the_world(offered):
    assert offered("places", "l") == []


def test_a_town_is_found_by_any_of_its_names_and_written_as_people_do_here(app):
    def written(typed, zone="Europe/London"):
        return [town.as_written for town in towns(typed, zone=zone)]

    assert written("wien")[0] == "Vienna, Austria"
    assert written("wien", "Europe/Vienna")[0] == "Vienna"
    assert written("leeds")[0] == "Leeds"
    assert written("saint etienne")[0] == "Saint-Étienne, France"
    assert "Springfield, Illinois" in written("springfield")
    assert written("東京") == ["Tokyo, Japan"]
    assert written("   ") == written("%") == []
    assert folded("Saint-Étienne") == folded("SAINT ETIENNE")


def test_where_the_towns_cannot_be_read_the_halls_own_places_are_offered(offered, monkeypatch, tmp_path):
    tried = []

    def fail(*_, **__):
        tried.append(1)
        raise OSError("no room")

    monkeypatch.setattr("app.core.towns.subprocess.run", fail)
    monkeypatch.setattr("app.core.towns.config", lambda: SimpleNamespace(var_dir=tmp_path))
    somebody("Sam Reyes", place="Leeds, on the canal")
    assert offered("places", "lee") == offered("places", "leeds") == ["Leeds, on the canal"]
    assert len(tried) == 1


@pytest.mark.parametrize("kind", ["skills", "places"])
def test_visitors_are_offered_nothing(hall, client, kind):
    assert client.get(f"/suggestions/{kind}?typed=le").status_code == 302


def test_whoever_asks_without_end_is_asked_to_wait(offered, maya, browser, monkeypatch):
    mayas = browser(maya)
    monkeypatch.setattr("app.suggestions.routes.AT_ONCE", 2)
    assert [mayas.get("/suggestions/skills?typed=le").status_code for _ in range(3)] == [200, 200, 429]
