"""One person, several marketplaces: they switch without signing in again, and neither marketplace can tell."""

import json
import logging

import pytest
import structlog
from sqlalchemy import select, text, update

from app.accounts.models import Tribe
from app.accounts.tribes import forget_tribe, tribes_of
from app.core.database import db
from tenants.context import platform_context, tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tests.accounts.walking import DESIGNERS, HILLSIDE, page_name
from tests.factories import a_hall, a_leader, a_member, acting


@pytest.fixture
def hillside(app):
    """A second marketplace, whose every word differs from the first one's."""
    return a_hall("hillside", name="Hillside Neighbours", tagline="Help from next door", brand_colour="#1f6f50")


@pytest.fixture
def both(maya, hillside):
    """Maya, a member of both."""
    db.session.commit()
    with tenant_context(hillside):
        a_member("Maya from the corner", user=maya)
        db.session.commit()
    return maya


@pytest.fixture
def switching(walker, both):
    """A browser that signed in at `designers` and is looking at its other marketplaces."""
    walker.enter()
    walker.sign_in("maya@example.org")
    walker.get(f"{DESIGNERS}/tribes")
    return walker


def test_a_persons_marketplaces_are_listed_by_name(both, hall, hillside):
    assert [one.name for one in tribes_of(both.id)] == [hall.name, hillside.name]
    db.session.commit()
    with tenant_context(hillside):
        assert [one.name for one in tribes_of(both.id)] == [hall.name, hillside.name]
        db.session.commit()
    with platform_context():
        assert [one.name for one in tribes_of(both.id)] == [hall.name, hillside.name]
        db.session.commit()


def test_a_marketplace_that_is_not_open_is_not_listed(both, hall, hillside):
    db.session.commit()
    with tenant_context(hillside):
        db.session.execute(update(Tenant).where(Tenant.id == hillside.id).values(status="suspended"))
        db.session.commit()
    assert [one.name for one in tribes_of(both.id)] == [hall.name]


def test_a_marketplace_that_was_left_is_not_listed(both, hall, hillside):
    forget_tribe(db.session.scalars(select(Member.id).where(scoped(Member))).one())
    assert [one.name for one in tribes_of(both.id)] == [hillside.name]


def test_a_marketplace_sees_its_own_rows_of_the_list_only(both, hall):
    assert db.session.scalars(select(Tribe.tenant_id)).all() == [hall.id]


def test_after_the_list_was_read_the_transaction_is_the_marketplaces_again(both, hall):
    tribes_of(both.id)
    assert db.session.scalars(select(Tribe.tenant_id)).all() == [hall.id]


def test_nobody_elses_list_can_be_read(both, sam):
    assert tribes_of(sam.id) == []


def test_the_list_shows_the_others_and_the_way_there(switching, hillside):
    page = switching.seen[-1].text
    assert hillside.name in page
    assert f'href="{HILLSIDE}/enter?onward=/"' in page


def test_whoever_has_one_marketplace_is_told_how_to_have_more(walker, maya):
    walker.enter()
    walker.sign_in("maya@example.org")
    assert "This is the only one" in walker.get(f"{DESIGNERS}/tribes").text


def test_a_visitor_has_no_list(walker, hall):
    assert page_name(walker.follow(walker.get(f"{DESIGNERS}/tribes"))) == "Sign in"


def test_switching_asks_for_nothing(switching):
    arrived = switching.enter(HILLSIDE)
    assert switching.here == HILLSIDE
    assert arrived.status_code == 200
    switching.get(f"{HILLSIDE}/tribes")
    assert switching.seen[-1].status_code == 200


def test_each_marketplace_knows_its_own_name_for_the_person(switching, hall, hillside):
    switching.enter(HILLSIDE)
    assert "Maya from the corner" in switching.get(f"{HILLSIDE}/tribes").text
    assert "Maya from the corner" not in switching.get(f"{DESIGNERS}/tribes").text


def test_leaving_one_marketplace_leaves_the_other(switching):
    switching.enter(HILLSIDE)
    switching.post(f"{HILLSIDE}/departure")
    assert switching.get(f"{HILLSIDE}/tribes").status_code == 302
    assert switching.get(f"{DESIGNERS}/tribes").status_code == 200


def test_no_row_of_one_names_the_other(switching, both, hall, hillside):
    """All that the database shows inside one marketplace, as text, after its member was in both."""
    switching.enter(HILLSIDE)
    switching.post(f"{HILLSIDE}/departure")
    for here, there in ((hall, hillside), (hillside, hall)):
        told = words_of(there)
        db.session.commit()
        with tenant_context(here):
            rows = rows_of_this_tenant()
            assert len(rows) >= 5
            assert [row for row in rows if any(word in row for word in told)] == []
            db.session.commit()


def test_no_response_of_one_names_the_other(switching, hall, hillside):
    """Headers and pages of each host, but for the list that its reader alone asked for."""
    switching.enter(HILLSIDE)
    switching.post(f"{HILLSIDE}/departure")
    switching.enter(HILLSIDE)
    for here, there in ((DESIGNERS, hillside), (HILLSIDE, hall)):
        answers = [one for one in switching.seen if one.request.url.startswith(here)]
        assert len(answers) > 2
        for answer in answers:
            said = str(answer.headers) + (answer.text if answer.request.path != "/tribes" else "")
            assert not any(word in said for word in words_of(there)), answer.request.url


def test_no_address_on_the_way_names_the_other(switching, hall, hillside):
    already = len(switching.seen)
    switching.enter(HILLSIDE, onward="/rules")
    for answer in switching.seen[already:]:
        assert "designers" not in answer.request.url
        assert "designers" not in (answer.location or "")


def test_a_link_to_the_other_sends_no_referrer(switching):
    listed = switching.seen[-1]
    assert listed.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert 'rel="noreferrer"' in listed.text
    assert listed.headers["Cache-Control"] == "no-store"


def test_no_line_of_the_log_names_both(walker, both, hall, hillside, caplog):
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as events:
        walker.enter()
        walker.sign_in("maya@example.org")
        walker.get(f"{DESIGNERS}/tribes")
        walker.enter(HILLSIDE)
        walker.post(f"{HILLSIDE}/departure")
    lines = [json.dumps(event, default=str) for event in events] + [record.getMessage() for record in caplog.records]
    for line in lines:
        assert not (names(line, hall) and names(line, hillside)), line


def test_a_leader_of_one_finds_nothing_of_the_other(switching, browser, hall, hillside):
    """The pages that a leader has about a member, after that member was in both."""
    switching.enter(HILLSIDE)
    with tenant_context(hall):
        leader = acting(a_leader())
        member = db.session.scalars(select(Member).where(scoped(Member), Member.name == "Maya Okafor")).one()
        desk = browser(db.session.get(Member, (hall.id, leader.id)))
        pages = [desk.get(path) for path in ("/", "/admin", "/admin/members", f"/people/{member.id}", "/rules")]
    for page in pages:
        assert not any(word in page.text for word in words_of(hillside)), page.request.path


def words_of(tenant):
    return (tenant.slug, tenant.name, tenant.host, tenant.tagline or tenant.name, tenant.brand_colour)


def names(line, tenant):
    return tenant.slug in line or tenant.name in line


def rows_of_this_tenant():
    """Return every row of every tenant table that can be seen here, as text."""
    tables = db.session.execute(
        text(
            "SELECT DISTINCT table_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_name NOT IN ('domains', 'tenant_versions')"
        )
    ).scalars()
    return [
        row for table in tables for row in db.session.execute(text(f"SELECT CAST(t AS text) FROM {table} t")).scalars()
    ]
