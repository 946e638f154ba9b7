"""Opening a marketplace from the console."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.accounts.models import User
from app.categories.models import Category
from app.core.database import db
from app.joining.roles import hall_roles_of
from app.openings.cli import tenant
from tenants.context import tenant_context
from tenants.isolation import scoped
from tenants.models import Member
from tenants.resolution import tenant_by_slug
from tests.factories import a_member, run_jobs


@pytest.fixture
def console(app):
    return lambda *words: CliRunner().invoke(tenant, words, obj=lambda: nullcontext(app))


def test_an_operator_opens_a_marketplace_for_its_leader(console):
    said = console("create", "bakers", "--name", "The Bakers", "--leader", "ana@example.com", "--field", "food")
    assert said.output == "The Bakers opens at http://bakers.localhost:8000. ana@example.com leads it.\n"
    opened = tenant_by_slug("bakers")
    with tenant_context(opened):
        leader = db.session.scalars(select(Member).where(scoped(Member))).one()
        assert leader.user_id == User.with_email("ana@example.com").id
        assert db.session.scalars(select(Category.name).where(scoped(Category))).all()


def test_its_leader_may_have_an_account_already(console):
    console("create", "bakers", "--name", "The Bakers", "--leader", "ana@example.com")
    again = console("create", "brewers", "--name", "The Brewers", "--leader", "Ana@example.com")
    assert again.exit_code == 0
    assert len(db.session.scalars(select(User)).all()) == 1


def test_an_operator_makes_a_member_the_leader_that_a_marketplace_lacks(hall, console, outbox):
    maya = a_member("Maya Okafor")
    assert console("lead", "designers", "MAYA-okafor@example.org", "--reason", "Ines is gone").exit_code == 0
    assert hall_roles_of(maya) == ["leader"]
    run_jobs()
    assert outbox.to("maya-okafor@example.org").subject == "What you look after in Designers has changed"
    refused = console("lead", "designers", "nobody@example.org", "--reason", "Ines is gone")
    assert "nobody with 'nobody@example.org' is a member there" in refused.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("bakers", "--name", "Other Bakers", "--leader", "ben@example.com"), "taken"),
        (("admin", "--name", "Admin", "--leader", "ben@example.com"), "Error: "),
        (("xn--y", "--name", "Odd", "--leader", "ben@example.com"), "Error: "),
        (("millers", "--name", "Millers", "--leader", "nobody"), "--leader"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_words_and_leaves_nothing(console, words, says):
    console("create", "bakers", "--name", "The Bakers", "--leader", "ana@example.com")
    refused = console("create", *words)
    assert refused.exit_code != 0
    assert says in refused.output
    assert User.with_email("ben@example.com") is None
