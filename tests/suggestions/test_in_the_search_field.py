"""What a search field offers: ends of words, skills, fields of work and gigs, of what whoever asks may see."""

import pytest

from app.core import clock
from app.core.database import db
from app.profiles.blocks import Block
from tenants.context import tenant_context
from tests.factories import a_category, a_gig, a_member, a_published_gig


def offered(who, typed):
    answer = who.get("/suggestions/search", query_string={"typed": typed})
    assert answer.status_code == 200
    return [(one["value"], one["note"]) for one in answer.json]


@pytest.fixture
def maya(hall):
    maya = a_member()
    a_category("Gold work")
    a_published_gig(by=maya, title="Golden letters for a door", skills_needed=["Gold leaf", "Gilding"])
    a_published_gig(by=maya, title="A goldfish on a sign", skills_needed=["Gilding"])
    return maya


def test_a_field_offers_skills_words_fields_of_work_and_gigs(maya, client):
    found = offered(client, "gold")
    assert found[:2] == [("Gold work", "Category"), ("Gold leaf", "Skill")]
    assert {("golden", ""), ("goldfish", "")} <= set(found)
    assert {("Golden letters for a door", "Gig"), ("A goldfish on a sign", "Gig")} <= set(found)
    assert offered(client, "door gold")[:1] == [("door golden", "")]
    hrefs = {one["value"]: one["href"] for one in client.get("/suggestions/search?typed=gold").json}
    assert hrefs["Gold work"] == "/categories/gold-work"
    assert hrefs["Gold leaf"] == ""
    assert client.get(hrefs["Golden letters for a door"]).status_code == 200


def test_nothing_is_offered_that_whoever_types_may_not_see(maya, client, browser, other_hall):
    a_gig(by=maya, title="Secretive draft")
    a_published_gig(by=maya, title="Secretarial work", audience="members", skills_needed=["Secret ink"])
    with tenant_context(other_hall):
        a_published_gig(by=a_member("Ada Byron"), title="Secreted elsewhere", skills_needed=["Secret signs"])
    sam = a_member("Sam Reyes")
    assert offered(client, "secret") == []
    assert {one for one, _ in offered(browser(sam), "secret")} == {"Secret ink", "secretarial", "Secretarial work"}
    db.session.add(Block(blocker_id=maya.id, blocked_id=sam.id, created_at=clock.now()))
    db.session.commit()
    assert offered(browser(sam), "secret") == []


def test_strange_signs_are_offered_nothing(maya, client):
    for typed in ("", "g", "%", "'", "\x00", '"', "-gold", "x" * 5_000, "& | !", "\U0001f58c"):
        assert offered(client, typed) == [], typed
