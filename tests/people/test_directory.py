"""Finding people."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock
from app.core.database import db
from app.people import queries
from app.people.facets import facets
from app.people.finding import found_people
from app.people.search import Search
from app.profiles.blocks import Block
from tenants.context import tenant_context
from tenants.models import Role
from tests.factories import a_category, a_hall, a_member, acting
from tests.people.arranging import TODAY, somebody

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def names(**asked):
    found = found_people(asked.get("q"), None)
    return [row.name for row in queries.directory(Search(**asked), None, TODAY, found)]


def test_people_stand_in_the_order_of_their_names(hall):
    for name in ("Sam Reyes", "Ada Byron", "Maya Okafor"):
        a_member(name)
    assert names() == ["Ada Byron", "Maya Okafor", "Sam Reyes"]


def test_whoever_left_is_not_listed(hall):
    gone = a_member("Sam Reyes")
    gone.standing = "left"
    db.session.commit()
    assert names() == []
    assert facets(Search(), TODAY).total == 0


def test_words_are_looked_for_in_names_and_headlines(hall):
    somebody("Maya Okafor", headline="Letterer and sign painter")
    somebody("Sam Reyes", headline="Bookbinder")
    assert names(q="letter") == ["Maya Okafor"]
    assert names(q="PAINTER maya") == ["Maya Okafor"]
    # Nobody says both: whoever says one of them.
    assert sorted(names(q="maya bookbinder")) == ["Maya Okafor", "Sam Reyes"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "' OR 1=1 --", "100%"])
def test_marks_of_patterns_are_only_letters(hall, words):
    somebody("Maya Okafor", headline="Letterer")
    assert names(q=words) == []


def test_a_skill_finds_those_who_hold_it(hall):
    somebody("Maya Okafor", held=("Gilding",))
    somebody("Sam Reyes", wanted=("Gilding",))
    assert names(skill="gilding") == ["Maya Okafor"]
    assert names(skill="no-such-skill") == []


def test_free_now_means_hours_confirmed_lately_and_nobody_away(hall):
    somebody("Fresh", available_minutes=60, availability_confirmed_on=TODAY - timedelta(days=90))
    somebody("Fading", available_minutes=60, availability_confirmed_on=TODAY - timedelta(days=91))
    somebody("Busy", available_minutes=0, availability_confirmed_on=TODAY)
    somebody("Silent")
    away = {"available_minutes": 60, "availability_confirmed_on": TODAY}
    somebody("Away", vacation_until=TODAY, **away)
    somebody("Back", vacation_until=TODAY - timedelta(days=1), **away)
    somebody("Leaving soon", vacation_from=TODAY + timedelta(days=1), vacation_until=TODAY + timedelta(days=9), **away)
    assert names(free="now") == ["Back", "Fresh", "Leaving soon"]


def test_places_and_remote_narrow_down(hall):
    somebody("Maya Okafor", place="Leeds", remote=False)
    somebody("Sam Reyes", place="Cork", remote=True)
    assert names(place="Leeds") == ["Maya Okafor"]
    assert names(where="remote") == ["Sam Reyes"]


def test_a_field_finds_its_leaders_and_experts(hall):
    field, other = a_category("Type design"), a_category("Print")
    leader, expert, elsewhere = a_member("Lea"), a_member("Eve"), a_member("Oz")
    for member, role, category in (
        (leader, "category_leader", field),
        (expert, "expert", field),
        (elsewhere, "expert", other),
    ):
        db.session.add(Role(member_id=member.id, role=role, category_id=category.id, granted_at=clock.now()))
    db.session.commit()
    assert names(field="type-design") == ["Eve", "Lea"]


def test_figures_lift_their_own_filter_only(hall):
    somebody("Maya Okafor", held=("Gilding",), place="Leeds")
    somebody("Sam Reyes", held=("Gilding",), place="Cork")
    somebody("Ada Byron", held=("Lettering",), place="Leeds")
    found = facets(Search(place="Leeds"), TODAY)
    assert found.total == 2
    assert found.any["place"] == 3
    assert {choice.label: choice.people for choice in found.choices["skill"]} == {"Gilding": 1, "Lettering": 1}
    assert {choice.label: choice.people for choice in found.choices["place"]} == {"Leeds": 2, "Cork": 1}


def test_pages_follow_each_other_without_gaps(hall):
    for number in range(30):
        a_member(f"Member {number:02}")
    first = queries.directory(Search(), None, TODAY)
    second = queries.directory(Search(at=first.next), None, TODAY)
    assert [row.name for row in (*first, *second)] == [f"Member {number:02}" for number in range(30)]
    assert second.next is None
    assert [row.name for row in queries.directory(Search(at=second.previous), None, TODAY)] == [r.name for r in first]


def test_what_cannot_be_meant_is_left_out(hall, client):
    a_member("Maya Okafor")
    for asked in (
        "q=%00",
        "where=moon",
        "free=never",
        "at=garbage",
        "place=%E2%80%AE",
    ):
        answer = client.get(f"/people?{asked}")
        assert answer.status_code == 200, asked
        assert "Maya Okafor" in answer.text, asked


def test_a_list_without_anybody_says_what_to_do(hall, client):
    assert "Nobody fits all of this" in client.get("/people?q=nobody").text


def test_a_member_is_told_what_one_could_learn_from_another(hall, browser):
    me = somebody("Maya Okafor", held=("Lettering",), wanted=("Gilding",))
    somebody("Sam Reyes", held=("Gilding",), wanted=("Lettering",))
    page = browser(me).get("/people?q=sam").text
    assert "Knows Gilding, which you want to learn. Wants to learn Lettering, which you know." in page
    assert "Knows" not in browser().get("/people?q=sam").text


def test_visitors_are_not_told_who_is_away(hall, browser):
    somebody("Sam Reyes", available_minutes=60, availability_confirmed_on=TODAY, vacation_until=TODAY)
    with clock.travel(to=NOON):
        assert "Away until" not in browser().get("/people").text
        assert "Away until" in browser(a_member("Maya Okafor")).get("/people").text


def test_a_hall_for_members_only_shows_visitors_nobody(app, browser):
    private = a_hall("guild", who_may_see="members")
    with tenant_context(private):
        a_member("Sam Reyes")
        visitor = browser(host="guild.localhost")
        assert visitor.get("/people").location.startswith("/enter")


def test_people_of_other_halls_are_not_listed(hall, other_hall):
    a_member("Maya Okafor")
    db.session.commit()
    with tenant_context(other_hall):
        assert names() == []
        assert facets(Search(), TODAY).total == 0


@pytest.mark.parametrize("people", [2, 24])
def test_the_directory_costs_three_statements(hall, browser, statements, people):
    for number in range(people):
        somebody(f"Member {number:02}", held=("Gilding", "Lettering"), place="Leeds")
    me = browser(a_member("Maya Okafor"))
    statements.clear()
    assert me.get("/people?where=remote").status_code == 200
    assert len(statements) == 3


def test_blocking_leads_back_to_the_page(hall, browser):
    maya, sam = a_member("Maya Okafor"), a_member("Sam Reyes")
    me, page = browser(maya), f"/people/{sam.id}"
    assert me.post(f"{page}/block", data={"onward": page}).location == page
    assert "You have blocked Sam Reyes" in me.get(page).text
    Block.lift(sam.id, by=acting(maya))
    db.session.commit()
    assert "You have blocked" not in me.get(page).text


def test_a_rare_skill_stays_in_sight_with_its_figure(hall, client):
    for number in range(13):
        somebody(f"Member {number:02}", held=(f"Skill {number:02}", "Common"))
    somebody("Sam Reyes", held=("Zinc etching",))
    page = client.get("/people?skill=zinc-etching").text
    assert 'aria-current="true"><span class="leader">Zinc etching</span><span class="count">1</span>' in page
