"""From nothing to an open marketplace."""

import re

import pytest
from sqlalchemy import select

from app.accounts import identity
from app.activity.models import Activity
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.joining.models import Rules
from app.joining.roles import hall_roles_of
from app.openings.checklist import checklist
from app.openings.draft import Draft
from app.openings.fields import FIELDS
from app.openings.opening import open_marketplace
from tenants.context import enter_request, tenant_context
from tenants.isolation import scoped
from tenants.models import Member, Tenant
from tenants.names import UnusableName
from tenants.resolution import NoSuchAddress, tenant_at, tenant_by_slug
from tests.factories import a_leader, a_user, acting

ANSWERS = {
    "name": {"name": "Letterform", "slug": "letterform", "kind": "community", "tagline": "Letters"},
    "field": {"field": "design"},
    "categories": {"categories": ["Lettering", "Print"], "more": "Bookbinding"},
    "look": {"preset": "atelier", "brand_colour": "#A8322A"},
    "access": {"who_may_see": "anyone", "who_may_join": "open", "who_may_post": "members"},
}


def a_draft(**changes) -> Draft:
    said = {name: value for answers in ANSWERS.values() for name, value in answers.items()} | changes
    return Draft(**said | {"brand_colour": "#a8322a", "done": list(ANSWERS)})


@pytest.fixture
def founder(browser, app):
    """A browser on the platform's host, signed in as somebody without any marketplace."""
    user = a_user("Orla Finch")
    client = browser(host="localhost")
    with app.app_context(), app.test_request_context(base_url="http://localhost:8000"):
        from flask import session

        identity.begin(db.session.merge(user))
        db.session.commit()
        cookie = dict(session)
    with client.session_transaction(base_url="http://localhost:8000") as stored:
        stored.update(cookie)
    return client


def test_five_steps_and_a_look_open_a_marketplace(founder):
    for step, answers in ANSWERS.items():
        assert founder.post(f"/open/{step}", data=answers).status_code == 302, step
    assert "letterform.localhost" in founder.get("/open/last").text
    answer = founder.post("/open/marketplaces")
    assert answer.headers["Location"] == "http://letterform.localhost:8000/enter?onward=/welcome"
    tenant = tenant_at("letterform.localhost")
    with tenant_context(tenant):
        names = db.session.scalars(select(Category.name).where(scoped(Category)).order_by(Category.position)).all()
        assert names == ["Lettering", "Print", "Bookbinding"]
        leader = db.session.scalars(select(Member).where(scoped(Member))).one()
        assert hall_roles_of(leader) == ["leader"]
        assert db.session.scalars(select(Rules.version).where(scoped(Rules))).all() == [leader.rules_version] == [1]
        assert "opened" in db.session.scalars(select(Activity.verb).where(scoped(Activity))).all()


def test_a_marketplace_begins_in_the_language_that_it_will_speak(founder):
    for step, answers in ANSWERS.items():
        chosen = answers | {"locale": "ar", "tagline": ""} if step == "name" else answers
        founder.post(f"/open/{step}", data=chosen, headers={"Accept-Language": "de"})
    last = founder.get("/open/last", headers={"Accept-Language": "de"}).text
    assert "العربية" in last
    assert "الخط والكتابة, الطباعة und Bookbinding" in re.sub("[\u2066-\u2069]|</?bdi>", "", last)
    founder.post("/open/marketplaces")
    tenant = tenant_at("letterform.localhost")
    assert tenant.locale == "ar"
    assert tenant.tagline == "اعمل بين من يعنيهم كيف تُصنع الأشياء"
    with tenant_context(tenant):
        rows = db.session.execute(
            select(Category.slug, Category.name).where(scoped(Category)).order_by(Category.position)
        ).all()
        assert [tuple(row) for row in rows] == [
            ("lettering", "الخط والكتابة"),
            ("print", "الطباعة"),
            ("bookbinding", "Bookbinding"),
        ]
        assert db.session.scalars(select(Rules.guidelines).where(scoped(Rules))).one().startswith("## كيف نعمل معًا")


