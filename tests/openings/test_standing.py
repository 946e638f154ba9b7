"""A marketplace is suspended, closed and opened again from the console."""

from contextlib import nullcontext
from contextvars import Context

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from app.activity.models import Activity
from app.core.database import db
from app.core.jobs import run_due
from app.openings.cli import tenant as command
from tenants.context import acting_as, tenant_context
from tenants.isolation import scoped
from tenants.models import Tenant
from tenants.resolution import tenant_by_id
from tests.factories import a_leader, a_member, a_published_gig

SECRETS = ("Letterform", "About letters", "Redraw a sign", "Maya Okafor", "unpaid since May")


@pytest.fixture
def console(hall, app):
    """Call a command as an operator does, outside any tenant."""

    def call(*words):
        db.session.commit()
        return Context().run(_invoke, app, words)

    return call


def _invoke(app, words):
    with app.app_context():
        return CliRunner().invoke(command, words, obj=lambda: nullcontext(app))


@pytest.fixture
def gig(hall):
    db.session.execute(update(Tenant).where(Tenant.id == hall.id).values(name="Letterform", tagline="About letters"))
    return a_published_gig(by=a_member("Maya Okafor"), title="Redraw a sign")


def from_outside(somebody, page, tag=""):
    """Open a page as a server does: with no tenant in force before the request puts one there."""
    db.session.commit()
    return Context().run(somebody.get, page, headers={"If-None-Match": tag})


def last_fact():
    return db.session.scalars(
        select(Activity).where(scoped(Activity), Activity.subject_kind == "tenant").order_by(Activity.id.desc())
    ).first()


@pytest.mark.parametrize(("verb", "status"), [("suspend", "suspended"), ("close", "closed")])
def test_nothing_of_it_shows_until_it_is_reopened(hall, gig, console, browser, outbox, verb, status):
    visitor, member = browser(), browser(a_member("Sam Hill"))
    tags = {page: visitor.get(page).headers.get("ETag", "") for page in ("/", "/gigs", f"/gigs/{gig.id}")}
    said = console(verb, hall.slug, "--reason", "unpaid since May")
    assert said.exit_code == 0, said.output
    for page, tag in tags.items():
        for somebody in (visitor, member):
            answer = from_outside(somebody, page, tag)
            assert answer.status_code == 410
            assert "This marketplace is closed" in answer.text
            assert ("may open again" in answer.text) is (status == "suspended")
            assert not [secret for secret in SECRETS if secret in answer.text]
    assert (last_fact().verb, last_fact().to_state, last_fact().reason) == (status, status, "unpaid since May")

    console("reopen", hall.slug, "--reason", "paid")
    for page in tags:
        assert from_outside(visitor, page).status_code == 200, page
        assert from_outside(member, page).status_code == 200, page
    assert from_outside(member, "/settings/departure").status_code == 200, "whoever was signed in still is"
    assert last_fact().verb == "reopened"


def test_its_versions_move_so_that_no_remembered_page_survives(hall, console):
    before = tenant_by_id(hall.id).versions
    console("suspend", hall.slug, "--reason", "unpaid")
    after = tenant_by_id(hall.id).versions
    assert after.gigs > before.gigs
    assert after.people > before.people
    assert after.hall > before.hall


def test_other_marketplaces_do_not_notice(hall, other_hall, console, browser):
    console("close", hall.slug, "--reason", "merged")
    assert browser(host="hillside.localhost").get("/").status_code == 200
    assert tenant_by_id(other_hall.id).is_open


def test_each_leader_is_told_why_by_mail_and_nobody_else(hall, gig, console, outbox):
    a_leader("Ines Moreau")
    a_member("Sam Hill")
    console("suspend", hall.slug, "--reason", "unpaid since May")
    _run_jobs(hall)
    assert {message.to for message in outbox.all} == {"ines-moreau@example.org"}
    told = outbox.to("ines-moreau@example.org")
    assert told.subject == "Letterform is suspended"
    assert "unpaid since May" in told.text
    console("reopen", hall.slug, "--reason", "paid")
    _run_jobs(hall)
    assert outbox.to("ines-moreau@example.org").subject == "Letterform is open again"


def test_what_is_no_longer_so_is_not_told(hall, console, outbox):
    a_leader("Ines Moreau")
    console("suspend", hall.slug, "--reason", "a slip")
    console("reopen", hall.slug, "--reason", "a slip")
    _run_jobs(hall)
    assert [message.subject for message in outbox.all] == [f"{hall.name} is open again"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("suspend", "nobody", "--reason", "x"), "there is no marketplace at 'nobody'"),
        (("suspend", "designers"), "--reason"),
        (("suspend", "designers", "--reason", "  "), "say why"),
        (("reopen", "designers", "--reason", "x"), "“Open” already"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_changes_nothing(hall, console, words, says):
    refused = console(*words)
    assert refused.exit_code != 0
    assert says in refused.output
    assert tenant_by_id(hall.id).is_open
    assert last_fact() is None


def test_a_closed_one_is_not_suspended_nor_closed_again(hall, console):
    console("close", hall.slug, "--reason", "merged")
    for verb in ("suspend", "close"):
        assert console(verb, hall.slug, "--reason", "x").exit_code == 1
    assert tenant_by_id(hall.id).status == "closed"


def _run_jobs(hall):
    db.session.commit()
    with acting_as(None), tenant_context(tenant_by_id(hall.id)):
        run_due()
