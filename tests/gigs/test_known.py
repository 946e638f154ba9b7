"""From people whom a member knows: their own figure, and a list that nobody else is given."""

import pytest

from app.acquaintances.meeting import come_invited, finish_work_together
from app.core import clock
from app.core.database import db
from tests.factories import a_member, a_published_gig
from tests.gigs.test_listing import titles
from tests.search.test_pages import count


@pytest.fixture
def people(hall):
    maya, sam, ada = a_member(), a_member("Sam Reyes"), a_member("Ada Byron")
    for who in (maya, sam, ada):
        a_published_gig(by=who, title=f"Lettering for {who.name}")
    a_published_gig(by=sam, title="A poster", remote=False, place="Leeds")
    finish_work_together(maya.id, sam.id, now=clock.now())
    come_invited(ada.id, by=sam.id, now=clock.now())
    db.session.commit()
    return maya, sam, ada


def test_a_member_narrows_a_list_to_people_they_know(people, browser):
    maya, sam, ada = (browser(who) for who in people)
    assert count(maya.get("/gigs"), "People you know") == 2
    assert set(titles(maya.get("/gigs?known=yes"))) == {"A poster", "Lettering for Sam Reyes"}
    assert count(maya.get("/gigs?q=poster"), "People you know") == 1
    assert titles(maya.get("/gigs?q=poster&known=yes")) == ["A poster"]
    assert set(titles(sam.get("/gigs?known=yes"))) == {"Lettering for Maya Okafor", "Lettering for Ada Byron"}
    assert set(titles(ada.get("/gigs?known=yes&place=Leeds"))) == {"A poster"}


def test_who_knows_nobody_is_not_asked(people, client, browser):
    assert "People you know" not in browser(a_member("Li Wei")).get("/gigs").text
    assert "People you know" not in client.get("/gigs").text
    assert titles(client.get("/gigs?known=yes")) == []