def test_without_a_choice_it_speaks_what_its_founder_reads(founder):
    page = founder.get("/open/name", headers={"Accept-Language": "de"}).text
    assert '<option selected value="de">' in page


def test_a_step_cannot_be_skipped(founder):
    assert founder.get("/open/access").headers["Location"] == "/open/name"
    assert founder.get("/open/last").headers["Location"] == "/open/name"


def test_a_visitor_is_asked_to_sign_in_and_loses_nothing(browser, app):
    visitor = browser(host="localhost")
    for step, answers in ANSWERS.items():
        visitor.post(f"/open/{step}", data=answers)
    page = visitor.get("/open/last").text
    assert "Make an account" in page
    assert "Bookbinding" in page
    assert visitor.post("/open/marketplaces").headers["Location"] == "/open/last"
    with pytest.raises(NoSuchAddress):
        tenant_at("letterform.localhost")


@pytest.mark.parametrize(
    "slug",
    [
        "ab",
        "x" * 41,
        "Upper",
        "under_score",
        "-start",
        "end-",
        "xn--80ak6aa92e",
        "admin",
        "id",
        "www",
        "spa ce",
        "a.b",
        "ünder",
    ],
)
def test_an_address_that_cannot_be_had_is_told_and_what_was_typed_is_kept(founder, slug):
    answer = founder.post("/open/name", data=ANSWERS["name"] | {"slug": slug})
    assert answer.status_code == 422
    assert 'value="Letterform"' in answer.text


def test_the_address_is_checked_while_it_is_typed(founder, hall):
    assert founder.get("/open/address?address=letterform").json["free"] is True
    assert founder.get("/open/address?address=designers").json["free"] is False
    assert founder.get("/open/address?address=%00%E2%80%AE").json["free"] is False


def test_an_address_given_up_is_never_given_again(hall, founder):
    db.session.get_one(Tenant, hall.id).status = "closed"
    db.session.commit()
    assert founder.get("/open/address?address=designers").json["free"] is False


def test_an_address_taken_meanwhile_is_told(founder, hall):
    for step, answers in ANSWERS.items():
        founder.post(f"/open/{step}", data=answers)
    user_id = a_user("Quick").id
    db.session.commit()
    enter_request(None)
    open_marketplace(a_draft(), founder_id=user_id, now=clock.now())
    db.session.commit()
    answer = founder.post("/open/marketplaces")
    assert answer.status_code == 422
    assert "taken" in answer.text


def test_a_refused_opening_leaves_nothing_behind(app):
    user_id = a_user("Orla Finch").id
    with pytest.raises(UnusableName):
        open_marketplace(a_draft(slug="admin"), founder_id=user_id, now=clock.now())
    assert tenant_by_slug("admin") is None


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_opens_with_sensible_suggestions(app, field):
    user_id = a_user("Orla Finch").id
    with app.test_request_context(base_url="http://localhost:8000"):
        draft = a_draft().with_step("field", {"field": field})
    open_marketplace(draft, founder_id=user_id, now=clock.now())
    db.session.commit()
    tenant = tenant_at("letterform.localhost")
    assert (tenant.preset, tenant.who_may_see) == (FIELDS[field].preset, FIELDS[field].access.who_may_see)


def test_the_first_steps_tick_themselves(hall, browser):
    ines = a_leader()
    desk = browser(ines)
    assert "0 of 5" in desk.get("/welcome").text
    desk.post("/desk/invitations", data={"addresses": " ".join(f"p{n}@example.org" for n in range(5))})
    with desk.application.test_request_context(base_url="http://designers.localhost:8000"):
        done = {step.label: step.done for step in checklist(acting(ines))}
    assert done["Invite 5 people"]
    assert not done["Post the first gig"]


def test_only_whoever_manages_the_hall_sees_the_first_steps(hall, browser):
    from tests.factories import a_member

    assert browser(a_member()).get("/welcome").status_code == 403


def test_the_draft_is_still_there_after_signing_in(app):
    user = a_user("Orla Finch")
    with app.test_request_context(base_url="http://localhost:8000"):
        a_draft().keep()
        identity.begin(db.session.merge(user))
        assert Draft.kept() == a_draft()
