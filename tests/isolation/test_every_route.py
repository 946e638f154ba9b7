"""Every route of a hall, asked for another tenant's things by that other tenant's rightful ids."""

import itertools
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from app.core import clock
from app.core.database import db
from app.joining.models import Invitation, InvitationLink
from app.joining.tokens import new_link_token
from app.messages.models import Report
from app.moderation.models import Appeal, Measure
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.resolution import tenant_by_slug
from tests.app_fixtures import sign_in
from tests.factories import acting

pytestmark = pytest.mark.slow

WEEK = timedelta(days=7)

# What these take is not a thing of a tenant's: an invitation is only remembered until the door looks at it, pictures and
# sheets of a look are spelled out by their address, one's own profile has sections, a front page has blocks and a feed a form.
TAKES_NO_ID = {
    "joining.invitation",
    "themes.sheet",
    "themes.picture",
    "themes.own_icon",
    "themes.own_drawing",
    "themes.own_manifest",
    "profiles.section",
    "profiles.save",
    "feeds.gigs",
    "editorial.block",
    "editorial.save_block",
    "editorial.move",
    "editorial.switch",
}


@pytest.fixture
def intruder(playground):
    """The leader of `hillside`, in a browser on hillside's host."""
    client = playground.test_client()
    client.host = "hillside.localhost"
    with playground.app_context(), tenant_context(tenant_by_slug("hillside")):
        leader = db.session.scalars(
            select(Member)
            .join(Role, (Role.tenant_id == Member.tenant_id) & (Role.member_id == Member.id))
            .where(scoped(Member), Role.role == "leader", Member.standing == "active")
        ).first()
        leader.rules_version = 1_000
        sign_in(client, leader)
    return client


@pytest.fixture
def foreign(playground):
    """Ids of `designers`' things: one of each table, and its names that hillside does not have."""
    with playground.app_context(), tenant_context(tenant_by_slug("designers")):
        _what_the_demo_lacks()
        tables = db.session.execute(
            text(
                "SELECT table_name FROM information_schema.columns WHERE column_name = 'id' AND data_type = 'uuid' "
                "AND table_name IN (SELECT table_name FROM information_schema.columns WHERE column_name = 'tenant_id')"
            )
        ).scalars()
        ids = {
            table: found
            for table in sorted(tables)
            if (found := db.session.execute(text(f"SELECT id FROM {table} LIMIT 1")).scalar())
        }
        slugs = set(db.session.execute(text("SELECT slug FROM categories")).scalars())
        db.session.remove()
    with playground.app_context(), tenant_context(tenant_by_slug("hillside")):
        slugs -= set(db.session.execute(text("SELECT slug FROM categories")).scalars())
        db.session.remove()
    return {"ids": ids, "slug": sorted(slugs)[0]}


def _what_the_demo_lacks():
    leader = db.session.scalars(
        select(Member).join(Role, Role.member_id == Member.id).where(scoped(Member), Role.role == "leader")
    ).first()
    by, now = acting(leader), clock.now()
    Invitation.send("somebody@example.org", by=by, now=now)
    db.session.add(
        InvitationLink(token=new_link_token(), uses_left=5, created_by=by.id, created_at=now, expires_at=now + WEEK)
    )
    gig_id = db.session.execute(text("SELECT id FROM gigs WHERE state = 'open' LIMIT 1")).scalar_one()
    Report.file("gig", gig_id, rule="spam", words="Look at this", by=by, now=now)
    someone = db.session.execute(text("SELECT author_id FROM gigs WHERE id = :id"), {"id": gig_id}).scalar_one()
    measure = Measure.take("warned", someone, by=by, rule="Answer", why="No answer for weeks.", now=now)
    Appeal.against(measure, words="I was ill.", now=now)
    db.session.commit()


def requests_for(application, foreign):
    """Yield method and path for every route with arguments, once with each foreign id."""
    for rule in application.url_map.iter_rules():
        if rule.subdomain != "hall" or not rule.arguments or rule.endpoint in TAKES_NO_ID:
            continue
        for value in foreign["ids"].values():
            for arguments in _arguments(rule, value, foreign["slug"]):
                adapter = application.url_map.bind("hillside.localhost", subdomain="hall")
                path = adapter.build(rule.endpoint, arguments, force_external=False)
                yield from ((method, path) for method in sorted(rule.methods - {"HEAD", "OPTIONS"}))


def _arguments(rule, value: UUID, slug: str):
    choices = []
    for name in sorted(rule.arguments):
        converter = rule._converters[name]
        kind = type(converter).__name__
        if kind == "UUIDConverter":
            choices.append([(name, value)])
        elif kind == "AnyConverter":
            choices.append([(name, item) for item in sorted(converter.items)])
        elif kind == "IntegerConverter":
            choices.append([(name, 1)])
        else:
            choices.append([(name, slug)])
    return [dict(combination) for combination in itertools.product(*choices)]


def test_another_tenants_ids_are_not_found_anywhere_and_change_nothing(playground, intruder, foreign, everything):
    before = everything()
    asked = sorted(set(requests_for(playground, foreign)))
    assert len(foreign["ids"]) >= 18
    assert len(asked) > 400
    with capture_logs() as logs:
        answers = {(method, path): intruder.open(path, method=method).status_code for method, path in asked}
    assert {asked: status for asked, status in answers.items() if status != 404} == {}
    assert [entry for entry in logs if entry["log_level"] in ("error", "critical")] == []
    assert everything() == before


def test_the_intruder_may_use_these_routes_with_ids_of_their_own(playground, intruder):
    """The crawl means something only if the same browser is let in at home."""
    assert intruder.get("/desk/").status_code == 200
    with playground.app_context(), tenant_context(tenant_by_slug("hillside")):
        gig_id = db.session.execute(text("SELECT id FROM gigs WHERE state = 'open' LIMIT 1")).scalar_one()
        db.session.remove()
    if any(rule.rule == "/gigs/<uuid:gig_id>" for rule in playground.url_map.iter_rules()):
        assert intruder.get(f"/gigs/{gig_id}").status_code == 200
